internal import AuthService
internal import BridgeCore

/// Reads who has the roles and teams that a tenant's rules ask for, from their side: a few pages for each of them.
///
/// Every role of the environment is looked at by the rules themselves, so that a sync and a login mean the same ones;
/// members are read of those alone that rules ask for.
struct HoldersReader {
    let client: DataverseClient
    let policy: AccessPolicy

    /// A row has some 180 bytes, and an answer may have a mebibyte.
    private static let memberPageSize = 2_500

    func read() async throws -> Holders {
        var holders = Holders(policy)
        let teams = try await teams()
        var members: [GUID: [PersonKey]] = [:]
        func membersOf(_ team: Team) async throws -> [PersonKey] {
            if let known = members[team.id] { return known }
            let found = try await people(at: "teams(\(team.id))/teammembership_association")
            members[team.id] = found
            return found
        }
        for role in try await roles() {
            try await add(role, to: &holders, teams, membersOf)
        }
        for team in teams.values where policy.asks(forTeam: team.name) {
            let holding = Holding(thing: .team(team.name), isOfEntraGroup: team.isOfEntraGroup)
            holders.add(holding, to: try await membersOf(team))
        }
        return holders
    }

    private func add(
        _ role: SecurityRoleRow, to holders: inout Holders, _ teams: [GUID: Team],
        _ membersOf: (Team) async throws -> [PersonKey]
    ) async throws {
        try await client.forEachPage(
            DataverseQuery(
                "roles(\(role.id))/systemuserroles_association", Self.columns, isStrong: true,
                pageSize: Self.memberPageSize)
        ) { rows in
            holders.add(Holding(thing: .role(role.fact), isOfEntraGroup: false), to: Self.people(in: rows))
        }
        var owners: [GUID] = []
        let query = DataverseQuery(
            "roles(\(role.id))/teamroles_association", [("$select", "teamid")], isStrong: true)
        try await client.forEachPage(query) { rows in
            for row in rows { owners.append(try id("teamid", of: row)) }
        }
        for owner in owners {
            guard let team = teams[owner] else {
                throw ConnectorError.unusable(client.environment, "has a role of a team that it does not show")
            }
            if team.isOfEntraGroup { holders.asksForEntraGroups = true }
            holders.add(
                Holding(thing: .role(role.fact), isOfEntraGroup: team.isOfEntraGroup), to: try await membersOf(team))
        }
    }

    /// The roles that rules ask for, each of its copies in business units.
    private func roles() async throws -> [SecurityRoleRow] {
        var roles: [SecurityRoleRow] = []
        try await client.forEachPage(
            DataverseQuery("roles", SecurityRoleRow.selection, isStrong: true, pageSize: 1_000)
        ) { rows in
            for row in rows {
                guard let role = SecurityRoleRow(row) else {
                    throw ConnectorError.unusable(client.environment, "has a security role without id or name")
                }
                if policy.asks(for: role.fact) { roles.append(role) }
            }
        }
        return roles
    }

    private struct Team {
        let id: GUID
        let name: String
        let isOfEntraGroup: Bool
    }

    private func teams() async throws -> [GUID: Team] {
        var teams: [GUID: Team] = [:]
        try await client.forEachPage(
            DataverseQuery("teams", [("$select", "teamid,name,teamtype")], pageSize: 1_000)
        ) { rows in
            for row in rows {
                let id = try id("teamid", of: row)
                guard let name = row["name"]?.stringValue, let type = row["teamtype"]?.integerValue else {
                    throw ConnectorError.unusable(client.environment, "has a team without name or type")
                }
                // 2 is a security group, 3 one of Microsoft 365.
                teams[id] = Team(id: id, name: name, isOfEntraGroup: type == 2 || type == 3)
            }
        }
        return teams
    }

    private func people(at path: String) async throws -> [PersonKey] {
        var people: [PersonKey] = []
        let query = DataverseQuery(path, Self.columns, isStrong: true, pageSize: Self.memberPageSize)
        try await client.forEachPage(query) { people += Self.people(in: $0) }
        return people
    }

    private static let columns = [("$select", "azureactivedirectoryobjectid")]

    /// Who has no object id cannot have signed in.
    private static func people(in rows: [JSONValue]) -> [PersonKey] {
        rows.compactMap { $0["azureactivedirectoryobjectid"]?.stringValue.flatMap(PersonKey.init(objectID:)) }
    }

    private func id(_ column: String, of row: JSONValue) throws -> GUID {
        guard let id = row[column]?.stringValue.flatMap({ GUID($0) }) else {
            throw ConnectorError.unusable(client.environment, "has a row without \(column)")
        }
        return id
    }
}
