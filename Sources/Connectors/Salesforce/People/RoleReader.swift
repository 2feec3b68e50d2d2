internal import AuthService
internal import BridgeCore

/// Reads what is assigned to one user, as the org's integration user.
///
/// Objects of Setup are not refused to whoever may not see them: they answer without rows, or as if they were not there.
/// Neither is taken for "none".
struct RoleReader: Sendable {
    let client: SalesforceClient
    let user: SalesforceID
    let now: Timestamp

    /// How many ids stand in one query: 27 bytes each, in a URL that has 16 KiB.
    private static let largestListCount = 300

    /// What the user has of what is wanted.
    ///
    /// - Throws: what keeps the org from being asked; a missing right is in the answer.
    func roles(_ wanted: SalesforceRoles.Wanted) async throws(ConnectorError) -> SalesforceRoles {
        var roles = SalesforceRoles()
        guard let held = try await held() else {
            if wanted.permissionSets { roles.unreadable.insert(.permissionSets) }
            if wanted.customPermissions { roles.unreadable.insert(.customPermissions) }
            return roles
        }
        roles.profile = held.profile
        roles.permissionSets = held.sets
        roles.permissionSetGroups = held.groups.map(\.group)
        guard wanted.customPermissions else { return roles }
        roles.customPermissions = try await shown { () throws(ConnectorError) in try await customPermissions(held) }
        if roles.customPermissions == nil { roles.unreadable.insert(.customPermissions) }
        return roles
    }

    /// What is assigned, resolved to sets.
    private struct Held {
        var profile: SalesforceFacts.Component?
        /// Those of groups among them.
        var sets: [SalesforceFacts.Component] = []
        var groups: [(group: SalesforceFacts.Component, members: [GroupMember])] = []
        /// The sets in force that nothing mutes: those assigned by themselves, and the one of the profile.
        var plainSetIDs: [SalesforceID] = []
    }

    /// `nil` where it may not be read. Everybody has at least the set of the profile: no row is a right that is missing.
    private func held() async throws(ConnectorError) -> Held? {
        let rows = try await shown { () throws(ConnectorError) in
            try await client.askingWhatIsRevoked { last throws(ConnectorError) in
                try await client.query(SetAssignment.query(user, last))
            }
        }
        let assignments = (rows ?? []).compactMap(SetAssignment.init)
        guard !assignments.isEmpty else { return nil }
        var held = Held()
        var groups: [SalesforceFacts.Component] = []
        for assignment in assignments {
            let isInForce = assignment.component.isActive(at: now)
            switch assignment.kind {
            case .profile(let profile): held.profile = profile
            case .set(let set): held.sets.append(set)
            case .group(let group):
                groups.append(group)
                continue
            }
            if isInForce { held.plainSetIDs.append(assignment.setID) }
        }
        guard !groups.isEmpty else { return held }
        guard let members = try await members(of: groups.compactMap(\.id)) else { return nil }
        for group in groups {
            let own = members.filter { $0.groupID == group.id }
            held.groups.append((group, own))
            held.sets += own.filter { !$0.isMuting }.map { $0.component(of: group) }
        }
        return held
    }

    /// `nil` where they may not be read: a group may be empty, and not all groups of an org are.
    private func members(of groups: [SalesforceID]) async throws(ConnectorError) -> [GroupMember]? {
        try await shown { () throws(ConnectorError) in
            let rows = try await inParts(groups) { ids throws(ConnectorError) in
                try await client.query(GroupMember.query(ids))
            }
            if rows.isEmpty, try await client.query("SELECT Id FROM PermissionSetGroupComponent LIMIT 1").isEmpty {
                throw ConnectorError.unreadable("no group shows its members", .setup)
            }
            return rows.compactMap(GroupMember.init)
        }
    }
}

