import BridgeTesting
import HTTPMessage
import HTTPServer
import Testing

@Suite(.serialized, .blocking) struct RefusingTests {
    /// Requests that evhttp alone would serve, or answer in a way of its own.
    static let refused: [(name: String, request: String, status: Int)] = [
        ("two Content-Length", "POST / HTTP/1.1\nHost: x\nContent-Length: 1\nContent-Length: 2\n\nab", 400),
        (
            "Content-Length with chunked",
            "POST / HTTP/1.1\nHost: x\nContent-Length: 5\nTransfer-Encoding: chunked\n\n0\n\n", 400
        ),
        ("gzip, chunked", "POST / HTTP/1.1\nHost: x\nTransfer-Encoding: gzip, chunked\n\n0\n\n", 400),
        ("no Host", "GET / HTTP/1.1\n\n", 400),
        ("two Hosts", "GET / HTTP/1.1\nHost: x\nHost: x\n\n", 400),
        ("NUL in a value", "GET / HTTP/1.1\nHost: x\nX: a\0b\n\n", 400),
        ("a bare CR in a value", "GET / HTTP/1.1\nHost: x\nX: a\rb\n\n", 400),
        ("obs-fold", "GET / HTTP/1.1\nHost: x\nX: a\n b\n\n", 400),
        ("a space before the colon", "GET / HTTP/1.1\nHost : x\n\n", 400),
        ("Content-Length with a plus", "POST / HTTP/1.1\nHost: x\nContent-Length: +1\n\na", 400),
        ("a bad chunk", "POST / HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n1\nab\n0\n\n", 400),
        ("too long a target", "GET /\(String(repeating: "a", count: 9000)) HTTP/1.1\nHost: x\n\n", 414),
        (
            "too many bytes of fields",
            "GET / HTTP/1.1\nHost: x\n\(String(repeating: "A: \(String(repeating: "b", count: 500))\n", count: 40))\n",
            431
        ),
        ("a body over 64 KiB", "POST / HTTP/1.1\nHost: x\nContent-Length: 65537\n\n", 413),
        ("a port that is no number", "GET http://a:b/ HTTP/1.1\nHost: x\n\n", 400),
        ("a port that is too large", "GET http://a:99999/ HTTP/1.1\nHost: x\n\n", 400),
        ("a bad escape in the host", "GET http://a%zz/ HTTP/1.1\nHost: x\n\n", 400),
        ("a bracket in the host", "GET http://a[b/ HTTP/1.1\nHost: x\n\n", 400),
        ("an unknown method", "BREW / HTTP/1.1\nHost: x\n\n", 501),
        ("another version", "GET / HTTP/2.0\nHost: x\n\n", 505),
        ("an unknown expectation", "GET / HTTP/1.1\nHost: x\nExpect: tea\n\n", 417),
    ]

