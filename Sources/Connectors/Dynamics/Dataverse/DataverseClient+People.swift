internal import AuthService
internal import BridgeCore

extension DataverseClient {
    /// The user with the object id of Entra, or `nil`.
    ///
    /// - Throws: as `value`; `upstream_unavailable` for a row without the columns that decide, and for several: an empty
    ///   page that has another one behind it does not say that there is no such user.
    func user(objectID: GUID, isStrong: Bool) async throws(ConnectorError) -> SystemUser? {
        let answer = try await value(
            DataverseQuery(
                "systemusers",
                [
                    ("$select", SystemUser.columns), ("$filter", "azureactivedirectoryobjectid eq \(objectID)"),
                    ("$top", "2"),
                ], isStrong: isStrong))
        let page = try DataversePage(answer, of: environment)
        guard page.next == nil else { throw .unusable(environment, "has a second page for one user") }
        guard let row = page.rows.first else { return nil }
        guard page.rows.count == 1, let user = SystemUser(row, of: objectID) else {
            throw .unusable(environment, "answered with what is not the one user that it was asked for")
        }
        return user
    }

    /// The security roles of a person, their own and those of their teams.
    ///
    /// Entra's groups are asked themselves (`RetrieveAadUserRoles`): their members are members of the team only once
    /// they have opened the environment. An environment that does not have the function is asked for both associations.
    /// - Throws: as `rows`: one page that cannot be read is none at all.
    func roles(of user: SystemUser, objectID: GUID, isStrong: Bool) async throws(ConnectorError) -> [SecurityRoleRow] {
        do throws(ConnectorError) {
            return try await roles(
                DataverseQuery(
                    "RetrieveAadUserRoles(DirectoryObjectId=\(objectID))", SecurityRoleRow.selection,
                    isStrong: isStrong))
        } catch {
            guard DataverseRefusal.isUnsupported(error) else { throw error }
        }
        let own = try await ownRoles(userID: user.id, isStrong: isStrong)
        let throughTeams =
            "teamroles_association/any(t:t/teammembership_association/any(m:m/systemuserid eq \(user.id)))"
        return own
            + (try await roles(
                DataverseQuery(
                    "roles", SecurityRoleRow.selection + [("$filter", throughTeams)], isStrong: isStrong)))
    }

    /// The roles that a user has without a team.
    func ownRoles(userID: GUID, isStrong: Bool = false) async throws(ConnectorError) -> [SecurityRoleRow] {
        try await roles(
            DataverseQuery(
                "systemusers(\(userID))/systemuserroles_association", SecurityRoleRow.selection, isStrong: isStrong))
    }

    /// The names of the teams that a user is a member of.
    func teams(of user: SystemUser, isStrong: Bool) async throws(ConnectorError) -> [String] {
        let rows = try await rows(
            DataverseQuery(
                "systemusers(\(user.id))/teammembership_association", [("$select", "name")], isStrong: isStrong))
        var names: [String] = []
        for row in rows {
            guard let name = row["name"]?.stringValue else { throw .unusable(environment, "has a team without a name") }
            names.append(name)
        }
        return names
    }

    /// The roles that a query finds.
    func roles(_ query: DataverseQuery) async throws(ConnectorError) -> [SecurityRoleRow] {
        var roles: [SecurityRoleRow] = []
        for row in try await rows(query) {
            guard let role = SecurityRoleRow(row) else {
                throw .unusable(environment, "has a security role without id or name")
            }
            roles.append(role)
        }
        return roles
    }
}
