import AuthService
import BridgeCore
import BridgeService
import BridgeTesting
import HTTPMessage
import Testing

/// A service on a port and in a directory of its own, with the tenant `acme-test`, which trusts `CobrowseIO.crt`.
///
/// It blocks whoever sends it requests, so it is for tests with the trait `.blocking`.
final class ServiceUnderTest {
    let configuration: Configuration
    let log: CollectingLog
    private(set) var service: BridgeService
    /// What it sends requests to other servers with; `nil` for what a service has by itself.
    private let sender: (any HTTPSender)?
    private let outgoingLimit: Duration?
    private let clock: any WallClock

    private init(
        _ configuration: Configuration, log: CollectingLog, service: BridgeService, sender: (any HTTPSender)?,
        outgoingLimit: Duration?, clock: any WallClock
    ) {
        self.configuration = configuration
        self.log = log
        self.service = service
        self.sender = sender
        self.outgoingLimit = outgoingLimit
        self.clock = clock
    }

    /// Runs `body` with a service that has just been started for the first time.
    static func run(
        _ settings: [String: String] = [:], sender: (any HTTPSender)? = nil, outgoingLimit: Duration? = nil,
        clock: any WallClock = FixedClock(), _ body: (ServiceUnderTest) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { directory in
            let configuration = try configuration(in: directory, settings)
            try await addTenant(to: configuration)
            let log = CollectingLog()
            let service = try await start(
                configuration, log: log, sender: sender, outgoingLimit: outgoingLimit, clock: clock)
            let test = ServiceUnderTest(
                configuration, log: log, service: service, sender: sender, outgoingLimit: outgoingLimit, clock: clock)
            do {
                try await body(test)
            } catch {
                await test.service.stop()
                throw error
            }
            await test.service.stop()
        }
    }

    static func configuration(in directory: String, _ settings: [String: String] = [:]) throws -> Configuration {
        let places = ["data_dir": "\(directory)/data", "listen": "127.0.0.1:0"]
        return try Configuration.read(environment: places.merging(settings) { $1 })
    }

    static func start(
        _ configuration: Configuration, log: any Log = CollectingLog(), sender: (any HTTPSender)? = nil,
        outgoingLimit: Duration? = nil, clock: any WallClock = FixedClock()
    ) async throws -> BridgeService {
        try await BridgeService.start(
            configuration, options: .init(loopCount: 2, sender: sender, outgoingLimit: outgoingLimit), clock: clock,
            log: log)
    }

    /// Adds a tenant with the key in `CobrowseIO.crt`, as the command line does: a process of its own.
    static func addTenant(_ name: String = TokenMaker.license, to configuration: Configuration) async throws {
        let license = try #require(License(name))
        let bytes = try KeyFixture.cobrowse.certificateFile.bytes()
        let material = try #require(try KeyMaterial.read(bytes, source: "CobrowseIO.crt").materials.first)
        try await withStore(configuration) { store in
            try await store.insert(Tenant(license: license, name: nil, createdAt: TokenMaker.now))
            _ = try await store.insert([material.trusted(by: license, alias: "prod", importedAt: TokenMaker.now)])
        }
    }

    /// Runs `body` with the store of a service as another process opens it.
    static func withStore<Value>(
        _ configuration: Configuration, _ body: (any Store) async throws -> Value
    ) async throws -> Value {
        let store = try BridgeService.open(configuration)
        do {
            let value = try await body(store)
            await store.close()
            return value
        } catch {
            await store.close()
            throw error
        }
    }

    /// Stops the service and starts another one in its place.
    func restart() async throws {
        await service.stop()
        service = try await startAnother()
    }

    /// Another service on the same store, as on a second machine beside it; whoever starts it stops it.
    func startAnother() async throws -> BridgeService {
        try await Self.start(
            configuration, log: log, sender: sender, outgoingLimit: outgoingLimit, clock: clock)
    }

    func client() throws -> RawClient { try RawClient(port: service.port) }
}

extension ServiceUnderTest {
    /// Sends one request on a connection of its own and reads the answer.
    func send(_ method: String, _ target: String, fields: [String] = [], body: String? = nil) throws -> RawResponse {
        let client = try client()
        client.send(Self.request(method, target, fields: fields, body: body))
        return try client.response(toHead: method == "HEAD")
    }

    func verify(_ token: String) throws -> RawResponse {
        try send("POST", "/api/1/sso/verify", body: #"{"token":"\#(token)"}"#)
    }

    /// Waits until every decision so far is written down, also those that answers do not wait for: a refusal is
    /// written in the same transaction or a later one, and before it is answered.
    func awaitDecisions() throws {
        #expect(try verify(try TokenMaker(.other).token()).verdict == "401 signature_invalid")
    }

    func authorize(_ token: String, query: String = "") throws -> RawResponse {
        try send("GET", "/api/1/sso/authorize\(query)", fields: ["Authorization: Bearer \(token)"])
    }

    /// The bytes of a request.
    static func request(_ method: String, _ target: String, fields: [String] = [], body: String? = nil) -> [UInt8] {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: sso.example"] + fields
        if let body { lines.append("Content-Length: \(body.utf8.count)") }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")).utf8)
    }
}

extension RawResponse {
    /// The body as JSON.
    var json: JSONValue {
        get throws { try JSONValue(parsing: body) }
    }

    /// `401 token_expired`, or the status alone where the body has no code.
    var verdict: String {
        let code = (try? json)?["code"]?.stringValue
        return code.map { "\(status) \($0)" } ?? "\(status)"
    }
}
