import BridgeCore
import BridgeTesting
import HTTPClient
import HTTPMessage
import Synchronization
import Testing

@Suite("A client connects to no address that is not allowed", .serialized, .blocking)
struct AddressTests {
    @Test(
        "whatever the name",
        arguments: ["https://localhost", "https://127.0.0.1", "https://[::1]", "https://169.254.169.254"])
    func refusing(url: String) async throws {
        try await ClientUnderTest.run({ $0.allowsInsecureLoopback = false }, against: { $0.waitForEnd() }) {
            test, server in
            let failure = try await test.failure("\(url):\(server.port)")
            #expect(failure.failure == .addressNotAllowed && failure.code == .configurationInvalid, "\(failure)")
            #expect(failure.hint?.contains("allowed_hosts") == true)
            #expect(server.connectionCount == 0)
        }
    }

    @Test("unless the operator has listed the host")
    func listed() async throws {
        let authority = try TestAuthority()
        try await ClientUnderTest.run(
            tls: try authority.issue(), trusting: authority,
            {
                $0.allowsInsecureLoopback = false
                $0.privateHosts = HostList(["localhost"].compactMap(HostList.entry))
            }
        ) { test, server async throws in
            #expect(try await test.send("https://localhost:\(server.port)").status == .ok)
            #expect(try await test.failure("https://127.0.0.1:\(server.port)").failure == .addressNotAllowed)
            #expect(try await test.failure("http://localhost:\(server.port)").failure == .hostNotAllowed)
        }
    }

    @Test("and to no host that the request is not meant for")
    func otherHost() async throws {
        try await ClientUnderTest.run(against: { $0.waitForEnd() }) { test, server in
            let failure = try await test.failure("http://127.0.0.1:\(server.port)") { request in
                request.rule = HostRule(["*.crm#.dynamics.com"])
            }
            #expect(failure.failure == .hostNotAllowed && failure.code == .configurationInvalid)
            #expect(server.connectionCount == 0)
        }
    }

    @Test("nor to a name without one")
    func unresolved() async throws {
        try await ClientUnderTest.run { test in
            // libcurl asks nobody for names of that kind (RFC 7686).
            let failure = try await test.failure("https://nobody.onion", .post)
            #expect(failure.failure == .unresolved && failure.code == .upstreamUnavailable)
            #expect(failure.detail == "no address was found for nobody.onion")
        }
    }

    @Test("and says so where nobody listens")
    func unconnected() async throws {
        let port = try RawServer.deadPort()
        try await ClientUnderTest.run { test in
            let failure = try await test.failure("http://127.0.0.1:\(port)")
            #expect(failure.failure == .unconnected && failure.code == .upstreamUnavailable)
            #expect(failure.detail == "cannot connect to http://127.0.0.1:\(port): connection refused")
        }
    }

    @Test("and gives up a connection that nobody accepts")
    func connectLimit() async throws {
        try await ClientUnderTest.run({ $0.connectLimit = .milliseconds(200) }, against: { $0.waitForEnd() }) {
            test, server in
            let failure = try await test.failure("https://localhost:\(server.port)", .post)
            #expect(failure.failure == .unconnected, "\(failure)")
            #expect(failure.detail.contains("took too long"))
        }
    }
}
