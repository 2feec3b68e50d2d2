internal import AuthService
internal import BridgeCore

/// Who has what of all that rules ask for, in a few bytes a person: most people have one of a few combinations.
struct Holders: Sendable {
    /// All that was looked at.
    private var holdings: [Holding] = []
    /// Places in `holdings`, in order; the first is the empty combination.
    private var combinations: [[Int]] = [[]]
    private var places: [[Int]: UInt32] = [[]: 0]
    private var byPerson: [ObjectID: UInt32] = [:]
    /// What rules make of each combination.
    private var outcomes: [RuleOutcome?] = [nil]
    private let policy: AccessPolicy

    /// Whether somebody may have a role by way of Entra's groups without being stored as a member of their teams.
    var asksForEntraGroups = false

    init(_ policy: AccessPolicy) {
        self.policy = policy
    }

    /// Takes note of people who have something.
    mutating func add(_ holding: Holding, to people: [ObjectID]) {
        let place = holdings.firstIndex(of: holding) ?? holdings.count
        if place == holdings.count { holdings.append(holding) }
        // Of those who come together nearly all had the same before.
        var (last, next): (UInt32, UInt32) = (.max, 0)
        for person in people {
            let before = byPerson[person] ?? 0
            if before != last { (last, next) = (before, combination(before, with: place)) }
            byPerson[person] = next
        }
    }

    private mutating func combination(_ number: UInt32, with place: Int) -> UInt32 {
        var members = combinations[Int(number)]
        guard !members.contains(place) else { return number }
        members.append(place)
        members.sort()
        if let known = places[members] { return known }
        let next = UInt32(combinations.count)
        combinations.append(members)
        outcomes.append(nil)
        places[members] = next
        return next
    }

    /// What the rules alone give the person: a role, `role_missing`, or `roles_unavailable`.
    mutating func outcome(of person: ObjectID) -> RuleOutcome {
        let number = Int(byPerson[person] ?? 0)
        if let known = outcomes[number] { return known }
        var facts = DynamicsFacts()
        fill(&facts, of: person)
        let outcome = policy.outcome(of: facts)
        outcomes[number] = outcome
        return outcome
    }

    /// Writes what is known of the person's roles and teams into `facts`.
    func fill(_ facts: inout DynamicsFacts, of person: ObjectID) {
        var (roles, teams): ([DynamicsFacts.SecurityRole], [String]) = ([], [])
        for place in combinations[Int(byPerson[person] ?? 0)] {
            switch holdings[place].thing {
            case .role(let role): if !roles.contains(role) { roles.append(role) }
            case .team(let name): if !teams.contains(name) { teams.append(name) }
            }
        }
        facts.securityRoles = roles
        facts.teams = policy.asksForTeams ? teams : nil
    }

    /// Whether something of the person's is there by what is stored of Entra's groups.
    func dependsOnEntraGroup(_ person: ObjectID) -> Bool {
        combinations[Int(byPerson[person] ?? 0)].contains { holdings[$0].isOfEntraGroup }
    }
}
