/// Who can mend what is wrong with a connection or a sign-in, as the answers name them.
package enum FixedBy: String, Sendable, Hashable, CaseIterable {
    /// Administers the Entra tenant: registrations, consent, secrets, conditional access; or the Salesforce org: apps, their
    /// policies, users and permission sets.
    case tenantAdministrator = "tenant administrator"
    /// Administers the Dynamics environment: application users, security roles, mailboxes.
    case environmentAdministrator = "environment administrator"
    /// Runs this bridge: settings, network, clock.
    case bridgeOperator = "bridge operator"
    /// Whoever signs in: another password, another account, another try. No stage of a connection's test says so.
    case agent
}
