package import BridgeCore

/// A tenant that somebody wants to add: `{"license","name"}`.
package struct TenantRequest: Sendable, Hashable {
    package let license: License
    package let name: String?

    /// Reads the object; `name` may be left out.
    package init(_ value: JSONValue) throws(DocumentError) {
        let object = try DocumentObject(value, at: "", names: ["license", "name"])
        guard let license = License(try object.text("license")) else {
            throw DocumentError(
                at: "license", "is no license key",
                hint: "it stands in the account settings of Cobrowse: up to 64 letters, digits, . _ -")
        }
        self.license = license
        name = try object.optionalText("name")
        if let name, !TenantName.isAcceptable(name) {
            throw DocumentError(
                at: "name", "has to be a text of 1 to 128 characters",
                hint: "without control and direction-changing characters")
        }
    }
}
