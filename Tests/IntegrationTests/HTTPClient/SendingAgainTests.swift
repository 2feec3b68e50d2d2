import BridgeCore
import BridgeTesting
import Dispatch
import HTTPClient
import HTTPMessage
import Synchronization
import Testing

@Suite("A request is sent again", .serialized, .blocking)
struct SendingAgainTests {
    @Test(
        "when the server says when", arguments: [HTTPMethod.get, .post], ["429 Too Many Requests", "503 Unavailable"])
    func retryAfter(method: HTTPMethod, status: String) async throws {
        let requests = Counter()
        try await ClientUnderTest.run(
            against: Self.answering(
                requests,
                [
                    "HTTP/1.1 \(status)\nRetry-After: 0\nContent-Length: 4\n\nwait", Self.fine,
                ])
        ) { test, server in
            let response = try await test.send("http://127.0.0.1:\(server.port)", method) { $0.body = .json([1]) }
            #expect(response.status == .ok && response.text == "fine")
        }
        #expect(requests.value == 2)
    }

    @Test func `not before the server's second is over`() async throws {
        let requests = Counter()
        try await ClientUnderTest.run(
            against: Self.answering(
                requests,
                [
                    "HTTP/1.1 429 Too Many Requests\nRetry-After: 1\nContent-Length: 0\n\n", Self.fine,
                ])
        ) { test, server async throws in
            let start = ContinuousClock.now
            #expect(try await test.send("http://127.0.0.1:\(server.port)").text == "fine")
            #expect(start.duration(to: .now) >= .milliseconds(990))
        }
    }

    @Test func `not when the server asks for more time than there is`() async throws {
        let requests = Counter()
        try await ClientUnderTest.run(
            against: Self.answering(
                requests,
                [
                    "HTTP/1.1 429 Too Many Requests\nRetry-After: 61\nContent-Length: 0\n\n",
                    "HTTP/1.1 503 Unavailable\nRetry-After: Sun, 06 Nov 2094 08:49:37 GMT\nContent-Length: 4\n\nlate",
                ])
        ) { test, server in
            let failure = try await test.failure("http://127.0.0.1:\(server.port)")
            #expect(failure.failure == .throttled && failure.code == .upstreamThrottled)
            #expect(failure.retryAfter == .seconds(61) && failure.detail.contains("61 s"))
            let response = try await test.send("http://127.0.0.1:\(server.port)")
            #expect(response.status == .serviceUnavailable && response.text == "late")
        }
        #expect(requests.value == 2)
    }

    @Test func `when a token endpoint fails, once`() async throws {
        let requests = Counter()
        let broken = "HTTP/1.1 502 Bad Gateway\nContent-Length: 6\n\nbroken"
        try await ClientUnderTest.run(
            against: Self.answering(requests, [broken, broken, broken, Self.fine])
        ) { test, server async throws in
            let url = "http://127.0.0.1:\(server.port)"
            #expect(try await test.send(url, .post) { $0.repeatsServerErrors = true }.text == "broken")
            #expect(requests.value == 2)
            #expect(try await test.send(url, .post) { $0.repeatsServerErrors = true }.text == "fine")
            #expect(requests.value == 4)
        }
    }

    @Test(
        "when the connection breaks, if it only reads",
        arguments: [(HTTPMethod.get, true), (.head, true), (.post, false)])
    func reconnecting(method: HTTPMethod, isRepeated: Bool) async throws {
        let requests = Counter()
        try await ClientUnderTest.run(against: { connection in
            guard connection.request() != nil else { return }
            requests.increment()
            if requests.value > 1 { connection.send(method == .head ? "HTTP/1.1 200 OK\n\n" : Self.fine) }
        }) { test, server async throws in
            let url = "http://127.0.0.1:\(server.port)"
            if isRepeated {
                #expect(try await test.send(url, method).status == .ok)
            } else {
                #expect(try await test.failure(url, method).failure == .interrupted)
            }
        }
        #expect(requests.value == (isRepeated ? 2 : 1))
    }

    @Test("on another connection when a kept one has ended, which says nothing about the server")
    func keptConnections() async throws {
        let (connections, ends, both) = (Counter(), Counter(), DispatchGroup())
        both.enter()
        both.enter()
        try await ClientUnderTest.run(
            { $0.failuresToSuspend = 1 },
            against: { connection in
                let isKept = connections.increment() <= 2
                guard connection.request() != nil else { return }
                guard isKept else {
                    connection.send("HTTP/1.1 200 OK\nConnection: close\nContent-Length: 4\n\nfine")
                    return
                }
                both.leave()
                both.wait()  // so that there are two
                connection.send(Self.fine)
                guard connection.request() != nil else { return }
                // Before an answer has begun, libcurl itself tries again.
                connection.send("HTTP/1.1 200 OK\nContent-Length: 4\n" + (ends.increment() == 1 ? "" : "\nfi"))
            }
        ) { test, server async throws in
            let url = "http://127.0.0.1:\(server.port)"
            let (client, request) = (test.client, try ClientUnderTest.request(url))
            async let first = client.send(request)
            async let second = client.send(request)
            #expect(try await [first.text, second.text] == ["fine", "fine"])
            // Not on the other one that is kept, either.
            #expect(try await test.send(url).text == "fine")
            #expect(server.connectionCount == 3)
            #expect(try await test.failure(url, .post).failure == .interrupted)
            #expect(server.connectionCount == 3 && ends.value == 2)
            #expect(try await test.send(url, .post).text == "fine")
            #expect(server.connectionCount == 4)
            #expect(test.log.lines == [])
        }
    }

    private static let fine = "HTTP/1.1 200 OK\nContent-Length: 4\n\nfine"

    /// Answers with one after the other; the last one again and again.
    private static func answering(
        _ requests: Counter, _ answers: [String]
    ) -> @Sendable (RawConnection) -> Void {
        { connection in
            while connection.request() != nil {
                requests.increment()
                connection.send(answers[min(requests.value, answers.count) - 1])
            }
        }
    }
}
