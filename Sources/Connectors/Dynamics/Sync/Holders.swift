internal import AuthService
internal import BridgeCore

/// Who has the roles and teams that rules ask for.
struct Holders: Sendable {
    private var holdings = Holdings<Holding>()
    private let policy: AccessPolicy

    /// Whether somebody may have a role by way of Entra's groups without being stored as a member of their teams.
    var asksForEntraGroups = false

    init(_ policy: AccessPolicy) {
        self.policy = policy
    }

    /// Takes note of people who have something.
    mutating func add(_ holding: Holding, to people: [PersonKey]) { holdings.add(holding, to: people) }

    /// What the rules alone give the person: a role, `role_missing`, or `roles_unavailable`.
    mutating func outcome(of person: PersonKey) -> RuleOutcome {
        holdings.outcome(of: person) { [policy] things in
            var facts = DynamicsFacts()
            Self.fill(&facts, with: things, policy)
            return policy.outcome(of: facts)
        }
    }

    /// Writes what is known of the person's roles and teams into `facts`.
    func fill(_ facts: inout DynamicsFacts, of person: PersonKey) {
        Self.fill(&facts, with: holdings.things(of: person), policy)
    }

    private static func fill(_ facts: inout DynamicsFacts, with holdings: [Holding], _ policy: AccessPolicy) {
        var (roles, teams): ([DynamicsFacts.SecurityRole], [String]) = ([], [])
        for holding in holdings {
            switch holding.thing {
            case .role(let role): if !roles.contains(role) { roles.append(role) }
            case .team(let name): if !teams.contains(name) { teams.append(name) }
            }
        }
        facts.securityRoles = roles
        facts.teams = policy.asksForTeams ? teams : nil
    }

    /// Whether something of the person's is there by what is stored of Entra's groups.
    func dependsOnEntraGroup(_ person: PersonKey) -> Bool {
        holdings.things(of: person).contains(where: \.isOfEntraGroup)
    }
}
