package import AuthService
package import BridgeCore
package import HTTPMessage

/// Finds the organizations that an administrator can connect, with that administrator's own tokens (S4-24 to S4-30).
///
/// Two are involved, of different audience: one for the discovery service, and one for the host of the organization that
/// is chosen, which is had with the refresh token of the same sign-in.
package struct OrganizationSearch: Sendable {
    /// The registration that the administrator signs in to.
    package let application: EntraApplication
    private let sender: any HTTPSender
    private let tokens: EntraTokenClient
    private let discovery: GlobalDiscovery
    private let rules: EnvironmentRules

    /// - Parameters:
    ///   - connection: whose client it is, in the cloud of its environment; `nil` for the operator's.
    ///   - tenantID: whose people sign in to the operator's client; `nil` for those of any tenant, which a registration
    ///     for one tenant refuses.
    /// - Throws: `connection_missing` where there is neither, and what keeps the client from being made ready.
    package init(
        through connection: Connection?, ofTenant tenantID: GUID? = nil, sender: any HTTPSender,
        tokens: EntraTokenClient, clients: DynamicsClients,
        setup: DynamicsSetup
    ) throws(ConnectorError) {
        let client = try connection.map { connection throws(ConnectorError) in
            try clients.client(of: connection, setup: setup)
        }
        guard let application = client?.application ?? setup.operatorApplication(tenantID) else { throw Self.noClient }
        self.application = application
        self.sender = sender
        self.tokens = tokens
        rules = setup.environments
        discovery = GlobalDiscovery(
            sender: sender, cloud: client?.environment.region?.cloud ?? DataverseCloud(at: application.authority),
            rules: rules)
    }

    /// What the administrator signs in for.
    package var resource: TokenResource { discovery.resource }

    /// Starts a sign-in on another device.
    ///
    /// - Throws: what Entra's refusal means, `upstream_unavailable`, `upstream_throttled`.
    package func deviceAuthorization() async throws(ConnectorError) -> DeviceAuthorization {
        try await tokens.deviceAuthorization(for: resource, of: application)
    }

    /// Waits until the administrator has signed in there.
    ///
    /// - Throws: `code_invalid` when nobody did in time, `consent_declined`, what else Entra's refusal means.
    package func signIn(
        by authorization: DeviceAuthorization, pausing pause: any Pause
    ) async throws(ConnectorError) -> TokenGrant {
        try await tokens.signIn(by: authorization, of: application, pausing: pause)
    }

    /// What the administrator can choose from.
    ///
    /// - Throws: as `GlobalDiscovery`.
    package func organizations(_ token: AccessToken) async throws(ConnectorError) -> DynamicsOrganizations {
        try await discovery.organizations(token)
    }

    /// The organization that `text` means, its environment URL or its id.
    ///
    /// - Throws: `environment_not_found` for one that is not among `organizations`, `configuration_invalid` for no URL.
    package func choice(
        _ text: String, among organizations: DynamicsOrganizations
    ) throws(ConnectorError) -> DynamicsOrganization {
        let id = GUID(text)
        let environment = id == nil ? try EnvironmentURL(text, rules: rules) : nil
        let found = organizations.items.first { $0.id == id || $0.environment == environment }
        guard let found else {
            throw ConnectorError(
                .environmentNotFound, "\(quoted(text)) is none of the organizations that you can reach",
                hint: organizations.emptiness
                    ?? "choose one of \(organizations.items.map(\.environment.text).joined(separator: ", "))",
                fixedBy: .environmentAdministrator)
        }
        return found
    }

    /// Has the organization's own host say that it lets the administrator in, with a token for that host.
    ///
    /// - Parameter refreshToken: of the sign-in; `nil` where Entra gave none.
    /// - Throws: `code_invalid` without one, and where the sign-in has ended; `organization_mismatch` where another
    ///   organization answers; what Entra's or the environment's refusal means.
    package func enter(
        _ organization: DynamicsOrganization, refreshing refreshToken: Secret?
    ) async throws(ConnectorError) {
        guard let refreshToken else {
            throw ConnectorError(
                .codeInvalid, "Entra gave no refresh token, and so there is no token for \(organization.environment)",
                hint: "sign in again; the scope offline_access must not be withheld", fixedBy: .tenantAdministrator)
        }
        let grant = try await tokens.token(
            refreshing: refreshToken, for: TokenResource(organization.environment.text), of: application)
        let caller = try await DataverseClient(
            sender: sender, environment: organization.environment, token: grant.accessToken, caller: .person
        ).whoAmI()
        guard caller.organizationID == organization.id else {
            throw ConnectorError(
                .organizationMismatch, "\(organization.environment) is not the organization that was listed there",
                hint: "list the organizations again", fixedBy: .environmentAdministrator)
        }
    }

    private static let noClient = ConnectorError(
        .connectionMissing,
        "there is no such connection, and the bridge has no registration that one could sign in to (dynamics__client_id)",
        hint: "the operator sets dynamics__client_id and dynamics__client_secret; or copy the environment URL from the "
            + "address bar of Dynamics 365, and save the connection", fixedBy: .bridgeOperator)
}

extension DynamicsSetup {
    /// The operator's registration, for people of a tenant, or of any.
    fileprivate func operatorApplication(_ tenantID: GUID?) -> EntraApplication? {
        operatorClient.map { client in
            EntraApplication(
                authority: environments.authority, tenant: tenantID.map { .id($0) } ?? .organizations,
                clientID: client.clientID, credential: client.credential)
        }
    }
}

extension DynamicsOrganizations {
    /// Why there is nothing to choose from, and what to do about it; `nil` where there is something (S4-27).
    package var emptiness: String? {
        guard items.isEmpty else { return nil }
        let disabled = disabledCount > 0 ? "those that you can reach are disabled; " : ""
        return
            "\(disabled)an administrator of the environment adds you to its users, and gives you a security role; GCC, "
            + "GCC High, DoD and China are clouds with lists of their own"
    }
}
