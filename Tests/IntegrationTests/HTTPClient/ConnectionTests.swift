import BridgeCore
import BridgeTesting
import HTTPClient
import HTTPMessage
import HTTPServer
import Testing

@Suite("Connections are used again", .serialized, .blocking)
struct ConnectionTests {
    @Test func `by one request after the other`() async throws {
        let authority = try TestAuthority()
        let server = try TestServer(configure: { [tls = try authority.issue()] in $0.tls = tls })
        let port = server.port
        try await ClientUnderTest.run({ $0.extraRootsFile = authority.rootFile }, against: { try? $0.relay(to: port) })
        {
            test, relay in
            for number in 0..<10 {
                let response = try await test.send("https://localhost:\(relay.port)/\(number)", .post) {
                    $0.body = .json(Array("[\(number)]".utf8))
                }
                #expect(response.text == "POST /\(number) [\(number)]")
            }
            #expect(relay.connectionCount == 1)
        }
        await server.stop()
    }

    @Test func `but not where the server closes them`() async throws {
        try await ClientUnderTest.run(against: { connection in
            _ = connection.request()
            connection.send("HTTP/1.1 200 OK\nConnection: close\nContent-Length: 2\n\nok")
        }) { test, server async throws in
            for _ in 0..<3 { #expect(try await test.send("http://127.0.0.1:\(server.port)").text == "ok") }
            #expect(server.connectionCount == 3)
        }
    }

    @Test func `and a server that has closed an idle one costs nothing`() async throws {
        try await ClientUnderTest.run(against: { connection in
            _ = connection.request()
            connection.send("HTTP/1.1 200 OK\nContent-Length: 2\n\nok")
        }) { test, server async throws in
            for _ in 0..<3 { #expect(try await test.send("http://127.0.0.1:\(server.port)", .post).text == "ok") }
            #expect(server.connectionCount == 3)
        }
    }

    @Test func `by many requests at once with HTTP/2`() async throws {
        try await Self.runNginx { test, port in
            let url = "https://\(NginxUpstream.host):\(port)"
            let first = try await test.send(url).text
            #expect(first.hasPrefix("HTTP/2.0 "))
            let (client, request) = (test.client, try ClientUnderTest.request(url))
            let others = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<50 { group.addTask { try await client.send(request).text } }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(others == [first], "one connection has carried them all")
        }
    }

    @Test func `and a new one takes up the TLS session of the last`() async throws {
        try await Self.runNginx { test, port in
            let url = "https://\(NginxUpstream.closingHost):\(port)"
            let answers = [try await test.send(url).text, try await test.send(url).text]
            #expect(answers == [".", "r"])
        }
    }

    private static func runNginx(_ body: (ClientUnderTest, UInt16) async throws -> Void) async throws {
        let authority = try TestAuthority()
        try await NginxUpstream.run(tls: try authority.issue(NginxUpstream.names)) { port in
            try await ClientUnderTest.run({
                $0.extraRootsFile = authority.rootFile
                $0.privateHosts = HostList(
                    [NginxUpstream.host, NginxUpstream.closingHost].compactMap(HostList.entry))
            }) { try await body($0, port) }
        }
    }
}
