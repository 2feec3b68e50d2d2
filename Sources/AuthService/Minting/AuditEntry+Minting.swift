internal import BridgeCore
internal import BridgeCrypto

extension AuditEntry {
    /// Somebody had the bridge sign a token: `token.mint`, with what it says and never itself.
    package static func minted(_ request: TokenRequest, _ minted: MintedToken, _ stamp: AuditStamp) -> AuditEntry {
        let role: JSONValue =
            switch request.role {
            case .agent, .administrator: .string(request.role.rawValue)
            case .absent, .null: .null
            }
        var entry = AuditEntry(
            "token.mint", stamp, license: request.license,
            after: .object([
                JSONMember(name: "role", value: role),
                JSONMember(name: "keyId", value: .string(minted.keyID)),
                JSONMember(name: "expiresAt", value: .string(minted.expiresAt.description)),
            ]))
        entry.account = request.email.value
        entry.decisionID = request.decision?.id
        return entry
    }
}