extension RoleReader {
    /// The custom permissions of the sets that are in force; what a group mutes counts where something else gives it.
    private func customPermissions(
        _ held: Held
    ) async throws(ConnectorError) -> [SalesforceFacts.Component] {
        let groups = held.groups.filter { $0.group.isActive(at: now) }
        let access = try await access(of: Set(held.plainSetIDs + groups.flatMap { $0.members.map(\.setID) }))
        var given: [SalesforceID: Set<SalesforceID>] = [:]
        for row in access {
            guard let set = row.id("ParentId"), let permission = row.id("SetupEntityId") else { continue }
            given[set, default: []].insert(permission)
        }
        func all(_ sets: [SalesforceID]) -> Set<SalesforceID> {
            sets.reduce(into: []) { $0.formUnion(given[$1] ?? []) }
        }
        var permissions = all(held.plainSetIDs)
        for (_, members) in groups {
            let muted = all(members.filter(\.isMuting).map(\.setID))
            permissions.formUnion(all(members.filter { !$0.isMuting }.map(\.setID)).subtracting(muted))
        }
        return try await described(permissions.sorted { $0.value < $1.value })
    }

    /// What gives which custom permission.
    ///
    /// - Throws: `security_role_missing` where nothing in the org shows what it gives access to: the sets of standard
    ///   profiles give some.
    private func access(of sets: Set<SalesforceID>) async throws(ConnectorError) -> [JSONValue] {
        let rows = try await inParts(Array(sets)) { ids throws(ConnectorError) in
            try await client.query(
                """
                SELECT ParentId, SetupEntityId FROM SetupEntityAccess \
                WHERE SetupEntityType = 'CustomPermission' AND ParentId IN \(ids)
                """)
        }
        if rows.isEmpty, try await client.query("SELECT Id FROM SetupEntityAccess LIMIT 1").isEmpty {
            throw .unreadable("no permission set shows what it gives access to", .setup)
        }
        return rows
    }

    /// The custom permissions by name; one whose row is not shown has its id for a name.
    private func described(_ ids: [SalesforceID]) async throws(ConnectorError) -> [SalesforceFacts.Component] {
        let rows = try await inParts(ids) { ids throws(ConnectorError) in
            try await client.query(
                "SELECT Id, DeveloperName, MasterLabel, NamespacePrefix FROM CustomPermission WHERE Id IN \(ids)")
        }
        let named = Dictionary(rows.map { ($0.id("Id"), $0) }) { first, _ in first }
        return ids.map { id in
            let row = named[id]
            return SalesforceFacts.Component(
                name: row?["DeveloperName"]?.stringValue ?? id.value, label: row?["MasterLabel"]?.stringValue,
                namespacePrefix: row?["NamespacePrefix"]?.stringValue, id: id)
        }
    }

    /// As `readable`; that a column is not there is no right that is missing, and the org's own words tell it best.
    private func shown<Value>(
        _ read: () async throws(ConnectorError) -> Value
    ) async throws(ConnectorError) -> Value? {
        do throws(ConnectorError) {
            return try await read()
        } catch {
            guard error.isOfMissingRight, error.vendorCode != SalesforceRefusal.unknownField else { throw error }
            return nil
        }
    }

    private func inParts(
        _ ids: [SalesforceID], _ read: ([SalesforceID]) async throws(ConnectorError) -> [JSONValue]
    ) async throws(ConnectorError) -> [JSONValue] {
        var rows: [JSONValue] = []
        for part in ids.chunks(of: Self.largestListCount) { rows += try await read(part) }
        return rows
    }
}

/// What `read` finds; `nil` where the right to see it is missing, as far as the org says so. That the API is closed
/// altogether is another matter.
func readable<Value>(
    _ read: () async throws(ConnectorError) -> Value
) async throws(ConnectorError) -> Value? {
    do throws(ConnectorError) {
        return try await read()
    } catch {
        guard error.isOfMissingRight else { throw error }
        return nil
    }
}

extension ConnectorError {
    fileprivate var isOfMissingRight: Bool { code == .securityRoleMissing && vendorCode?.hasPrefix("API_") != true }
}
