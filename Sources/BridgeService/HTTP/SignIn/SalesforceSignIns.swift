internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import Connectors

/// Signs people in at Salesforce, and asks their org about them.
struct SalesforceSignIns: SignInVendor {
    let services: SalesforceServices
    let flow: CodeFlow
    let site: @Sendable () -> SignInSite

    let beginPath = Route.salesforceAuth.path

    static let noConnection = ConnectorError(
        .connectionMissing, "there is no connection to Salesforce for this license",
        hint: "an administrator of the Cobrowse account connects the org; check the license key, too",
        fixedBy: .bridgeOperator)

    func begin(_ beginning: SignInBeginning) async throws(SignInEnd) -> SignInStart {
        try await flow.begin(beginning, by: desk(address: beginning.address), client)
    }

    func finish(_ request: BrowserRequest, at now: Timestamp) async -> SignInOutcome {
        await flow.finish(request, by: desk(address: request.caller.address), at: now) { signedIn in
            await flow.decide(
                signedIn.record, at: now, known: { Self.facts(signedIn.person.identity, $0) }
            ) { connection, policy in
                await services.judge.judge(signedIn.person, through: connection, by: policy, now: now)
            }
        }
    }

    func frameOrigins(of license: License) async -> [WebOrigin] {
        await flow.connections(of: license).flatMap { connection in
            connection.salesforce.flatMap { WebOrigin($0.loginURL) }.map(OrgPages.origins) ?? []
        }
    }

    /// What is known of a person of whom the org has said nothing: who it is, and no more.
    static func facts(_ identity: SalesforceIdentity, _ connection: ConnectionName) -> LoginFacts {
        LoginFacts(
            email: "", displayName: nil, claimedRole: .absent,
            origin: .salesforce(
                SalesforceFacts(
                    connection: connection, organizationID: identity.organizationID, userID: identity.userID,
                    emailVerified: nil)))
    }

    private func desk(address: String) -> SignInDesk<SalesforceSignIn> {
        flow.desk(address: address) { record throws(ConnectorError) in
            try client(of: try await flow.connection(try flow.id(of: record)))
        }
    }

    private func client(of connection: Connection) throws(ConnectorError) -> SalesforceSignIn {
        let setup = services.setup()
        return SalesforceSignIn(
            application: try services.clients.application(of: connection, setup: setup),
            organizationID: try connection.requireSalesforce().organizationID, hosts: setup.hosts,
            redirectURI: try site().url(of: Route.salesforceCallback.path))
    }
}
