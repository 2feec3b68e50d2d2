import BridgeCore
import BridgeTesting
import HTTPClient
import HTTPMessage
import Synchronization
import Testing

/// The server is a socket without TLS, since what comes through a connection is the same with it.
@Suite("A server that misbehaves costs its own request only", .serialized, .blocking)
struct WireFaultTests {
    /// What a server does with a request, and what becomes of that.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let failure: SendError.Failure
        let detail: String
        let handle: @Sendable (RawConnection) -> Void

        init(
            _ name: String, _ failure: SendError.Failure, _ detail: String,
            _ handle: @escaping @Sendable (RawConnection) -> Void
        ) {
            testDescription = name
            self.failure = failure
            self.detail = detail
            self.handle = handle
        }
    }

    private static let rows: [Row] = [
        Row("closes at once", .interrupted, "before it answered") { _ in },
        Row("closes in the head", .interrupted, "in the middle") { $0.send("HTTP/1.1 200 OK\nContent-Le") },
        Row("closes after the head", .interrupted, "in the middle") {
            $0.send("HTTP/1.1 200 OK\nContent-Length: 5\n\n")
        },
        Row("closes in the body", .interrupted, "in the middle") {
            $0.send("HTTP/1.1 200 OK\nContent-Length: 50\n\nfive")
        },
        Row("closes in a chunk", .interrupted, "in the middle") {
            $0.send("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nab")
        },
        Row("closes before the last chunk", .interrupted, "in the middle") {
            $0.send("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nab\n")
        },
        Row("sends no chunks where it says so", .interrupted, "in the middle") {
            $0.send("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nnot a chunk\n")
        },
        Row("speaks another protocol", .malformed, "no HTTP response") { $0.send("220 mail.example ESMTP\n") },
        Row("speaks HTTP/0.9", .malformed, "no HTTP response") { $0.send("<html>hello</html>") },
        Row("sends a length that is none", .malformed, "no HTTP response") {
            $0.send("HTTP/1.1 200 OK\nContent-Length: many\n\nhello")
        },
        Row("says a length over the limit", .tooLarge, "over 1000 bytes") {
            $0.send("HTTP/1.1 200 OK\nContent-Length: 1001\n\n")
            $0.waitForEnd()
        },
        Row("sends more than the limit", .tooLarge, "over 1000 bytes") {
            $0.send("HTTP/1.1 200 OK\nConnection: close\n\n\(String(repeating: "a", count: 1001))")
            $0.waitForEnd()
        },
        Row("sends a body without end", .tooLarge, "over 1000 bytes") {
            $0.send("HTTP/1.1 200 OK\n\n")
            while $0.send("endless") {}
        },
        Row("sends fields without end", .tooLarge, "fields") {
            $0.send("HTTP/1.1 200 OK\n")
            while $0.send("X-Field: value\n") {}
        },
        Row("sends large fields", .tooLarge, "fields") {
            $0.send("HTTP/1.1 200 OK\n")
            while $0.send("X-Field: \(String(repeating: "a", count: 30_000))\n") {}
        },
        Row("sends one field without end", .malformed, "field") {
            $0.send("HTTP/1.1 200 OK\nX-Field: ")
            while $0.send("endless") {}
        },
        Row("sends interim responses without end", .tooLarge, "fields") {
            while $0.send("HTTP/1.1 100 Continue\n\n") {}
        },
        Row("sends trailers without end", .tooLarge, "fields") {
            $0.send("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nab\n0\n")
            while $0.send("X-Field: value\n") {}
        },
    ]

    @Test("and says what it was", arguments: rows) func misbehaving(row: Row) async throws {
        let handle = row.handle
        try await ClientUnderTest.run(against: { connection in
            guard connection.request() != nil else { return }
            handle(connection)
        }) { test, server in
            let failure = try await test.failure("http://127.0.0.1:\(server.port)", .post) { $0.responseLimit = 1000 }
            #expect(failure.failure == row.failure && failure.code == .upstreamUnavailable, "\(failure)")
            #expect(failure.detail.contains(row.detail) && failure.detail.contains("127.0.0.1"), "\(failure)")
            #expect(server.connectionCount == 1)
        }
    }

    /// What a server sends before it waits for the client to go away, and what the error says.
    private static let slowAnswers = [
        ("", "did not answer"), ("HTTP/1.1 200 OK\nX-Fi", "sent 17 bytes"),
        ("HTTP/1.1 200 OK\nX-Field: a\n", "sent 29 bytes"),
        ("HTTP/1.1 200 OK\nContent-Length: 9\n\nfive", "sent 42 bytes"),
        ("HTTP/1.1 100 Continue\n\n", "sent 25 bytes"),
    ]

    @Test("also when it is only slow", arguments: slowAnswers) func slow(answer: String, detail: String) async throws {
        try await ClientUnderTest.run(against: { connection in
            guard connection.request() != nil else { return }
            connection.send(answer)
            connection.waitForEnd()
        }) { test, server in
            let failure = try await test.failure("http://127.0.0.1:\(server.port)") {
                $0.timeLimit = .milliseconds(200)
            }
            #expect(failure.failure == .deadline && failure.code == .upstreamUnavailable)
            #expect(failure.detail.contains(detail), "\(failure)")
        }  // and the server has seen the end, or it would not stop
    }

    @Test("while others go on")
    func others() async throws {
        try await ClientUnderTest.run(against: { connection in
            while let request = connection.request() {
                if request.hasPrefix("GET /endless") {
                    connection.send("HTTP/1.1 200 OK\n\n")
                    while connection.send(Array(repeating: 7, count: 65_536)) {}
                } else if request.hasPrefix("GET /silent") {
                    connection.waitForEnd()
                } else {
                    connection.send("HTTP/1.1 200 OK\nContent-Length: 2\n\nok")
                }
            }
        }) { test, server in
            let base = "http://127.0.0.1:\(server.port)"
            let client = test.client
            try await withThrowingTaskGroup(of: String.self) { group in
                for path in ["/endless", "/silent", "/fine"] {
                    for _ in 0..<20 {
                        let request = try ClientUnderTest.request(base + path) {
                            if path == "/silent" { $0.timeLimit = .milliseconds(300) }
                        }
                        group.addTask { await Self.outcome(of: request, client) }
                    }
                }
                let outcomes = try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
                #expect(outcomes == ["tooLarge": 20, "deadline": 20, "ok": 20])
            }
        }
    }

    private static func outcome(of request: OutgoingRequest, _ client: HTTPClient) async -> String {
        do throws(SendError) { return try await client.send(request).text } catch { return "\(error.failure)" }
    }

    @Test("and where it says more than its length, that is not taken for the next response")
    func lying() async throws {
        try await ClientUnderTest.run(against: { connection in
            while connection.request() != nil {
                connection.send("HTTP/1.1 200 OK\nContent-Length: 2\n\nokHTTP/1.1 200 OK\nContent-Length: 4\n\nevil")
            }
        }) { test, server async throws in
            for _ in 0..<3 { #expect(try await test.send("http://127.0.0.1:\(server.port)").text == "ok") }
        }
    }

    @Test("follows no redirect")
    func redirect() async throws {
        let elsewhere = try RawServer { $0.waitForEnd() }
        let location = "http://127.0.0.1:\(elsewhere.port)/"
        try await ClientUnderTest.run(against: { connection in
            while connection.request() != nil {
                connection.send("HTTP/1.1 307 Temporary Redirect\nLocation: \(location)\nContent-Length: 0\n\n")
            }
        }) { test, server in
            let response = try await test.send("http://127.0.0.1:\(server.port)", .post) { $0.body = .json([]) }
            #expect(response.status.rawValue == 307)
            #expect(response.fields[.location]?.text == location)
        }
        #expect(elsewhere.connectionCount == 0)
        elsewhere.stop()
    }
}
