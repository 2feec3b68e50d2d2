internal import AuthService
internal import BridgeCore

extension SalesforcePeople.Answer {
    /// What can decide, where custom permissions are known by a claim alone.
    struct Decisive: Sendable {
        /// Without the custom permissions where none of those in the claim matches a rule: another one might.
        let facts: LoginFacts
        /// Which may be had all the same; `nil` where that changes nothing.
        let doubt: ConnectorError?
    }

    /// The facts as far as rules can be decided by them: the claim has what is attached to the app, and nothing else.
    func decisive(for policy: AccessPolicy, now: Timestamp) -> Decisive {
        let unsaid = claim.map { claim in
            let said = Set(claim.keys.map { $0.lowercased() })
            return policy.customPermissionNames.filter { !said.contains($0.lowercased()) }
        }
        guard let unsaid, !unsaid.isEmpty, case .salesforce(var known) = facts.origin,
            policy.outcome(
                of: SalesforceFacts(emailVerified: nil, customPermissions: known.customPermissions), now: now
            ).role == nil
        else { return Decisive(facts: facts, doubt: nil) }
        known.customPermissions = nil
        var facts = facts
        facts.origin = .salesforce(known)
        return Decisive(facts: facts, doubt: .unsaid(unsaid))
    }
}

extension ConnectorError {
    fileprivate static func unsaid(_ names: [String]) -> ConnectorError {
        let list = names.map { quoted($0) }.joined(separator: ", ")
        return ConnectorError(
            .rolesUnavailable,
            "the claim custom_permissions does not say whether the user has \(list), and the API is closed to the user",
            hint: "attach the custom permissions that the rules name to the app, give agents API Enabled, or save the "
                + "connection with an integration username and its key", fixedBy: .tenantAdministrator)
    }
}