    @Test("answers a problem and closes", arguments: refused)
    func refuses(name: String, request: String, status: Int) async throws {
        let server = try TestServer()
        // In one piece and in many, first on a connection and after a good request.
        for (prefix, size) in [
            ("", Int.max), ("", 3), ("GET /ok HTTP/1.1\nHost: x\n\n", Int.max), ("GET /ok HTTP/1.1\nHost: x\n\n", 9),
        ] {
            let client = try server.client()
            var rest = wire(prefix + request + "GET /smuggled HTTP/1.1\nHost: x\n\n")[...]
            while !rest.isEmpty, client.send(Array(rest.prefix(size))) { rest = rest.dropFirst(min(size, rest.count)) }
            if !prefix.isEmpty { #expect(try client.response().text == "GET /ok ") }
            let response = try client.response()
            #expect(response.status == status)
            #expect(response["connection"] == "close")
            #expect(response["content-type"] == "application/problem+json")
            #expect(!response.body.isEmpty)
            #expect(try client.isClosed())
        }
        await server.stop()
    }

    @Test func `refuses bare line feeds`() async throws {
        let server = try TestServer()
        let client = try server.client()
        client.send(Array("GET / HTTP/1.1\nHost: x\n\n".utf8))
        #expect(try client.response().status == 400)
        #expect(try client.isClosed())
        await server.stop()
    }

    @Test func `answers a refused HEAD without a body`() async throws {
        let server = try TestServer()
        let client = try server.client()
        client.send("HEAD / HTTP/1.1\nHost: x\nContent-Length: 3\n\nGET / HTTP/1.1\nHost: x\n\n")
        let text = String(decoding: try client.rest(), as: UTF8.self)
        #expect(text.hasPrefix("HTTP/1.1 400 "))
        #expect(text.hasSuffix("\r\n\r\n"))
        await server.stop()
    }

    @Test func `lets a client that goes on sending read the refusal`() async throws {
        let server = try TestServer()
        for head in ["Content-Length: 4000000\n\n", "Transfer-Encoding: chunked\n\n3D0900\n"] {
            let client = try server.client()
            client.send(wire("POST / HTTP/1.1\nHost: x\n" + head) + [UInt8](repeating: 0, count: 4_000_000))
            let response = try client.response()
            #expect(response.status == 413)
            #expect(try client.isClosed())
        }
        await server.stop()
    }

    @Test func `ends the wait for a client that never stops sending`() async throws {
        let server = try TestServer(configure: { $0.deadlines.linger = .milliseconds(300) })
        let client = try server.client()
        client.send("nonsense\n\n")
        let started = ContinuousClock.now
        while client.send([0]), ContinuousClock.now - started < .seconds(8) {}
        #expect(ContinuousClock.now - started < .seconds(5))
        await server.stop()
    }

    @Test func `refuses a drip of one byte at a time`() async throws {
        let server = try TestServer(configure: {
            $0.deadlines.head = .milliseconds(600)
            $0.deadlines.request = .milliseconds(1000)
        })
        let heads = [
            "", "POST / HTTP/1.1\nHost: x\nContent-Length: 60000\n\n",
            "POST / HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\nF000\n",
        ]
        for head in heads {
            let client = try server.client()
            client.send(head)
            let started = ContinuousClock.now
            while client.send("a"), ContinuousClock.now - started < .seconds(8), try !client.hasInput(within: 20) {}
            let took = ContinuousClock.now - started
            #expect(try client.response().status == 408)
            #expect(try client.isClosed())
            #expect(took > .milliseconds(head.isEmpty ? 500 : 900) && took < .seconds(3))
        }
        await server.stop()
    }

    @Test func `closes connections that send nothing, at first and between requests`() async throws {
        let server = try TestServer(configure: {
            $0.deadlines.head = .milliseconds(700)
            $0.deadlines.idle = .milliseconds(300)
        })
        let silent = try server.client()
        let idle = try server.client()
        idle.send("GET / HTTP/1.1\nHost: x\n\n")
        _ = try idle.response()
        let started = ContinuousClock.now
        #expect(try idle.isClosed())
        #expect(ContinuousClock.now - started < .milliseconds(690))
        #expect(try silent.isClosed())
        await server.stop()
    }

    @Test func `closes on a client that does not read its response`() async throws {
        let server = try TestServer(configure: { $0.deadlines.response = .milliseconds(500) }) { _ in
            .now(HTTPResponse(.ok, body: [UInt8](repeating: 7, count: 32 << 20)))
        }
        let client = try RawClient(port: server.port, receiveBuffer: 4096)
        client.send("GET / HTTP/1.1\nHost: x\n\n")
        #expect(await server.stop(within: .seconds(5)) == 0)
        #expect((try? client.rest().count) ?? 0 < 32 << 20)
    }

    @Test func `stops reading from a client that sends on and on without reading`() async throws {
        let server = try TestServer { _ in .now(HTTPResponse(.ok, body: [UInt8](repeating: 7, count: 1 << 20))) }
        let client = try RawClient(port: server.port, receiveBuffer: 4096)
        let request = wire("GET /\(String(repeating: "a", count: 4000)) HTTP/1.1\nHost: x\n\n")
        let block = Array(repeatElement(request, count: 100).joined())
        var sent = 0
        while sent < 128 << 20, case let count = client.sendWithoutWaiting(block), count > 0 { sent += count }
        #expect(sent < 64 << 20)
        await server.stop(within: .zero)
    }

    @Test func `says no to more connections than the cap when all are busy, and recovers`() async throws {
        let gate = Gate()
        let server = try TestServer(loops: 2, configure: { $0.maximumConnections = 3 }) { _ in
            .later {
                await gate.pass()
                return HTTPResponse(.ok)
            }
        }
        let clients = try (0..<3).map { _ in try server.client() }
        for client in clients { client.send("GET / HTTP/1.1\nHost: x\n\n") }
        await gate.arrived(3)
        let extra = try server.client()
        let refusal = try extra.response()
        #expect(refusal.status == 503)
        #expect(refusal["retry-after"] == "1")
        #expect(refusal["connection"] == "close")
        #expect(try extra.isClosed())
        extra.reset()
        gate.open()
        for client in clients { #expect(try client.response().status == 200) }
        for client in clients { client.reset() }
        // The server hears of the closed connections on its own time, and tells by nothing but serving again.
        let deadline = ContinuousClock.now + .seconds(10)
        var status = 503
        while status == 503, ContinuousClock.now < deadline {
            let client = try server.client()
            client.send("GET / HTTP/1.1\nHost: x\n\n")
            status = try client.response().status
        }
        #expect(status == 200)
        await server.stop()
    }

    @Test func `closes the connection that has been idle longest to serve one beyond the cap`() async throws {
        let server = try TestServer(configure: { $0.maximumConnections = 3 })
        var clients: [RawClient] = []
        for _ in 0..<3 {
            let client = try server.client()
            client.send("GET / HTTP/1.1\nHost: x\n\n")
            _ = try client.response()
            clients.append(client)
            // The clock behind the deadlines moves every 4 ms at the latest; nothing comes from an idle connection.
            #expect(try !client.hasInput(within: 20))
        }
        clients[0].send("GET / HTTP/1.1\nHost: x\n\n")
        #expect(try clients[0].response().status == 200)
        let extra = try server.client()
        extra.send("GET / HTTP/1.1\nHost: x\n\n")
        #expect(try extra.response().status == 200)
        #expect(try clients[1].isClosed())
        for client in [clients[0], clients[2]] {
            client.send("GET / HTTP/1.1\nHost: x\n\n")
            #expect(try client.response().status == 200)
        }
        await server.stop()
    }

    @Test func `answers 503 when the answer takes too long, and drops the late one`() async throws {
        let (first, second) = (Gate(), Gate())
        let server = try TestServer(configure: { $0.deadlines.answer = .seconds(1) }) { request in
            let isFirst = request.path.count == 2
            return .later {
                await (isFirst ? first : second).pass()
                return HTTPResponse(.ok, contentType: "text/plain", body: Array((isFirst ? "1" : "22").utf8))
            }
        }
        let client = try server.client()
        client.send("GET /1 HTTP/1.1\nHost: x\n\nGET /22 HTTP/1.1\nHost: x\n\n")
        let answer = try client.response()
        #expect(answer.status == 503)
        #expect(answer["retry-after"] == "1")
        await second.arrived()
        // The first answer comes while the second request waits for its own.
        first.open()
        second.open()
        #expect(try client.response().text == "22")
        await server.stop()
    }
}
