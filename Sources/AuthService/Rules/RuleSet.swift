package import BridgeCore

/// A tenant's rules, prepared to be asked for the role of a person.
package struct RuleSet: Sendable {
    /// The rules from the one that is worth most: administrators first, within a role in the tenant's order.
    private let ranked: [Rule]
    private var permissionSets = NameIndex()
    private var permissionSetGroups = NameIndex()
    private var customPermissions = NameIndex()
    private var profiles = NameIndex()
    private var securityRoles = NameIndex()
    private var teams = NameIndex()

    package init(_ rules: [Rule]) {
        ranked = Role.allCases.sorted(by: >).flatMap { role in rules.filter { $0.role == role } }
        for (rank, rule) in ranked.enumerated() {
            switch rule.match {
            case .salesforcePermissionSet(let name): permissionSets.insert(name, rank)
            case .salesforcePermissionSetGroup(let name): permissionSetGroups.insert(name, rank)
            case .salesforceCustomPermission(let name): customPermissions.insert(name, rank)
            case .salesforceProfile(let name): profiles.insert(name, rank)
            case .dynamicsSecurityRole(let name): securityRoles.insert(name, rank)
            case .dynamicsTeam(let name): teams.insert(name, rank)
            }
        }
    }

    /// How many rules there are.
    package var count: Int { ranked.count }

    /// Whether a rule asks for the teams of a Dataverse environment.
    var asksForTeams: Bool { !teams.isEmpty }

    /// Whether a rule asks for permission sets, groups of them or profiles of a Salesforce org.
    var asksForPermissionSets: Bool { !(permissionSets.isEmpty && permissionSetGroups.isEmpty && profiles.isEmpty) }

    /// Whether a rule asks for custom permissions of a Salesforce org.
    var asksForCustomPermissions: Bool { !customPermissions.isEmpty }

    /// The custom permissions that rules ask for, as they are written there: by name, label or id.
    var customPermissionNames: [String] {
        ranked.compactMap { rule in
            if case .salesforceCustomPermission(let name) = rule.match { name } else { nil }
        }
    }

    /// Whether a rule asks for this security role, so that it matters who has it.
    func asks(for role: DynamicsFacts.SecurityRole) -> Bool {
        [role.name, role.rootID, role.templateID].contains { $0.flatMap(securityRoles.value) != nil }
    }

    /// Whether a rule asks for the team of that name.
    func asks(forTeam name: String) -> Bool { teams.value(of: name) != nil }

    /// The rule that decides for a person of a Salesforce org: the first one of the highest role that matches.
    ///
    /// - Throws: `role_missing` when none matches, `roles_unavailable` when none matches and facts that a rule asks
    ///   for are not known.
    package func decide(_ facts: SalesforceFacts, now: Timestamp) throws(AccessDenial) -> Rule {
        var search = Search()
        search.look(for: facts.permissionSets, in: permissionSets, called: "salesforce.permissionSets", now: now)
        search.look(
            for: facts.permissionSetGroups, in: permissionSetGroups, called: "salesforce.permissionSetGroups", now: now)
        search.look(
            for: facts.customPermissions, in: customPermissions, called: "salesforce.customPermissions", now: now)
        search.look(for: facts.profile.map { [$0] }, in: profiles, called: "salesforce.profile", now: now)
        if search.rank == nil {
            if let unknown = search.unknown, let denial = facts.unreadable(unknown) { throw denial }
            if customPermissions.hasNames, let denial = facts.nameless { throw denial }
        }
        return try decide(search, system: "Salesforce", assignment: "permission set")
    }

    /// The rule that decides for a person of a Dataverse environment, as for Salesforce.
    package func decide(_ facts: DynamicsFacts) throws(AccessDenial) -> Rule {
        var search = Search()
        search.look(for: facts.securityRoles, in: securityRoles, called: "dynamics.securityRoles") { role, index in
            [role.name, role.rootID, role.templateID].reduce(nil) { best, name in
                lower(best, name.flatMap(index.value))
            }
        }
        search.look(for: facts.teams, in: teams, called: "dynamics.teams")
        return try decide(search, system: "Dynamics 365", assignment: "security role")
    }

    /// Whether a fact that nobody knows of the person might match a rule of a higher role than `role`.
    func mayGiveMore(than role: Role, _ facts: SalesforceFacts) -> Bool {
        let unknown = [
            facts.permissionSets == nil ? permissionSets.smallestValue : nil,
            facts.permissionSetGroups == nil ? permissionSetGroups.smallestValue : nil,
            facts.customPermissions == nil || customPermissions.hasNames && facts.nameless != nil
                ? customPermissions.smallestValue : nil,
            facts.profile == nil ? profiles.smallestValue : nil,
        ]
        return unknown.contains { rank in rank.map { ranked[$0].role > role } ?? false }
    }

    private func decide(_ search: Search, system: String, assignment: String) throws(AccessDenial) -> Rule {
        if let rank = search.rank { return ranked[rank] }
        if let unknown = search.unknown {
            throw AccessDenial(
                .rolesUnavailable, "\(unknown) is not known for this user, so the role cannot be decided",
                hint: "whoever vouches for the user has to read it: the signer of the token, or the connection")
        }
        throw AccessDenial(
            .roleMissing, "none of the tenant's rules matches what the user has in \(system)",
            hint: "an administrator of \(system) can assign a \(assignment) that the rules name")
    }

    /// What has been found so far.
    private struct Search {
        /// The smallest rank, which is the worthiest rule.
        var rank: Int?
        /// A fact that a rule asks for and nobody knows.
        var unknown: String?

        mutating func look(for names: [String]?, in index: NameIndex, called name: String) {
            look(for: names, in: index, called: name) { name, index in index.value(of: name) }
        }

        mutating func look<Fact>(
            for facts: [Fact]?, in index: NameIndex, called name: String, _ rank: (Fact, NameIndex) -> Int?
        ) {
            guard let facts = known(facts, for: index, called: name) else { return }
            for fact in facts { found(rank(fact, index)) }
        }

        /// A person of a large org has hundreds. They are read text by text where they stand: to copy a whole one, and
        /// to count up and down who holds its texts, takes longer than looking.
        mutating func look(
            for components: [SalesforceFacts.Component]?, in index: NameIndex, called name: String, now: Timestamp
        ) {
            guard let components = known(components, for: index, called: name) else { return }
            for place in components.indices where components[place].isActive(at: now) {
                found(index.value(of: components[place].name))
                if let label = components[place].label { found(index.value(of: label)) }
                if let name = components[place].namespacedName { found(index.value(of: name)) }
                if let id = components[place].id { found(index.value(of: id.value)) }
            }
        }

        /// The facts that rules ask for; `nil` where none does or nobody knows.
        private mutating func known<Fact>(_ facts: [Fact]?, for index: NameIndex, called name: String) -> [Fact]? {
            guard !index.isEmpty else { return nil }
            if facts == nil { unknown = name }
            return facts
        }

        private mutating func found(_ rank: Int?) { self.rank = lower(self.rank, rank) }
    }
}

/// The smaller of two numbers of which either may be missing.
func lower(_ left: Int?, _ right: Int?) -> Int? {
    guard let left, let right else { return left ?? right }
    return min(left, right)
}
