internal import AuthService
internal import BridgeCore

/// Who has the sets, groups and profiles that are worth a role by the tenant's rules.
struct SalesforceHolders: Sendable {
    /// Those that are worth a role, or may be: with a custom permission whose name is not shown. Nobody is looked for who
    /// has others.
    let wanted: [SalesforceSets.Assignable]
    private let hasAccess: Bool
    private let policy: AccessPolicy
    private let now: Timestamp
    /// By places in `wanted`.
    private var holdings = Holdings<Int>()
    private let places: [SalesforceID: Int]

    init(_ sets: SalesforceSets, _ policy: AccessPolicy, now: Timestamp) {
        self.policy = policy
        self.now = now
        hasAccess = sets.hasAccess
        wanted = sets.assignables.filter { set in
            let outcome = policy.outcome(of: SalesforceFacts(set.facts), now: now)
            return outcome.role != nil || sets.hasAccess && outcome == .denial(.rolesUnavailable)
        }
        places = Dictionary(wanted.enumerated().map { ($0.element.id, $0.offset) }) { first, _ in first }
    }

    /// Takes note of assignments: of somebody (`key`) to what has the id.
    mutating func add(_ assignments: [(key: PersonKey, id: SalesforceID)]) {
        for (place, found) in Dictionary(grouping: assignments, by: { places[$0.id] }) {
            if let place { holdings.add(place, to: found.map(\.key)) }
        }
    }

    /// What the person has of those.
    func has(_ key: PersonKey) -> [SalesforceSets.Assignable] { holdings.things(of: key).map { wanted[$0] } }

    /// What the person's assignments give, as far as rules ask for them.
    func facts(of key: PersonKey) -> SalesforceSets.Facts { Self.facts(holdings.things(of: key), wanted, hasAccess) }

    private static func facts(
        _ places: [Int], _ wanted: [SalesforceSets.Assignable], _ hasAccess: Bool
    ) -> SalesforceSets.Facts {
        var facts = SalesforceSets.Facts(customPermissions: hasAccess ? [] : nil)
        for place in places { facts.add(wanted[place].facts) }
        return facts
    }

    /// What the rules alone give: a role, `role_missing`, or `roles_unavailable`, also where more may be given by what could
    /// not be read.
    mutating func outcome(of key: PersonKey) -> RuleOutcome {
        holdings.outcome(of: key) { [policy, wanted, hasAccess, now] places in
            policy.certainOutcome(of: SalesforceFacts(Self.facts(places, wanted, hasAccess)), now: now)
        }
    }

    /// What the rules alone give.
    func roles(of key: PersonKey) -> SyncRoles {
        let facts = SalesforceFacts(facts(of: key))
        let outcome = policy.outcome(of: facts, now: now)
        return SyncRoles(
            outcome: outcome, doubts: policy.certainOutcome(of: facts, now: now) == outcome ? [] : .role)
    }
}

extension SalesforceFacts {
    /// What assignments alone say; of a profile that rules do not ask for it is known that it is none that they do.
    init(_ assigned: SalesforceSets.Facts) {
        self.init(emailVerified: true)
        set(assigned)
        profile = assigned.profile ?? Component(name: "")
    }

    /// Takes over what assignments say.
    mutating func set(_ assigned: SalesforceSets.Facts) {
        permissionSets = assigned.permissionSets
        permissionSetGroups = assigned.groups
        customPermissions = assigned.customPermissions
        if assigned.customPermissions == nil { unreadable.insert(.customPermissions) }
    }
}
