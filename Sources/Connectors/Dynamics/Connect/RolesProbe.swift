internal import AuthService
internal import BridgeCore

/// The stage of roles: whether they can be read, whether those the rules name are there, and what the application user
/// has itself.
struct RolesProbe: Sendable {
    private let client: DataverseClient
    /// Names and ids, as rules have them.
    private let wanted: [String]

    init(_ client: DataverseClient, _ rules: [Rule]) {
        self.client = client
        var wanted: [String] = []
        for rule in rules {
            guard case .dynamicsSecurityRole(let name) = rule.match, !wanted.contains(name) else { continue }
            wanted.append(name)
        }
        self.wanted = wanted
    }

    /// More are not looked for: a filter has to fit into a URL.
    private static let largestCount = 20

    /// Looks.
    ///
    /// - Throws: as `DataverseClient.rows`.
    func stage(userID: GUID) async throws(ConnectorError) -> ConnectionStage {
        let looked = Array(wanted.prefix(Self.largestCount))
        let found = try await client.roles(query(looked))
        let missing = looked.filter { name in !found.contains { $0.isMeant(by: name) } }
        let own = try await client.ownRoles(userID: userID)
        let detail =
            looked.isEmpty
            ? "security roles can be read; no rule names one"
            : "\(looked.count - missing.count) of the \(looked.count) security roles that rules name are there"
        return .passed(.roles, detail, warning: .joined([Self.missing(missing), Self.tooMuch(own)].compactMap(\.self)))
    }

    private func query(_ names: [String]) -> DataverseQuery {
        guard !names.isEmpty else { return DataverseQuery("roles", SecurityRoleRow.selection + [("$top", "1")]) }
        let conditions = names.map { name in
            GUID(name).map { "roleid eq \($0) or _roletemplateid_value eq \($0)" }
                ?? "name eq \(DataverseQuery.literal(name))"
        }
        return DataverseQuery(
            "roles", SecurityRoleRow.selection + [("$filter", conditions.joined(separator: " or "))])
    }

    private static func missing(_ names: [String]) -> ConnectionStage.Warning? {
        guard !names.isEmpty else { return nil }
        return ConnectionStage.Warning(
            "the environment has no security role \(names.map(quoted).joined(separator: ", no "))",
            hint:
                "install the Cobrowse solution, which brings its roles, or name the roles that you use in the tenant's "
                + "rules", fixedBy: .environmentAdministrator)
    }

    private static func tooMuch(_ roles: [SecurityRoleRow]) -> ConnectionStage.Warning? {
        guard roles.contains(where: \.isSystemAdministrator) else { return nil }
        return ConnectionStage.Warning(
            "the application user is System Administrator, which is far more than the bridge needs",
            hint:
                "give it a role with Read on User, Security Role, Team and Business Unit alone, and take this one away",
            fixedBy: .environmentAdministrator)
    }
}

extension SecurityRoleRow {
    /// Whether a rule with that name or id means it.
    fileprivate func isMeant(by name: String) -> Bool {
        if let id = GUID(name) { return [self.id, rootID, templateID].contains(id) }
        return self.name.lowercased() == name.lowercased()
    }
}

extension DataverseClient {
    /// Whether users, with the columns that decide, and teams can be read: one of each.
    ///
    /// - Throws: as `value`.
    func probeUsersAndTeams() async throws(ConnectorError) {
        for (path, columns) in [("systemusers", SystemUser.columns), ("teams", "teamid,name")] {
            let answer = try await value(DataverseQuery(path, [("$select", columns), ("$top", "1")]))
            _ = try DataversePage(answer, of: environment)
        }
    }
}
