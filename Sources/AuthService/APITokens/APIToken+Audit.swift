internal import BridgeCore

extension AuditEntry {
    /// An API token was made: `apiToken.create`.
    package static func created(_ token: APIToken, _ stamp: AuditStamp) -> AuditEntry {
        AuditEntry("apiToken.create", stamp, license: token.grant.license, after: token.auditValue)
    }

    /// An API token was revoked: `apiToken.revoke`.
    package static func revoked(_ token: APIToken, _ stamp: AuditStamp) -> AuditEntry {
        AuditEntry("apiToken.revoke", stamp, license: token.grant.license, before: token.auditValue)
    }
}

extension APIToken {
    /// The token as the audit trail shows it, which has the license in a place of its own.
    fileprivate var auditValue: JSONValue {
        .object([
            JSONMember(name: "id", value: .string(id)),
            JSONMember(name: "scope", value: .string(grant.scope.rawValue)),
            JSONMember(name: "expiresAt", value: .string(expiresAt.description)),
        ])
    }
}
