internal import AuthService
internal import BridgeCore

extension Log {
    /// Warns where somebody is let in as more than the login gives, being the tenant's last administrator.
    func warn(ofKept admission: Admission<some LoginEvidence>, requestID: String) {
        guard admission.account.role > admission.grant.role else { return }
        write(
            .warning, "last_administrator_kept",
            [
                ("requestId", .text(requestID)), ("license", .text(admission.account.license.value)),
                ("account", .text(admission.account.id)), ("decisionId", .text(admission.decisionID)),
                ("detail", .text("neither the rules nor the login make the tenant's last administrator one")),
                ("hint", .text("assign the person what a rule for administrators names, or correct the rules")),
            ])
    }
}
