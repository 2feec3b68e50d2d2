import BridgeCore
import BridgeTesting
import HTTPClient
import HTTPMessage
import Synchronization
import Testing

@Suite("An origin that is dead", .serialized, .blocking)
struct SuspensionTests {
    @Test("lets nobody wait: 1,000 requests fail at once")
    func refusedConnections() async throws {
        try await ClientUnderTest.run(
            { $0.maximumRequests = 8 }, against: { _ in }
        ) { test, server in
            let request = try ClientUnderTest.request("http://127.0.0.1:\(server.port)", .post)
            let outcomes = await Self.outcomes(of: Array(repeating: request, count: 1000), test.client)
            #expect(outcomes.keys.sorted() == ["interrupted", "suspended"])
            #expect(outcomes["suspended", default: 0] >= 1000 - 5 - 8)
            #expect(server.connectionCount <= 5 + 8)
            #expect(test.log.lines.count { $0.hasPrefix("warning upstream_suspended") } == 1)
        }
    }

    @Test("is known by its silence: those who wait for the first few are told with them")
    func silence() async throws {
        let (requests, allArrived) = (Counter(), Gate())
        try await ClientUnderTest.run(
            { $0.maximumRequests = 8 },
            against: { connection in
                if connection.request() != nil, requests.increment() == 8 { allArrived.open() }
                connection.waitForEnd()
            }
        ) { test, server in
            let (client, url) = (test.client, "http://127.0.0.1:\(server.port)")
            // Eight find out within their short limit; the others would wait for their long one.
            let impatient = try ClientUnderTest.request(url, .post) { $0.timeLimit = .seconds(1) }
            let first = Task { await Self.outcomes(of: Array(repeating: impatient, count: 8), client) }
            await allArrived.pass()
            let start = ContinuousClock.now
            let patient = try ClientUnderTest.request(url, .post) { $0.timeLimit = .seconds(10) }
            let outcomes = await Self.outcomes(of: Array(repeating: patient, count: 992), client)
            #expect(await first.value == ["deadline": 8])
            // The first four to find out make room for four others, who wait for an answer of their own.
            #expect(outcomes["suspended", default: 0] >= 992 - 4)
            #expect(outcomes["suspended", default: 0] + outcomes["deadline", default: 0] == 992)
            #expect(start.duration(to: .now) < .seconds(30))
            #expect(requests.value <= 8 + 4)
        }
    }

    @Test("is tried again after a while, and is back with the first answer")
    func recovery() async throws {
        let isBack = Mutex(false)
        try await ClientUnderTest.run(
            { $0.suspension = .milliseconds(20) ... .milliseconds(40) },
            against: { connection in
                while connection.request() != nil, isBack.withLock({ $0 }) {
                    connection.send("HTTP/1.1 200 OK\nContent-Length: 2\n\nok")
                }
            }
        ) { test, server in
            let url = "http://127.0.0.1:\(server.port)"
            for _ in 0..<5 { #expect(try await test.failure(url, .post).failure == .interrupted) }
            isBack.withLock { $0 = true }
            let client = test.client
            let request = try ClientUnderTest.request(url, .post)
            let deadline = ContinuousClock.now + .seconds(30)
            var outcome = ""
            while outcome != "ok", ContinuousClock.now < deadline {
                outcome = await Self.outcome(of: request, client)
                #expect(["ok", "suspended"].contains(outcome))
            }
            #expect(outcome == "ok")
            #expect(test.log.lines.last?.hasPrefix("info upstream_resumed") == true)
        }
    }

    @Test("says what it failed of, and for how long it is left alone")
    func telling() async throws {
        let port = try RawServer.deadPort()
        try await ClientUnderTest.run { test in
            let url = "http://127.0.0.1:\(port)"
            for _ in 0..<5 { #expect(try await test.failure(url, .post).failure == .unconnected) }
            let failure = try await test.failure(url)
            #expect(failure.failure == .suspended && failure.code == .upstreamUnavailable)
            #expect(failure.detail.contains("connection refused"), "\(failure)")
            #expect(failure.retryAfter.map { $0 > .zero && $0 <= .seconds(5) } == true)
        }
    }

    @Test("is not one that answers with errors, nor one whose answers are too large")
    func answering() async throws {
        try await ClientUnderTest.run(against: { connection in
            while connection.request() != nil {
                connection.send("HTTP/1.1 500 Internal Server Error\nContent-Length: 100\n\n")
                connection.send(Array(repeating: 7, count: 100))
            }
        }) { test, server async throws in
            let url = "http://127.0.0.1:\(server.port)"
            for _ in 0..<10 { #expect(try await test.send(url).status == .internalServerError) }
            for _ in 0..<10 { #expect(try await test.failure(url) { $0.responseLimit = 99 }.failure == .tooLarge) }
        }
    }

    @Test("is no other origin")
    func otherOrigin() async throws {
        let port = try RawServer.deadPort()
        try await ClientUnderTest.run(against: { connection in
            _ = connection.request()
            connection.send("HTTP/1.1 204 No Content\n\n")
        }) { test, server in
            for _ in 0..<6 { _ = try await test.failure("http://127.0.0.1:\(port)", .post) }
            #expect(try await test.send("http://127.0.0.1:\(server.port)").status == .noContent)
        }
    }

    @Test("or slow has so many requests waiting, and no more")
    func overload() async throws {
        try await ClientUnderTest.run(
            {
                $0.maximumRequests = 2
                $0.maximumWaiting = 3
            }, against: { $0.waitForEnd() }
        ) { test, server in
            let request = try ClientUnderTest.request("http://127.0.0.1:\(server.port)", .post) {
                $0.timeLimit = .seconds(1)
            }
            let outcomes = await Self.outcomes(of: Array(repeating: request, count: 6), test.client)
            #expect(outcomes == ["deadline": 5, "overloaded": 1])
        }
    }

    private static func outcomes(of requests: [OutgoingRequest], _ client: HTTPClient) async -> [String: Int] {
        await withTaskGroup(of: String.self) { group in
            for request in requests { group.addTask { await outcome(of: request, client) } }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
    }

    private static func outcome(of request: OutgoingRequest, _ client: HTTPClient) async -> String {
        do throws(SendError) { return try await client.send(request).text } catch { return "\(error.failure)" }
    }
}
