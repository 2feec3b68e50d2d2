extension AuditEntry {
    /// Tokens were taken back: `token.revoke`.
    package static func revoked(
        _ revocation: Revocation, over known: Revocation?, of license: License, _ stamp: AuditStamp
    ) -> AuditEntry {
        var entry = AuditEntry(
            "token.revoke", stamp, license: license, before: known?.document, after: revocation.document)
        if revocation.kind == .account || revocation.kind == .email { entry.account = revocation.value }
        return entry
    }
}
