import AuthService
import BridgeCore
import BridgeTesting
import Connectors
import HTTPMessage
import Testing

@Suite("The search for an organization to connect")
struct OrganizationSearchTests {
    private static func search(
        _ answers: [IncomingResponse] = [], at url: String? = "https://acme.crm4.dynamics.com",
        authority: EntraAuthority = EntraCloud.global.authority, hasOperator: Bool = true
    ) throws -> (search: OrganizationSearch, sender: ScriptedSender) {
        let vault = try TestVault()
        let sender = ScriptedSender(answers)
        let secret = ClientCredential.secret(Secret(Array("s".utf8)))
        let setup = DynamicsSetup(
            environments: EnvironmentRules(authority: authority),
            operatorClient: hasOperator ? .init(clientID: try .test(77), credential: secret) : nil)
        let connection = try url.map { url in
            let settings = DynamicsSettings(tenantID: try .test(1), clientID: nil, environmentURL: url)
            return Connection(try .test(), .dynamics(settings), credential: nil, createdAt: now)
        }
        let tokens = EntraTokenClient(sender: sender, clock: FixedClock())
        let search = try OrganizationSearch(
            through: connection, sender: sender, tokens: tokens, clients: DynamicsClients(vault: vault), setup: setup)
        return (search, sender)
    }

    @Test(
        "is made in the cloud of the environment, or of those who sign in",
        arguments: [
            ("https://acme.crm4.dynamics.com", .global, "globaldisco.crm.dynamics.com"),
            ("https://acme.crm9.dynamics.com", .global, "globaldisco.crm9.dynamics.com"),
            ("https://acme.crm.appsplatform.us", .global, "globaldisco.crm.appsplatform.us"),
            (nil, .global, "globaldisco.crm.dynamics.com"),
            (nil, .usGovernment, "globaldisco.crm.microsoftdynamics.us"),
            (nil, .china, "globaldisco.crm.dynamics.cn"),
        ] as [(String?, EntraCloud, String)])
    func clouds(url: String?, cloud: EntraCloud, host: String) throws {
        let search = try Self.search(at: url, authority: cloud.authority).search
        #expect(search.resource.identifier == "https://\(host)")
        #expect(search.application.tenant == (url == nil ? .organizations : .id(try .test(1))))
    }

    @Test("needs a client: the connection's, or the operator's")
    func noClient() throws {
        let error = #expect(throws: ConnectorError.self) { try Self.search(at: nil, hasOperator: false) }
        #expect(error?.code == .connectionMissing && error?.fixedBy == .bridgeOperator)
    }

    /// What the discovery service lists.
    private static let list = IncomingResponse.rows([
        #"{"Id":"\#(FakeEnvironment.id(12))","FriendlyName":"Acme","State":0,"#
            + #""Url":"https://acme.crm4.dynamics.com/"}"#,
        #"{"Id":"\#(FakeEnvironment.id(13))","FriendlyName":"Emea","State":0,"#
            + #""Url":"https://emea.crm4.dynamics.com/"}"#,
    ])
    private static let token = AccessToken(Secret(Array("ann's".utf8)), expiresAt: nil)

    @Test("takes the choice by URL, as it is copied, or by id, and nothing that is not listed")
    func choice() async throws {
        let search = try Self.search([Self.list]).search
        let list = try await search.organizations(Self.token)
        #expect(list.onlyOne == nil && list.emptiness == nil)
        for text in ["https://emea.crm4.dynamics.com/main.aspx?appid=1", FakeEnvironment.id(13)] {
            #expect(try search.choice(text, among: list).name == "Emea")
        }
        let error = #expect(throws: ConnectorError.self) {
            try search.choice("https://other.crm4.dynamics.com", among: list)
        }
        #expect(error?.code == .environmentNotFound)
        #expect(error?.hint?.contains("https://acme.crm4.dynamics.com, https://emea.crm4.dynamics.com") == true)
    }

    @Test("explains that there is nothing to choose from (S4-27)")
    func nothing() async throws {
        let row = #"{"Id":"\#(FakeEnvironment.id(12))","State":1,"Url":"https://acme.crm4.dynamics.com/"}"#
        let search = try Self.search([.rows([]), .rows([row])]).search
        let none = try await search.organizations(Self.token)
        #expect(none.emptiness?.hasPrefix("an administrator of the environment adds you") == true)
        let disabled = try await search.organizations(Self.token)
        #expect(disabled.emptiness?.hasPrefix("those that you can reach are disabled") == true)
        let error = #expect(throws: ConnectorError.self) { try search.choice(FakeEnvironment.id(12), among: disabled) }
        #expect(error?.hint == disabled.emptiness)
    }

    @Test("ends with a token for the host of what was chosen, and for no other (S4-29, S4-30)")
    func enters() async throws {
        let grant = IncomingResponse.json(#"{"access_token":"AT","token_type":"Bearer"}"#)
        let who = { (id: Int) in
            IncomingResponse.json(
                #"{"UserId":"\#(FakeEnvironment.id(11))","OrganizationId":"\#(FakeEnvironment.id(id))"}"#)
        }
        let (search, sender) = try Self.search([Self.list, grant, who(13), grant, who(12)])
        let chosen = try search.choice(FakeEnvironment.id(13), among: try await search.organizations(Self.token))
        let refreshToken = Secret(Array("RT".utf8))
        try await search.enter(chosen, refreshing: refreshToken)
        let requests = sender.requests
        #expect(requests[1].formFields["scope"] == "https://emea.crm4.dynamics.com/user_impersonation offline_access")
        #expect(requests[2].bearerToken?.copiedBytes == Array("AT".utf8))
        #expect(requests[2].rule == HostRule(only: chosen.environment.origin))
        let other = await #expect(throws: ConnectorError.self) {
            try await search.enter(chosen, refreshing: refreshToken)
        }
        #expect(other?.code == .organizationMismatch)
        let without = await #expect(throws: ConnectorError.self) { try await search.enter(chosen, refreshing: nil) }
        #expect(without?.code == .codeInvalid && sender.requests.count == 5)
    }
}
