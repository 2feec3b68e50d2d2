import BridgeCore
import BridgeTesting
import HTTPClient
import HTTPMessage
import HTTPServer
import Synchronization
import Testing

/// Certificates are made by `openssl`; the server is ours, with TLS.
@Suite("A client of TLS servers", .serialized, .blocking)
struct TrustTests {
    let authority: TestAuthority

    init() throws {
        authority = try TestAuthority()
    }

    @Test("sends a request to a server with a certificate of an extra root")
    func extraRoot() async throws {
        try await ClientUnderTest.run(tls: try authority.issue(), trusting: authority) { test, server in
            let response = try await test.send("https://localhost:\(server.port)/a?b=c", .post) { request in
                request.body = .json(Array("{}".utf8))
            }
            #expect(response.status == .ok)
            #expect(response.text == "POST /a?b=c {}")
            #expect(response.fields[.contentType] == "text/plain")
        }
    }

    @Test("trusts the system's roots besides")
    func systemRoots() async throws {
        let system = try TestAuthority("System Root")
        let roots = try system.rootsDirectory()
        for issuer in [authority, system] {
            try await ClientUnderTest.run(
                tls: try issuer.issue(), trusting: authority, { $0.rootsDirectory = roots }
            ) { test, server async throws in
                #expect(try await test.send("https://localhost:\(server.port)").status == .ok)
            }
        }
        try await ClientUnderTest.run(
            tls: try system.issue(), trusting: nil, { $0.rootsDirectory = roots }
        ) { test, server async throws in
            #expect(try await test.send("https://localhost:\(server.port)").status == .ok)
        }
    }

    @Test("says why it does not believe a certificate")
    func refusing() async throws {
        let own = try authority.selfSigned()
        let rows: [(files: HTTPServer.TLS, trusted: TestAuthority?, detail: String)] = [
            (try authority.issue("DNS:other.example"), authority, "for another name"),
            (try authority.issue(days: -1), authority, "has expired"),
            (own, authority, "is self-signed"),
            (try authority.issue(), nil, "comes from an authority that is not trusted"),
            (try authority.issue(), try TestAuthority(), "comes from an authority that is not trusted"),
        ]
        for row in rows {
            try await ClientUnderTest.run(tls: row.files, trusting: row.trusted) { test, server in
                let failure = try await test.failure("https://localhost:\(server.port)")
                #expect(failure.failure == .certificate && failure.code == .upstreamUnavailable)
                #expect(failure.detail.contains(row.detail), "\(failure)")
                #expect(failure.hint?.isEmpty == false)
            }
        }
    }

    /// A fatal alert (protocol_version), and a ServerHello of TLS 1.1: what servers say that have nothing newer.
    private static let oldServers: [[UInt8]] = [
        [0x15, 3, 2, 0, 2, 2, 70],
        [0x16, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2] + Array(repeating: 7, count: 32) + [0, 0xC0, 0x13, 0],
    ]

    @Test("speaks no TLS below 1.2", arguments: oldServers)
    func oldProtocol(answer: [UInt8]) async throws {
        let hello = Mutex<[UInt8]>([])
        try await ClientUnderTest.run(
            against: { connection in
                let bytes = connection.receive()
                hello.withLock { $0 = bytes }
                connection.send(answer)
                connection.waitForEnd()
            }
        ) { test, server in
            let failure = try await test.failure("https://localhost:\(server.port)", .post)
            #expect(failure.failure == .handshake && failure.code == .upstreamUnavailable)
            #expect(failure.detail.contains("protocol"), "\(failure)")
            #expect(failure.hint?.contains("TLS 1.2") == true)
            #expect(server.connectionCount == 1)
        }
        #expect(hello.withLock { $0.first } == 0x16)
    }

    @Test("sends nothing to a server that speaks no TLS")
    func noTLS() async throws {
        let sent = Mutex<[UInt8]>([])
        try await ClientUnderTest.run(
            against: { connection in
                let bytes = connection.receive()
                sent.withLock { $0 += bytes }
                connection.send("HTTP/1.1 400 Bad Request\nContent-Length: 0\n\n")
                connection.waitForEnd()
            }
        ) { test, server in
            let failure = try await test.failure("https://127.0.0.1:\(server.port)", .post)
            #expect(failure.failure == .handshake)
            #expect(failure.hint?.contains("port") == true, "\(failure)")
        }
        #expect(!String(decoding: sent.withLock { $0 }, as: UTF8.self).contains("hidden"))
    }

    @Test("notices a response that is cut off under TLS")
    func cutOff() async throws {
        let files = try authority.issue()
        let big = try TestServer(
            configure: { $0.tls = files },
            respond: { _ in
                .now(HTTPResponse(.ok, body: Array(repeating: 7, count: 200_000)))
            })
        let target = big.port
        try await ClientUnderTest.run(
            { $0.extraRootsFile = authority.rootFile }, against: { try? $0.relay(to: target, limit: 100_000) }
        ) { test, relay in
            let failure = try await test.failure("https://localhost:\(relay.port)", .post)
            #expect(failure.failure == .interrupted, "\(failure)")
            #expect(failure.detail.contains("in the middle of its response"))
        }
        await big.stop()
    }

    @Test("tells a file of extra roots that is none")
    func badRoots() async throws {
        let missing = await #expect(throws: HTTPClientError.self) {
            try await ClientUnderTest.run({ $0.extraRootsFile = "/nonexistent/roots.pem" }) { _ in }
        }
        #expect(missing?.code == .configurationInvalid)
        let directory = try TemporaryDirectory()
        let file = try directory.file("roots.pem", Array("no certificate".utf8))
        try await ClientUnderTest.run(
            tls: try authority.issue(), trusting: nil, { $0.extraRootsFile = file }
        ) { test, server in
            let failure = try await test.failure("https://localhost:\(server.port)")
            #expect(failure.code == .configurationInvalid)
            #expect(failure.detail.contains("tls__ca_file"), "\(failure)")
        }
    }
}
