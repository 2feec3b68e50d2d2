import BridgeCore
import BridgeTesting
import Connectors
import HTTPMessage
import Testing

@Suite("The organizations of a person")
struct GlobalDiscoveryTests {
    private static func instance(_ name: String, _ number: Int, host: String, state: Int = 0) -> String {
        #"{"Id":"\#(FakeEnvironment.id(number))","FriendlyName":"\#(name)","State":\#(state),"#
            + #""Url":"https://\#(host)/","ApiUrl":"https://\#(host.replacing("acme.", with: "acme.api."))","#
            + #""TenantId":"\#(FakeEnvironment.id(1))"}"#
    }

    private static let token = AccessToken(Secret(Array("ann's".utf8)), expiresAt: nil)

    private static func list(
        _ answer: IncomingResponse, cloud: DataverseCloud = .commercial
    ) async throws -> (DynamicsOrganizations, OutgoingRequest) {
        let sender = ScriptedSender([answer])
        let discovery = GlobalDiscovery(sender: sender, cloud: cloud, rules: EnvironmentRules())
        let list = try await discovery.organizations(token)
        return (list, try #require(sender.requests.first))
    }

    @Test("are those of all regions that are enabled and may be connected, by their names (S4-25, S4-26)")
    func lists() async throws {
        let (list, request) = try await Self.list(
            .rows([
                Self.instance("Zoo", 3, host: "acme.crm5.dynamics.com"),
                Self.instance("Acme", 2, host: "acme.crm4.dynamics.com"),
                Self.instance("Old", 4, host: "acme.crm2.dynamics.com", state: 1),
                Self.instance("Evil", 5, host: "evil.example"), #"{"FriendlyName":"x","State":0}"#,
            ]))
        #expect(list.items.map(\.name) == ["Acme", "Zoo"])
        #expect(
            list.items.map(\.environment.text) == ["https://acme.crm4.dynamics.com", "https://acme.crm5.dynamics.com"])
        #expect(try list.items[0].tenantID == .test(1) && list.items[0].id == .test(2))
        #expect(list.disabledCount == 1)
        #expect("\(request.url.origin)" == "https://globaldisco.crm.dynamics.com")
        #expect(request.rule == HostRule(only: request.url.origin))
        #expect(request.bearerToken?.copiedBytes == Array("ann's".utf8))
    }

    @Test("are none where the person has no access, which is no error (S4-27)")
    func empty() async throws {
        let (list, _) = try await Self.list(.rows([]))
        #expect(list.items.isEmpty && list.disabledCount == 0)
    }

    @Test(
        "are asked for at the service of the cloud, with a token for it (S4-17, S4-18)",
        arguments: DataverseCloud.allCases)
    func clouds(cloud: DataverseCloud) async throws {
        let (_, request) = try await Self.list(.rows([]), cloud: cloud)
        #expect(request.url.origin == cloud.discovery)
        let discovery = GlobalDiscovery(sender: ScriptedSender([]), cloud: cloud, rules: EnvironmentRules())
        #expect(discovery.resource.delegatedScope == "\(cloud.discovery)/user_impersonation")
    }

    @Test(
        "cannot be had from a service that does not answer as it should",
        arguments: [
            (IncomingResponse.page(200), ReasonCode.upstreamUnavailable), (.json("{}"), .upstreamUnavailable),
            (.page(503), .upstreamUnavailable), (.refusal(401, ""), .forbidden), (.refusal(403, ""), .forbidden),
            (.page(429), .upstreamThrottled),
        ])
    func fails(answer: IncomingResponse, code: ReasonCode) async throws {
        let error = await #expect(throws: ConnectorError.self) { _ = try await Self.list(answer) }
        #expect(error?.code == code)
    }
}
