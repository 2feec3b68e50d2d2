import BridgeCore
import BridgeService
import BridgeTesting
import Simulators
import Testing

/// The client is curl, which trusts nothing but the certificate it is given.
@Suite("The stand-ins behind sockets", .serialized, .blocking)
struct SimulatorServingTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func source() throws -> PopulationSource { try .builtIn(bridgeURL: "https://bridge.example") }

    private func tlsFiles() throws -> RunningSimulator.TLSFiles {
        let made = try SimulatorCertificate(host: "127.0.0.1", now: SystemClock().now)
        let key = made.keyPEM.withBytes { bytes in bytes.indices.map { bytes[$0] } }
        return try .init(
            certificateFile: directory.file("simulators.crt", Array(made.certificatePEM.utf8)),
            keyFile: directory.file("simulators.key", key))
    }

    private func curl(_ arguments: String...) throws -> (status: String, json: JSONValue) {
        let outcome = try Program("curl").run(
            [
                "--silent", "--show-error", "--max-time", "60", "--output", directory.path("body"), "--write-out",
                "%{http_code}",
            ]
                + arguments)
        try #require(outcome.isSuccess, "\(outcome.text)")
        defer { directory.remove("body") }
        let body = (try? directory.content(of: "body")) ?? []
        return (String(decoding: outcome.output, as: UTF8.self), (try? JSONValue(parsing: body)) ?? .null)
    }

    /// A token and a row, as the bridge fetches them.
    private func readRow(_ running: RunningSimulator, _ options: [String]) throws -> JSONValue {
        let simulator = running.simulator
        let contoso = simulator.sites[.dataverse("contoso")]
        let tenant = try simulator.tenantID("contoso").unwrapped("tenant")
        let token = try run(
            options + [
                "--data-urlencode", "grant_type=client_credentials",
                "--data-urlencode", "client_id=\(try simulator.clientID("bridge").unwrapped("client"))",
                "--data-urlencode", "client_secret=Sim8Q~bridge-secret-value",
                "--data-urlencode", "scope=\(contoso)/.default",
                "\(simulator.sites[.entra])/\(tenant)/oauth2/v2.0/token",
            ])
        let bearer = try (token["access_token"]?.stringValue).unwrapped("access token")
        let person = try simulator.objectID("ben").unwrapped("person")
        return try run(
            options + [
                "--globoff", "--header", "Authorization: Bearer \(bearer)", "--header", "Prefer: odata.maxpagesize=5",
                "\(contoso)/api/data/v9.2/systemusers?$select=fullname&$filter=azureactivedirectoryobjectid%20eq%20\(person)",
            ])
    }

    private func run(_ arguments: [String]) throws -> JSONValue {
        let outcome = try Program("curl").run(["--silent", "--show-error", "--max-time", "60"] + arguments)
        try #require(outcome.isSuccess, "\(outcome.text)")
        return try JSONValue(parsing: outcome.output)
    }

    @Test("answer over http, each site at a port of its own")
    func plain() async throws {
        let running = try RunningSimulator(try source(), clock: SystemClock())
        let sites = running.simulator.sites
        #expect(Set(sites.sites.map { sites[$0] }).count == sites.sites.count)
        #expect(sites.sites.allSatisfy { sites[$0].hasPrefix("http://127.0.0.1:") })
        let page = try readRow(running, [])
        #expect(page["value"]?.arrayValue?.first?["fullname"]?.stringValue == "Ben Agent")
        #expect(running.simulator.requests.map(\.status) == [200, 200])
        #expect(running.simulator.requests.last?.fields["prefer"] == "odata.maxpagesize=5")
        await running.stop()
    }

    @Test("answer over TLS with a certificate that was made at the start")
    func secure() async throws {
        var options = RunningSimulator.Options()
        options.tls = try tlsFiles()
        let running = try RunningSimulator(try source(), options: options, clock: SystemClock())
        #expect(running.simulator.sites[.entra].hasPrefix("https://127.0.0.1:"))
        let page = try readRow(running, ["--cacert", directory.path("simulators.crt")])
        #expect(page["value"]?.arrayValue?.count == 1)
        let keys = "\(running.simulator.sites[.entra])/common/discovery/v2.0/keys"
        let untrusted = try Program("curl").run(["--silent", keys])
        #expect(untrusted.exitCode == 60)  // the certificate is nobody's that the machine knows
        let byName = keys.replacing("127.0.0.1", with: "localhost")
        #expect(try curl("--cacert", directory.path("simulators.crt"), byName).status == "200")
        await running.stop()
    }

    @Test("let many wait at once without a thread for each")
    func latency() async throws {
        let running = try RunningSimulator(try source(), clock: SystemClock())
        running.simulator.setLatency(.milliseconds(300))
        let keys = "\(running.simulator.sites[.entra])/common/discovery/v2.0/keys"
        let start = ContinuousClock.now
        let outcome = try Program("curl").run([
            "--silent", "--parallel", "--parallel-max", "200", "--parallel-immediate", "--output", "/dev/null",
            "\(keys)?[1-200]",
        ])
        #expect(outcome.isSuccess)
        #expect(running.simulator.requestCount == 200)
        // One after the other they would take a minute.
        #expect(ContinuousClock.now - start < .seconds(30))
        await running.stop()
    }

    @Test("take faults while they run")
    func faults() async throws {
        let running = try RunningSimulator(try source(), clock: SystemClock())
        let sites = running.simulator.sites
        let keys = "\(sites[.entra])/common/discovery/v2.0/keys"
        let set = try curl("--data", #"{"name": "keys.throttled"}"#, "\(sites[.control])/simulator/faults")
        #expect(set.status == "200")
        #expect(try curl(keys).status == "429")
        #expect(try curl(keys).status == "200")
        let oversized = try curl("--data", #"{"name": "keys.oversized"}"#, "\(sites[.control])/simulator/faults")
        #expect(oversized.status == "200")
        let large = try Program("curl").run([
            "--silent", "--output", "/dev/null", "--write-out", "%{size_download}", keys,
        ])
        #expect(String(decoding: large.output, as: UTF8.self) == "\((4 << 20) + 2)")
        await running.stop()
    }

    @Test("say which port is taken")
    func taken() async throws {
        let first = try RunningSimulator(try source(), clock: SystemClock())
        var options = RunningSimulator.Options()
        let origin = first.simulator.sites[.control]
        options.port = try UInt16(origin.split(separator: ":").last ?? "").unwrapped("port")
        let error = #expect(throws: SimulatorError.self) {
            try RunningSimulator(try source(), options: options, clock: SystemClock())
        }
        #expect(error?.code == .configurationInvalid)
        #expect(error?.detail.hasSuffix("address already in use") == true)
        await first.stop()
    }

    @Test("have no room behind the last port")
    func ports() throws {
        var options = RunningSimulator.Options()
        options.port = 65_533
        let error = #expect(throws: SimulatorError.self) {
            try RunningSimulator(try source(), options: options, clock: SystemClock())
        }
        #expect(error?.detail == "there are no 12 ports from 65533 on")
    }
}
