package import BridgeCore

/// A certificate or key that comes inside JSON: `{"material","alias"}`.
package struct KeyUpload: Sendable, Hashable {
    /// The file as text: PEM, or a JWK or JWK Set.
    package let material: [UInt8]
    package let alias: String?

    /// Reads the object.
    package init(_ value: JSONValue) throws(DocumentError) {
        let object = try DocumentObject(value, at: "", names: ["material", "alias"])
        material = Array(try object.text("material").utf8)
        alias = try object.optionalText("alias")
        if let alias, !KeyAlias.isValid(alias) {
            throw DocumentError(at: "alias", "\(quoted(alias)) cannot be one", hint: KeyAlias.rule)
        }
    }
}
