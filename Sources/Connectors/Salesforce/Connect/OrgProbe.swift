internal import AuthService
internal import BridgeCore

/// The stages that ask an org: whether it is the right one, and whether the integration user may read what decides.
struct OrgProbe: Sendable {
    private let client: SalesforceClient
    private let session: SalesforceSession
    private let rules: [Rule]

    init(_ client: SalesforceClient, _ session: SalesforceSession, _ rules: [Rule]) {
        self.client = client
        self.session = session
        self.rules = rules
    }

    /// The stage of the organization: that the org and the user are those that are meant.
    ///
    /// - Throws: `organization_mismatch`; `configuration_invalid` for another user; as `SalesforceClient.query`.
    func organization(_ candidate: SalesforceCandidate) async throws(ConnectorError) -> ConnectionStage {
        let organization = try await row("SELECT Id, Name, IsSandbox, InstanceName FROM Organization LIMIT 1")
        guard let id = organization?["Id"]?.stringValue.flatMap({ SalesforceID($0) }) else {
            throw .unreadable("the org itself cannot be read", .setup)
        }
        let name = organization?["Name"]?.stringValue.map { " (\(quoted($0)))" } ?? ""
        guard id == session.identity.organizationID, id == candidate.organizationID ?? id else {
            // What the operator's app leads to is told to nobody who does not know it.
            throw .otherOrganization(
                candidate.isOwnClient ? "the org \(id.value)\(name)" : "another org",
                than: candidate.organizationID ?? session.identity.organizationID)
        }
        let user = try await row(
            "SELECT Id, Username, Profile.Name FROM User WHERE Id = \(session.identity.userID) LIMIT 1")
        guard let username = user?["Username"]?.stringValue else {
            throw .nobody
        }
        if let wanted = candidate.application.integrationUsername, username.lowercased() != wanted.lowercased() {
            // Whom the operator's app reads an org as, only who administers it is to know.
            throw .otherUser(candidate.isOwnClient ? username : nil, than: wanted)
        }
        let isSandbox = organization?["IsSandbox"]?.boolValue == true ? ", a sandbox" : ""
        return .passed(
            .organization, "the org \(id.value)\(name)\(isSandbox), read as \(quoted(username))",
            warning: Self.tooMuch(user?["Profile"]?["Name"]?.stringValue))
    }

    private static func tooMuch(_ profile: String?) -> ConnectionStage.Warning? {
        guard profile == "System Administrator" else { return nil }
        return ConnectionStage.Warning(
            "the integration user is a System Administrator, which is far more than the bridge needs",
            hint:
                "take a user with the profile Minimum Access - API Only Integrations, and give it what the bridge needs by a "
                + "permission set", fixedBy: .tenantAdministrator)
    }

    private func row(_ query: SOQL) async throws(ConnectorError) -> JSONValue? { try await client.query(query).first }
}

extension OrgProbe {
    /// The stage of permission sets: what decides can be read, and what the rules name is there.
    ///
    /// - Throws: `security_role_missing` where the integration user sees nothing; as `SalesforceClient.query`.
    func permissionSets() async throws(ConnectorError) -> ConnectionStage {
        do throws(ConnectorError) {
            // Every org has sets, and every user the one of the profile: none at all is none that may be seen.
            guard try await row("SELECT Id FROM PermissionSet LIMIT 1") != nil,
                try await showsAssignments()
            else { throw ConnectorError.unreadable("the org shows no permission sets to the integration user", .setup) }
            _ = try await row("SELECT Id FROM PermissionSetGroup LIMIT 1")
            _ = try await row("SELECT Id FROM PermissionSetGroupComponent LIMIT 1")
            // The sets of standard profiles give access to something in every org.
            guard try await row("SELECT Id FROM SetupEntityAccess LIMIT 1") != nil else {
                throw ConnectorError.unreadable("the org does not show what permission sets give access to", .setup)
            }
            _ = try await row("SELECT Id FROM CustomPermission LIMIT 1")
        } catch {
            throw error.naming(.setup)
        }
        return try await RuleNames(rules).stage(client)
    }

