import BridgeCore
import BridgeTesting
import Connectors
import EventLoop
import HTTPClient
import HTTPMessage
import Simulators
import Testing

/// What a program asks Microsoft for without a browser of its own: device codes, and the organizations of a person.
struct VendorCalls {
    private let simulator: Simulator
    private let tokens: EntraTokenClient
    private let discovery: GlobalDiscovery
    private let application: EntraApplication
    private let token: AccessToken

    /// Runs `body` with a client that has the person `ann` signed in by device code.
    static func run(limit: Duration, _ body: (VendorCalls) async throws -> Void) async throws {
        let clock = SettableClock()
        let standIns = try StandInServers(bridgeURL: LiveJourney.publicURL, clock: clock)
        let hosts = HostList([try HostList.entry("127.0.0.1").unwrapped("host")])
        do {
            try await ClientUnderTest.run({ configuration in
                configuration.extraRootsFile = standIns.certificateFile
                configuration.privateHosts = hosts
            }) { test in
                let sender = HastySender(sender: test.client, limit: limit)
                try await body(VendorCalls(standIns.simulator, sender, hosts, clock))
            }
        } catch {
            await standIns.stop()
            throw error
        }
        await standIns.stop()
    }

    private init(
        _ simulator: Simulator, _ sender: some HTTPSender, _ hosts: HostList, _ clock: SettableClock
    ) async throws {
        self.simulator = simulator
        let authority = EntraAuthority(try WebOrigin(simulator.sites[.entra]).unwrapped("Entra"))
        tokens = EntraTokenClient(sender: sender, clock: clock)
        discovery = GlobalDiscovery(
            sender: sender, cloud: .commercial,
            rules: EnvironmentRules(
                allowedHosts: hosts, authority: authority, discovery: WebOrigin(simulator.sites[.discovery])))
        application = EntraApplication(
            authority: authority, tenantID: try GUID(try simulator.tenantID("contoso").unwrapped("id")).unwrapped("id"),
            clientID: try GUID(try simulator.clientID("bridge").unwrapped("id")).unwrapped("id"),
            credential: .secret(Secret(Array("Sim8Q~bridge-secret-value".utf8))))
        token = try await Self.token(tokens, application, discovery.resource, simulator, clock)
    }

    private static func token(
        _ tokens: EntraTokenClient, _ application: EntraApplication, _ resource: TokenResource,
        _ simulator: Simulator, _ clock: SettableClock
    ) async throws -> AccessToken {
        let authorization = try await tokens.deviceAuthorization(for: resource, of: application)
        let url = "\(authorization.verificationURL)?user_code=\(authorization.userCode)&simulator_person=ann"
        let request = SimulatedRequest(.get, url, of: simulator.sites)
        let page = VendorDesk(simulator).answer(try request.unwrapped("page")).response
        #expect(page.status == .ok, "\(page.text)")
        return try await tokens.signIn(by: authorization, of: application, pausing: PauseOfClock(clock: clock))
            .accessToken
    }

    /// What comes of the scene while `fault` happens again and again.
    func outcome(of fault: Fault, in scene: FaultScene) async throws -> String {
        try simulator.set(fault.name, times: nil)
        defer { simulator.clearFaults() }
        do throws(ConnectorError) {
            if scene == .deviceCode {
                _ = try await tokens.deviceAuthorization(for: discovery.resource, of: application)
            } else {
                _ = try await discovery.organizations(token)
            }
            return "in"
        } catch {
            return error.code.rawValue
        }
    }
}

/// Waits on a clock that a test sets.
private struct PauseOfClock: Pause {
    let clock: SettableClock

    func wait(seconds: Int64) async { clock.advance(seconds: seconds) }
}

/// Gives every request less time.
private struct HastySender: HTTPSender {
    let sender: HTTPClient
    let limit: Duration

    func send(_ request: OutgoingRequest) async throws(SendError) -> IncomingResponse {
        var request = request
        request.timeLimit = limit
        return try await sender.send(request)
    }
}
