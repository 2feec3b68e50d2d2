internal import AuthService
internal import BridgeCore

/// Reads the permission sets of an org with their groups and profiles: a handful of requests, whatever the number of people.
struct SalesforceSetsReader {
    let client: SalesforceClient

    /// - Throws: `security_role_missing` where the integration user sees no permission set at all: every org has some.
    func read() async throws -> SalesforceSets {
        let sets = try await sets()
        guard !sets.isEmpty else { throw ConnectorError.seesNothing("PermissionSet", client) }
        let groups = try await groups()
        let members = try await members()
        let access = try await access()
        let permissions = access == nil ? nil : try await customPermissions()
        return SalesforceSetsMaker(
            sets: sets, groups: groups, members: members, access: access, permissions: permissions
        ).sets
    }

    /// A row of `PermissionSet`.
    struct SetRow: Sendable {
        let id: SalesforceID
        let name: String
        let label: String
        let namespacePrefix: String?
        /// `Regular`, `Standard`, `Session`, `Group`, `Profile`, `Muting`; `nil` where the org does not say.
        let type: String?
        let profileID: SalesforceID?
        let profileName: String?
        let isCustom: Bool
    }

    /// A row of `PermissionSetGroup`.
    struct GroupRow: Sendable {
        let id: SalesforceID
        let component: SalesforceFacts.Component
    }

    private func sets() async throws -> [SetRow] {
        try await rows(
            """
            SELECT Id, Name, Label, NamespacePrefix, IsOwnedByProfile, ProfileId, Profile.Name, IsCustom, Type \
            FROM PermissionSet
            """
        ) { row in
            guard let id = row.id("Id"), let name = row["Name"]?.stringValue else { return nil }
            let isOfProfile = row["IsOwnedByProfile"]?.boolValue == true
            return SetRow(
                id: id, name: name, label: row["Label"]?.stringValue ?? name,
                namespacePrefix: row["NamespacePrefix"]?.stringValue,
                type: isOfProfile ? "Profile" : row["Type"]?.stringValue,
                profileID: row.id("ProfileId"), profileName: row["Profile"]?["Name"]?.stringValue,
                isCustom: row["IsCustom"]?.boolValue == true)
        }
    }

    private func groups() async throws -> [GroupRow] {
        try await rows("SELECT Id, DeveloperName, MasterLabel, NamespacePrefix FROM PermissionSetGroup") { row in
            guard let id = row.id("Id"), let component = row.component(id) else { return nil }
            return GroupRow(id: id, component: component)
        }
    }

    /// Sets by the group they belong to, those that mute among them.
    private func members() async throws -> [SalesforceID: [SalesforceID]] {
        let pairs = try await rows("SELECT PermissionSetGroupId, PermissionSetId FROM PermissionSetGroupComponent") {
            row -> (SalesforceID, SalesforceID)? in
            guard let group = row.id("PermissionSetGroupId"), let set = row.id("PermissionSetId")
            else { return nil }
            return (group, set)
        }
        return Dictionary(grouping: pairs, by: \.0).mapValues { $0.map(\.1) }
    }

    /// What sets give access to, of profiles custom permissions alone; `nil` where the integration user may not see it.
    private func access() async throws -> SetupAccess? {
        var access = SetupAccess()
        do {
            try await forEachRow(
                """
                SELECT ParentId, SetupEntityId, SetupEntityType FROM SetupEntityAccess \
                WHERE SetupEntityType = 'CustomPermission' OR Parent.IsOwnedByProfile = false
                """
            ) { row in
                guard let parent = row.id("ParentId"), let id = row.id("SetupEntityId"),
                    let type = row["SetupEntityType"]?.stringValue
                else { return false }
                return access.add(id, type, of: parent)
            }
        } catch let error as ConnectorError where error.code == .securityRoleMissing {
            return nil
        }
        // An org in which nothing at all gives access to anything is one that does not show it.
        return access.isEmpty ? nil : access
    }

    private func customPermissions() async throws -> [SalesforceID: SalesforceFacts.Component] {
        let rows = try await rows("SELECT Id, DeveloperName, MasterLabel, NamespacePrefix FROM CustomPermission") {
            row -> (SalesforceID, SalesforceFacts.Component)? in
            guard let id = row.id("Id"), let component = row.component(id) else { return nil }
            return (id, component)
        }
        return Dictionary(rows) { first, _ in first }
    }

    private func rows<Row>(_ query: SOQL, _ read: (JSONValue) -> Row?) async throws -> [Row] {
        var rows: [Row] = []
        try await forEachRow(query) { value in
            guard let row = read(value) else { return false }
            rows.append(row)
            return true
        }
        return rows
    }

    /// - Parameter read: says whether a row has what was asked for.
    /// - Throws: as the client; `upstream_unavailable` for a row without what was asked for, and for more of them than any org
    ///   has.
    private func forEachRow(_ query: SOQL, _ read: (JSONValue) -> Bool) async throws {
        var count = 0
        try await client.forEachPage(query) { values in
            count += values.count
            guard count <= Self.largestRowCount else {
                throw ConnectorError.unusable(
                    client.instance, "has more than \(Self.largestRowCount) rows of its setup")
            }
            guard values.allSatisfy(read) else {
                throw ConnectorError.unusable(client.instance, "has a row without the columns that it was asked for")
            }
        }
    }

    private static let largestRowCount = 1_000_000
}

extension JSONValue {
    /// What has a developer name and a label.
    fileprivate func component(_ id: SalesforceID) -> SalesforceFacts.Component? {
        self["DeveloperName"]?.stringValue.map { name in
            SalesforceFacts.Component(
                name: name, label: self["MasterLabel"]?.stringValue,
                namespacePrefix: self["NamespacePrefix"]?.stringValue, id: id)
        }
    }
}

extension ConnectorError {
    /// An org shows no row of what every org has.
    static func seesNothing(_ object: String, _ client: SalesforceClient) -> ConnectorError {
        ConnectorError(
            .securityRoleMissing,
            "\(client.instance) shows the integration user not one row of \(object), of which every "
                + "org has some", hint: SalesforceRefusal.rights, fixedBy: .tenantAdministrator)
    }
}
