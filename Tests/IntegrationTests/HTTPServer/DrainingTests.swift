import BridgeTesting
import Dispatch
import EventLoop
import HTTPMessage
import HTTPServer
import Testing

@Suite(.serialized, .blocking) struct DrainingTests {
    @Test func `finishes requests under way and what is pipelined behind them`() async throws {
        let gate = Gate()
        let server = try TestServer(loops: 2, respond: Self.slow(behind: gate))
        var clients: [RawClient] = []
        for _ in 0..<8 {
            let client = try server.client()
            client.send("GET /slow HTTP/1.1\nHost: x\n\nGET / HTTP/1.1\nHost: x\n\nGET / HTTP/1.1\nHost: x\n\n")
            clients.append(client)
        }
        await gate.arrived(8)
        let cut = try await server.beginToStop()
        #expect(server.turnsClientsAway())
        gate.open()
        for client in clients {
            for _ in 0..<2 { #expect(try client.response()["connection"] == nil) }
            let last = try client.response()
            #expect(last.text == "done")
            #expect(last["connection"] == "close")
            #expect(try client.isClosed())
        }
        #expect(await cut.value == 0)
    }

    @Test func `serves what nobody has accepted or read yet`() async throws {
        let server = try TestServer(loops: 2)
        var clients: [RawClient] = []
        for _ in 0..<10 {
            let client = try server.client()
            client.send("GET / HTTP/1.1\nHost: x\n\n")
            _ = try client.response()
            clients.append(client)
        }
        let isLetGo = DispatchSemaphore(value: 0)
        for loop in server.loops { loop.execute { isLetGo.wait() } }
        for client in clients { client.send("GET / HTTP/1.1\nHost: x\n\n") }
        for index in 10..<50 {
            let client = try server.client()
            if index % 2 == 0 { client.send("GET / HTTP/1.1\nHost: x\n\n") }
            clients.append(client)
        }
        let cut = try await server.askToStop()
        // The loops hear of it when they go on, and of what waits in the sockets not before.
        for _ in server.loops { isLetGo.signal() }
        for (index, client) in clients.enumerated() {
            // The others have connected in time and send a little later.
            if index >= 10, index % 2 == 1 { client.send("GET / HTTP/1.1\nHost: x\n\n") }
            #expect(try client.response().text == "GET / ")
        }
        #expect(await cut.value == 0)
    }

    @Test func `waits for the rest of a request that has begun`() async throws {
        let server = try TestServer()
        let client = try server.client()
        client.send("POST / HTTP/1.1\nHost: x\nExpect: 100-continue\nContent-Length: 5\n\n")
        #expect(try client.response().status == 100)
        let cut = try await server.beginToStop()
        #expect(server.turnsClientsAway())
        client.send("hello")
        #expect(try client.response().text == "POST / hello")
        #expect(try client.isClosed())
        #expect(await cut.value == 0)
    }

    @Test func `closes idle connections at once`() async throws {
        let server = try TestServer()
        let client = try server.client()
        client.send("GET / HTTP/1.1\nHost: x\n\n")
        _ = try client.response()
        let started = ContinuousClock.now
        #expect(await server.stop(within: .seconds(8)) == 0)
        #expect(ContinuousClock.now - started < .seconds(1))
        #expect(try client.isClosed())
    }

    @Test func `cuts off what is not done in time, and the late answer harms nobody`() async throws {
        let gate = Gate()
        let server = try TestServer(respond: Self.slow(behind: gate))
        let client = try server.client()
        client.send("GET /slow HTTP/1.1\nHost: x\n\n")
        await gate.arrived()
        #expect(await server.server.drain(within: .milliseconds(50)) == 1)
        #expect(try client.isClosed())
        gate.open()
        await Task(executorPreference: server.loops[0]) { await Task.yield() }.value
        server.loops[0].stop()
    }

    @Test func `survives clients that leave while their answer is made`() async throws {
        let gate = Gate()
        let server = try TestServer(respond: Self.slow(behind: gate))
        for index in 0..<20 {
            let client = try server.client()
            client.send("GET /slow HTTP/1.1\nHost: x\n\nGET /slow HTTP/1.1\nHost: x\n\n")
            await gate.arrived(index + 1)
            if index % 2 == 0 { client.reset() }
        }
        gate.open()
        let other = try server.client()
        other.send("GET / HTTP/1.1\nHost: x\n\n")
        #expect(try other.response().text == "done")
        #expect(await server.stop() == 0)
    }

    /// Answers `/` at once and everything else when `gate` is open.
    private static func slow(behind gate: Gate) -> @Sendable (borrowing HTTPRequestView) -> HTTPReply {
        { request in
            let isSlow = request.path.count > 1
            return .later {
                if isSlow { await gate.pass() }
                return HTTPResponse(.ok, contentType: "text/plain", body: Array("done".utf8))
            }
        }
    }
}
