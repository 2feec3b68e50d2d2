/// What one fact about a person is worth: who has the named thing in the CRM gets the role.
package struct Rule: Sendable, Hashable {
    /// What has to match.
    package let match: Match
    /// What a match is worth.
    package let role: Role
    /// What the tokens of who matches may touch; `nil` for all that the role may.
    package let policy: Policy?

    /// A kind of fact and the name, label or id looked for.
    package enum Match: Sendable, Hashable {
        case salesforcePermissionSet(String)
        case salesforcePermissionSetGroup(String)
        case salesforceCustomPermission(String)
        case salesforceProfile(String)
        case dynamicsSecurityRole(String)
        case dynamicsTeam(String)
    }

    package init(_ match: Match, role: Role, policy: Policy? = nil) {
        self.match = match
        self.role = role
        self.policy = policy
    }

    /// The id of the permission set that the rule names; `nil` for a rule on anything else, and for a name.
    package var permissionSetID: SalesforceID? {
        if case .salesforcePermissionSet(let name) = match { SalesforceID(ofComponent: name) } else { nil }
    }

    /// The names the Cobrowse packages ship (Salesforce legacy package; Dynamics app).
    package static let shipped: [Rule] = [
        Rule(.salesforcePermissionSet("Cobrowse.io Admin"), role: .administrator),
        Rule(.salesforcePermissionSet("Cobrowse.io Agent"), role: .agent),
        Rule(.dynamicsSecurityRole("Cobrowse.io - Administrator"), role: .administrator),
        Rule(.dynamicsSecurityRole("Cobrowse.io - Agent"), role: .agent),
    ]
}