    /// Whether it can be read what the integration user itself is assigned, by the very question that a sign-in asks.
    private func showsAssignments() async throws(ConnectorError) -> Bool {
        try await client.askingWhatIsRevoked { last throws(ConnectorError) in
            try await row("\(SetAssignment.query(session.identity.userID, last)) LIMIT 1") != nil
        }
    }

    /// The stage of e-mail addresses: whether it can be read who has proven theirs.
    ///
    /// - Throws: `security_role_missing`; as `SalesforceClient.query`.
    func emails() async throws(ConnectorError) -> ConnectionStage {
        do throws(ConnectorError) {
            // Every org has users: no row is none that may be seen.
            guard
                try await row("SELECT UserId, HasUserVerifiedEmailAddress FROM TwoFactorMethodsInfo LIMIT 1") != nil
            else { throw ConnectorError.unreadable("the org does not say who has verified an address", .multiFactor) }
        } catch {
            throw error.naming(.multiFactor)
        }
        return .passed(
            .emails, "it can be read who has verified the e-mail address",
            warning: try await seesFrozenUsers() ? nil : Self.frozenUnknown)
    }

    /// Whether it can be read who is frozen: the integration user itself has a row that says so.
    private func seesFrozenUsers() async throws(ConnectorError) -> Bool {
        do throws(ConnectorError) {
            return try await row("SELECT UserId, IsFrozen FROM UserLogin LIMIT 1") != nil
        } catch {
            guard error.code == .securityRoleMissing else { throw error }
            return false
        }
    }

    private static let frozenUnknown = ConnectionStage.Warning(
        "frozen users cannot be told from others",
        hint: "give the integration user Manage Users too, or deactivate users in place of freezing them",
        fixedBy: .tenantAdministrator)
}

/// A right that an integration user needs besides API Enabled.
enum IntegrationRight: String {
    case setup = "View Setup and Configuration"
    case multiFactor = "Manage Multi-Factor Authentication in API"
}

extension ConnectorError {
    /// What the integration user may not see, with the right that is missing.
    static func unreadable(_ detail: String, _ right: IntegrationRight) -> ConnectorError {
        ConnectorError(
            .securityRoleMissing, "\(detail): it lacks \(right.rawValue)", hint: hint(right),
            fixedBy: .tenantAdministrator)
    }

    /// The same with the right that is missing, where that is why.
    fileprivate func naming(_ right: IntegrationRight) -> ConnectorError {
        guard code == .securityRoleMissing, vendorCode != nil, vendorCode != SalesforceRefusal.unknownField else {
            return self
        }
        return ConnectorError(
            code, "the integration user lacks \(right.rawValue): \(detail)", ownDetail: ownDetail,
            hint: Self.hint(right), fixedBy: fixedBy, vendorCode: vendorCode)
    }

    private static func hint(_ right: IntegrationRight) -> String {
        "Setup > Permission Sets: tick \(right.rawValue) under System Permissions of a set, and assign it to the "
            + "integration user"
    }

    fileprivate static func otherOrganization(
        _ found: String, than wanted: SalesforceID
    ) -> ConnectorError {
        ConnectorError(
            .organizationMismatch, "the token is for \(found), not for \(wanted.value)",
            hint:
                "compare Setup > Company Information > Salesforce.com Organization ID with organizationId; a sandbox has "
                + "an id of its own, and loses it when it is refreshed", fixedBy: .tenantAdministrator)
    }

    /// The org shows no row of the user whom the token speaks for.
    fileprivate static var nobody: ConnectorError {
        ConnectorError(
            .securityRoleMissing, "the org does not show whom the token speaks for",
            hint: "the integration user has to see itself: let it read the object User", fixedBy: .tenantAdministrator)
    }

    /// - Parameter username: `nil` where it is not to be told.
    fileprivate static func otherUser(_ username: String?, than wanted: String) -> ConnectorError {
        ConnectorError(
            .configurationInvalid,
            "the token is \(username.map { "\(quoted($0))'s" } ?? "another user's"), not \(quoted(wanted))'s",
            hint:
                "the app says under Client Credentials Flow > Run As whom it gives tokens for: choose the integration user "
                + "there, or give that username", fixedBy: .tenantAdministrator)
    }
}
