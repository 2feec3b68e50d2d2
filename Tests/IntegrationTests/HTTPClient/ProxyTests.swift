import BridgeCore
import BridgeTesting
import HTTPClient
import HTTPMessage
import HTTPServer
import Synchronization
import Testing

@Suite("A client behind a proxy", .serialized, .blocking)
struct ProxyTests {
    @Test("asks it to connect, and tells it nothing else")
    func connecting() async throws {
        let authority = try TestAuthority()
        let target = try TestServer(configure: { [tls = try authority.issue("DNS:crm.example")] in $0.tls = tls })
        let seen = Mutex("")
        let port = target.port
        try await ClientUnderTest.run(
            against: { connection in
                let request = connection.request() ?? ""
                seen.withLock { $0 = request }
                connection.send("HTTP/1.1 200 Connection established\nX-Proxy: field\n\n")
                try? connection.relay(to: port)
            },
            trusting: authority
        ) { test in
            let response = try await test.send("https://crm.example/path") {
                $0.bearerToken = Secret(Array("token".utf8))
                $0.fields = [HTTPField(.xRequestID, "secret")]
            }
            #expect(response.text == "GET /path ")
            #expect(response.fields.list.allSatisfy { $0.name.text != "X-Proxy" })
        }
        await target.stop()
        let lines = seen.withLock { $0 }.split(separator: "\r\n").sorted()
        #expect(
            lines == [
                "CONNECT crm.example:443 HTTP/1.1", "Host: crm.example:443", "Proxy-Authorization: Basic YW5uOnA6QA==",
                "Proxy-Connection: Keep-Alive", "User-Agent: cobrowse-sso/test",
            ])
    }

    @Test(
        "tells the proxy's refusal from the origin's",
        arguments: [(407, "https_proxy"), (403, "proxy"), (502, "proxy")])
    func refused(status: Int, hint: String) async throws {
        try await ClientUnderTest.run(against: { connection in
            _ = connection.request()
            connection.send("HTTP/1.1 \(status) No\nContent-Length: 0\n\n")
            connection.waitForEnd()
        }) { test in
            let failure = try await test.failure("https://crm.example", .post)
            #expect(failure.failure == .unconnected && failure.code == .upstreamUnavailable, "\(failure)")
            #expect(
                failure.detail.contains("status \(status)") && failure.detail.contains("the proxy http://127.0.0.1:"))
            #expect(failure.hint?.contains(hint) == true)
            #expect(!"\(failure)".contains("ann"))
        }
    }
}

extension ClientUnderTest {
    /// Runs `body` with a client whose `https_proxy` does with each connection what `handle` says.
    fileprivate static func run(
        against handle: @escaping @Sendable (RawConnection) -> Void, trusting authority: TestAuthority? = nil,
        _ body: (ClientUnderTest) async throws -> Void
    ) async throws {
        let proxy = try RawServer(handle)
        defer { proxy.stop() }
        try await run({
            $0.proxies = try ProxySettings(environment: ["https_proxy": "http://ann:p%3A%40@127.0.0.1:\(proxy.port)"])
            $0.extraRootsFile = authority?.rootFile
        }) { try await body($0) }
    }
}
