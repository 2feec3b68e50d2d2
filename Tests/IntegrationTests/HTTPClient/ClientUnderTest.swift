import BridgeCore
import BridgeTesting
import EventLoop
import HTTPClient
import HTTPMessage
import HTTPServer
import Testing

/// A client on a loop of its own, which may speak to this machine.
final class ClientUnderTest {
    let client: HTTPClient
    let log: CollectingLog
    private let loop: EventLoop

    private init(_ configure: (inout HTTPClient.Configuration) throws -> Void) throws {
        loop = try EventLoop(name: "client")
        log = CollectingLog()
        var configuration = HTTPClient.Configuration(userAgent: "cobrowse-sso/test", clock: FixedClock(), log: log)
        configuration.allowsInsecureLoopback = true
        try configure(&configuration)
        client = try HTTPClient(configuration, on: loop)
    }

    /// Runs `body` with a client.
    static func run(
        _ configure: (inout HTTPClient.Configuration) throws -> Void = { _ in },
        _ body: (ClientUnderTest) async throws -> Void
    ) async throws {
        let test = try ClientUnderTest(configure)
        do {
            try await body(test)
        } catch {
            await test.stop()
            throw error
        }
        await test.stop()
    }

    /// Runs `body` with a client and a server that does with each connection what `handle` says.
    static func run(
        _ configure: (inout HTTPClient.Configuration) throws -> Void = { _ in },
        against handle: @escaping @Sendable (RawConnection) -> Void,
        _ body: (ClientUnderTest, RawServer) async throws -> Void
    ) async throws {
        let server = try RawServer(handle)
        do {
            try await run(configure) { try await body($0, server) }
        } catch {
            server.stop()
            throw error
        }
        server.stop()
    }

    /// Runs `body` with a client that trusts `authority`, and a server with TLS that says what it was asked.
    static func run(
        tls files: HTTPServer.TLS, trusting authority: TestAuthority?,
        _ configure: (inout HTTPClient.Configuration) throws -> Void = { _ in },
        _ body: (ClientUnderTest, TestServer) async throws -> Void
    ) async throws {
        let server = try TestServer(configure: { $0.tls = files })
        do {
            try await run({ configuration in
                configuration.extraRootsFile = authority?.rootFile
                try configure(&configuration)
            }) { try await body($0, server) }
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    private func stop() async {
        await client.close()
        loop.stop()
    }

    /// A request to `url`, and nowhere else.
    static func request(
        _ url: String, _ method: HTTPMethod = .get, _ change: (inout OutgoingRequest) -> Void = { _ in }
    ) throws -> OutgoingRequest {
        let url = try #require(RequestURL(url))
        var request = OutgoingRequest(method, url, to: HostRule(only: url.origin))
        request.timeLimit = .seconds(60)  // against a hang and nothing else
        change(&request)
        return request
    }

    func send(
        _ url: String, _ method: HTTPMethod = .get, _ change: (inout OutgoingRequest) -> Void = { _ in }
    ) async throws -> IncomingResponse {
        try await client.send(Self.request(url, method, change))
    }

    /// The error that a request ends with, whose text keeps its secrets and names the origin.
    func failure(
        _ url: String, _ method: HTTPMethod = .get, _ change: (inout OutgoingRequest) -> Void = { _ in },
        at place: SourceLocation = #_sourceLocation
    ) async throws -> SendError {
        var request = try Self.request("\(url)/hidden-path?hidden-query=1", method, change)
        request.bearerToken = Secret(Array("hidden-token".utf8))
        let failure = try #require(await Self.failure(of: request, client), sourceLocation: place)
        let text = "\(failure) \(failure.hint ?? "")"
        #expect(!text.contains("hidden"), "\(text)", sourceLocation: place)
        return failure
    }

    /// The error that a request ends with; `nil` when there is a response.
    static func failure(of request: OutgoingRequest, _ client: HTTPClient) async -> SendError? {
        do throws(SendError) {
            _ = try await client.send(request)
            return nil
        } catch { return error }
    }
}

extension IncomingResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}
