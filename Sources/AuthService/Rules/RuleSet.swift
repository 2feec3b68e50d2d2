package import BridgeCore

/// A tenant's rules, asked for the role of a person.
package struct RuleSet: Sendable {
    private let rules: [Rule]

    package init(_ rules: [Rule]) {
        self.rules = rules
    }

    /// The rule that decides for a person of a Salesforce org: the first one of the highest role that matches.
    ///
    /// - Throws: `role_missing` when none matches, `roles_unavailable` when none matches and facts that a rule asks
    ///   for are not known.
    package func decide(_ facts: SalesforceFacts, now: Timestamp) throws(AccessDenial) -> Rule {
        var deciding: Rule?
        var unknown: String?
        for rule in rules {
            switch rule.match.matches(facts, now: now) {
            case .yes where deciding.map({ $0.role < rule.role }) ?? true: deciding = rule
            case .unknown(let fact): unknown = fact
            default: break
            }
        }
        if let deciding { return deciding }
        if let unknown {
            throw AccessDenial(
                .rolesUnavailable, "\(unknown) is not known for this user, so the role cannot be decided",
                hint: "whoever signs the token has to read it and write it into the salesforce claim")
        }
        throw AccessDenial(
            .roleMissing, "none of the tenant's rules matches what the user has in Salesforce",
            hint: "a Salesforce administrator can assign a permission set that the rules name")
    }
}

extension Rule.Match {
    /// Whether a rule applies.
    enum Outcome {
        case yes, no
        /// The named fact is not known.
        case unknown(String)
    }

    func matches(_ facts: SalesforceFacts, now: Timestamp) -> Outcome {
        switch self {
        case .salesforcePermissionSet(let name):
            Self.outcome(of: facts.permissionSets, called: "salesforce.permissionSets") { set in
                set.isActive(at: now) && set.names.contains { SalesforceName.same($0, name) }
            }
        case .salesforcePermissionSetGroup(let name):
            Self.outcome(of: facts.permissionSetGroups, called: "salesforce.permissionSetGroups") {
                SalesforceName.same($0, name)
            }
        case .salesforceCustomPermission(let name):
            Self.outcome(of: facts.customPermissions, called: "salesforce.customPermissions") {
                SalesforceName.same($0, name)
            }
        case .salesforceProfile(let name):
            Self.outcome(of: facts.profile.map { [$0] }, called: "salesforce.profile") {
                SalesforceName.same($0, name)
            }
        case .dynamicsSecurityRole, .dynamicsTeam: .no
        }
    }

    private static func outcome<Fact>(
        of facts: [Fact]?, called name: String, _ isMatch: (Fact) -> Bool
    ) -> Outcome {
        guard let facts else { return .unknown(name) }
        return facts.contains(where: isMatch) ? .yes : .no
    }
}

/// How names of Salesforce components are compared.
enum SalesforceName {
    /// Ids by their 18-character form; names and labels by their letters, without regard to case as SOQL does.
    static func same(_ left: String, _ right: String) -> Bool {
        if left == right { return true }
        if let left = id(left), let right = id(right) { return left == right }
        return left.lowercased() == right.lowercased()
    }

    /// The id that `text` is. Ids of what rules ask for begin with `0` (`0PS`, `0PG`, `0CP`, `00e`), API names with a
    /// letter: `CobrowseIOAgent` has 15 characters and is none.
    private static func id(_ text: String) -> SalesforceID? {
        text.utf8.first == UInt8(ascii: "0") ? SalesforceID(text) : nil
    }
}
