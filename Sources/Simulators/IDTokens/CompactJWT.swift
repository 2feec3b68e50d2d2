import BridgeCore

/// A JWT in compact serialization, taken apart; nobody has verified it.
struct CompactJWT {
    let header: JSONValue
    let claims: JSONValue
    let signature: [UInt8]
    let signedText: [UInt8]

    /// `nil` for what is no JWT.
    init?(_ compact: String) {
        let parts = compact.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.object(parts[0]), let claims = Self.object(parts[1]),
            let signature = Base64URL.decode(parts[2].utf8)
        else { return nil }
        (self.header, self.claims, self.signature) = (header, claims, signature)
        signedText = Array("\(parts[0]).\(parts[1])".utf8)
    }

    private static func object(_ part: Substring) -> JSONValue? {
        guard let bytes = Base64URL.decode(part.utf8), let value = try? JSONValue(parsing: bytes),
            value.objectValue != nil
        else { return nil }
        return value
    }
}
