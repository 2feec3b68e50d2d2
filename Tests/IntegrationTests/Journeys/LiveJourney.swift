import AuthService
import BridgeCore
import BridgeCrypto
import BridgeService
import BridgeTesting
import HTTPMessage
import Simulators
import Testing

/// A service and the stand-ins of its vendors behind https, each on sockets of its own: nothing between the two is replaced,
/// so what speaks is libcurl, and what it trusts is the certificate that the stand-ins made.
final class LiveJourney {
    let test: ServiceUnderTest
    let simulator: Simulator
    let administrator: Administrator
    let clock: SettableClock
    /// The random values that codes and tokens of the stand-ins were made of.
    let issued: RecordedRandomness
    /// Every answer of the service that a browser or a program has had.
    private(set) var heard: [RawResponse] = []
    /// How browsers reach the vendors; they are none of the service's connections.
    private let desk: VendorDesk

    /// Where the browser finds the service, as the stand-ins and the service know it.
    static let publicURL = "https://sso.example"
    static let cobrowse = "https://cobrowse.example"

    private init(
        _ test: ServiceUnderTest, _ simulator: Simulator, _ administrator: Administrator, _ clock: SettableClock,
        _ issued: RecordedRandomness
    ) {
        self.test = test
        self.simulator = simulator
        self.administrator = administrator
        self.clock = clock
        self.issued = issued
        desk = VendorDesk(simulator)
    }

    /// Runs `body` with the connection `default` to the environment `contoso`, by the client `bridge`.
    ///
    /// - Parameters:
    ///   - limit: the most that a request of the service's takes.
    ///   - connect: saves another connection in its place.
    static func run(
        _ settings: [String: String] = [:], limit: Duration? = nil,
        connecting connect: (LiveJourney) throws -> RawResponse = { try $0.save() },
        _ body: (LiveJourney) async throws -> Void
    ) async throws {
        let (clock, issued) = (SettableClock(), RecordedRandomness())
        let standIns = try StandInServers(bridgeURL: publicURL, clock: clock, random: issued)
        let simulator = standIns.simulator
        let own = ["public_url": publicURL, "cobrowse_api": cobrowse]
        let all = standIns.settings.merging(own) { $1 }.merging(settings) { $1 }
        do {
            try await ServiceUnderTest.run(all, outgoingLimit: limit, clock: clock) { test in
                let token = try await test.apiToken(.admin(try .example(TokenMaker.license)), life: 30 * 86_400)
                try await test.restart()
                let administrator = Administrator(test: test, token: token)
                let journey = LiveJourney(test, simulator, administrator, clock, issued)
                let saved = try connect(journey)
                #expect(saved.status == 200, "\(saved.text)")
                try await body(journey)
            }
        } catch {
            await standIns.stop()
            throw error
        }
        await standIns.stop()
    }

    /// Tests a connection, and saves it.
    func save(_ connection: String = "default", _ draft: LiveDraft = LiveDraft()) throws -> RawResponse {
        try keep(
            administrator.call("PUT", "/connections/dynamics/\(connection)", json: try draft.json(of: simulator)))
    }

    /// Tests a connection and saves nothing.
    func tryOut(_ draft: LiveDraft = LiveDraft()) throws -> RawResponse {
        try keep(
            administrator.call("POST", "/connections/dynamics/default/test", json: try draft.json(of: simulator)))
    }

    func browser(port: UInt16? = nil, system: String = "dynamics") -> LiveBrowser {
        LiveBrowser(self, port: port ?? test.service.port, system: system)
    }

    /// Has the code exchanged that a browser was sent on with.
    func exchange(_ landing: RawResponse, port: UInt16? = nil) throws -> RawResponse {
        let code = try #require(landing["location"]?.split(separator: "code=").last, "\(landing.text)")
        let client = try RawClient(port: port ?? test.service.port)
        client.send(ServiceUnderTest.request("POST", "/api/1/sso/exchange", body: #"{"code":"\#(code)"}"#))
        return try client.response(toHead: false)
    }

    /// What the stand-ins answer a browser; `nil` for a URL that is none of theirs.
    func visit(_ url: String) -> HTTPResponse? {
        SimulatedRequest(.get, url, of: simulator.sites).map { request in
            let answer = desk.answer(request)
            simulator.finish(answer)
            return answer.response
        }
    }

    func keep(_ answer: RawResponse) -> RawResponse {
        heard.append(answer)
        return answer
    }

    /// The document of the decision that an answer names.
    func decision(of answer: RawResponse) throws -> JSONValue {
        let id = try #require(answer["x-decision-id"], "\(answer.text)")
        let decision = try administrator.get("/decisions/\(id)")
        #expect(decision.status == 200, "\(decision.text)")
        return try decision.json
    }
}

/// What connects a tenant; the secrets are those of the built-in population.
struct LiveDraft {
    var client = "bridge"
    var secret = "Sim8Q~bridge-secret-value"
    var tenant = "contoso"
    var environment = "contoso"
    var readAs = "application"

    func json(of simulator: Simulator) throws -> String {
        var writer = JSONWriter()
        let (tenant, client) = (
            try simulator.tenantID(tenant).unwrapped(tenant), try simulator.clientID(client).unwrapped(client)
        )
        writer.object { writer in
            writer.member("tenantId", tenant)
            writer.member("clientId", client)
            writer.member("clientSecret", secret)
            writer.member("environmentUrl", simulator.sites[.dataverse(environment)])
            writer.member("readAs", readAs)
        }
        return writer.text
    }
}
