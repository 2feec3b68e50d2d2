import BridgeCore
import BridgeTesting
import EventLoop
import Glibc
import HTTPMessage
import HTTPServer
import Testing

@Suite(.serialized, .blocking) struct ServingTests {
    @Test func `answers one request after the other on one connection`() async throws {
        let server = try TestServer()
        let client = try server.client()
        client.send("GET /a?b=c HTTP/1.1\nHost: x\n\n")
        let first = try client.response()
        #expect(first.statusLine == "HTTP/1.1 200 OK")
        #expect(first.text == "GET /a?b=c ")
        #expect(first["content-length"] == "11")
        #expect(first["content-type"] == "text/plain")
        #expect(first["date"]?.hasSuffix("GMT") == true)
        #expect(first["connection"] == nil)
        client.send("POST / HTTP/1.1\nHost: x\nContent-Length: 5\n\nhello")
        #expect(try client.response().text == "POST / hello")
        client.send("PUT http://x:80/y?z HTTP/1.1\nHost: x\nConnection: keep-alive, close\n\n")
        let last = try client.response()
        #expect(last.text == "PUT /y?z ")
        #expect(last["connection"] == "close")
        #expect(try client.isClosed())
        await server.stop()
    }

    @Test func `answers pipelined requests in order, however they are split`() async throws {
        let server = try TestServer()
        let stream = wire(
            """
            GET /1 HTTP/1.1\nHost: x\n\n\
            POST /2 HTTP/1.1\nHost: x\nContent-Length: 3\n\nabc\
            POST /3 HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n2;e=f\nde\n1\nf\n0\nT: u\n\n\
            GET /4 HTTP/1.1\nHost: x\n\n
            """)
        for size in [stream.count, 100, 50, 7, 1] {
            let client = try server.client()
            for start in stride(from: 0, to: stream.count, by: size) {
                client.send(Array(stream[start..<min(start + size, stream.count)]))
            }
            let answers = try (0..<4).map { _ in try client.response().text }
            #expect(answers == ["GET /1 ", "POST /2 abc", "POST /3 def", "GET /4 "], "pieces of \(size)")
        }
        await server.stop()
    }

    @Test func `keeps a thousand pipelined requests in order`() async throws {
        let server = try TestServer()
        let client = try server.client()
        client.send((0..<1000).map { "GET /\($0) HTTP/1.1\nHost: x\n\n" }.joined())
        for index in 0..<1000 { #expect(try client.response().text == "GET /\(index) ") }
        await server.stop()
    }

    @Test func `takes a body of 64 KiB, plain and chunked`() async throws {
        let server = try TestServer()
        let client = try server.client()
        let body = (0..<65536).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        client.send(wire("POST / HTTP/1.1\nHost: x\nContent-Length: 65536\n\n") + body)
        #expect(try client.response().body.dropFirst(7).elementsEqual(body))
        client.send(wire("POST / HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n"))
        for start in stride(from: 0, to: body.count, by: 8192) {
            client.send(wire("2000\n") + body[start..<start + 8192] + wire("\n"))
        }
        client.send("0\n\n")
        #expect(try client.response().body.dropFirst(7).elementsEqual(body))
        await server.stop()
    }

    @Test func `answers HEAD like GET without the body, and 204 without one`() async throws {
        let server = try TestServer { request in
            request.method == .head
                ? TestServer.echo(request)
                : .now(HTTPResponse(.noContent, contentType: "text/plain", body: [1]))
        }
        let client = try server.client()
        client.send("HEAD /abc HTTP/1.1\nHost: x\n\nGET / HTTP/1.1\nHost: x\n\n")
        let head = try client.response(toHead: true)
        #expect(head["content-length"] == "10")
        let empty = try client.response()
        #expect(empty.status == 204)
        #expect(empty["content-length"] == nil)
        client.send("GET / HTTP/1.1\nHost: x\n\n")
        #expect(try client.response().status == 204)
        await server.stop()
    }

    @Test func `speaks HTTP 1_0`() async throws {
        let server = try TestServer()
        let client = try server.client()
        client.send("GET / HTTP/1.0\nConnection: keep-alive\n\n")
        let kept = try client.response()
        #expect(kept["connection"] == "keep-alive")
        client.send("GET / HTTP/1.0\n\n")
        #expect(String(decoding: try client.rest(), as: UTF8.self).hasSuffix("\r\n\r\nGET / "))
        await server.stop()
    }

    @Test func `sends 100 Continue to those who wait for it`() async throws {
        let server = try TestServer()
        let client = try server.client()
        for body in ["Content-Length: 5\n\n|hello", "Transfer-Encoding: chunked\n\n|5\nhello\n0\n\n"] {
            let parts = body.split(separator: "|").map(String.init)
            client.send("POST / HTTP/1.1\nHost: x\nExpect: 100-continue\n" + parts[0])
            #expect(try client.response().statusLine == "HTTP/1.1 100 Continue")
            client.send(parts[1])
            #expect(try client.response().text == "POST / hello")
            // Nobody waits here.
            client.send("POST / HTTP/1.1\nHost: x\nExpect: 100-continue\n" + parts[0] + parts[1])
            #expect(try client.response().text == "POST / hello")
        }
        await server.stop()
    }

    @Test func `sends 100 Continue to a request that came behind another`() async throws {
        let server = try TestServer()
        let head = "POST / HTTP/1.1\nHost: x\nExpect: 100-continue\nContent-Length: 2\n\n"
        for first in ["GET / HTTP/1.1\nHost: x\n\n", "POST / HTTP/1.1\nHost: x\nContent-Length: 2\n\nab"] {
            let client = try server.client()
            client.send(first + head)
            #expect(try client.response().status == 200)
            #expect(try client.response().status == 100)
            client.send("ab")
            #expect(try client.response().text == "POST / ab")
        }
        await server.stop()
    }

    @Test(
        "takes a tab where a space may stand in Expect",
        arguments: ["\t100-continue", " \t100-continue\t", "100-Continue \t"])
    func tabInExpect(value: String) async throws {
        let server = try TestServer()
        let client = try server.client()
        let head = "POST / HTTP/1.1\nHost: x\nExpect:\(value)\nContent-Length: 2\n\n"
        client.send(head + "ab")
        #expect(try client.response().text == "POST / ab")
        client.send(head)
        #expect(try client.response().status == 100)
        client.send("ab")
        #expect(try client.response().text == "POST / ab")
        await server.stop()
    }

    @Test func `runs later answers on the loop and serves others meanwhile`() async throws {
        let gate = Gate()
        let server = try TestServer { request in
            guard request.path.count > 1 else { return TestServer.echo(request) }
            let id = request.id
            return .later {
                let before = pthread_self()
                await gate.pass()
                return HTTPResponse(
                    .ok, contentType: "text/plain", body: Array("\(before == pthread_self()) \(id)".utf8))
            }
        }
        let slow = try server.client()
        slow.send("GET /slow HTTP/1.1\nHost: x\nX-Request-Id: abc-1\n\nGET / HTTP/1.1\nHost: x\n\n")
        await gate.arrived()
        let quick = try server.client()
        quick.send("GET / HTTP/1.1\nHost: x\n\n")
        #expect(try quick.response().text == "GET / ")
        gate.open()
        #expect(try slow.response().text == "true abc-1")
        #expect(try slow.response().text == "GET / ")
        await server.stop()
    }

    @Test func `shows fields, addresses and ids`() async throws {
        let server = try TestServer { request in
            var lines: [String] = []
            request.forEachField { name, value in lines.append("\(name)=\(value)") }
            lines.append(request.field("x-a") ?? "none")
            lines.append(request.field("x-missing") ?? "none")
            lines.append(request.withField("X-A") { $0.count }.map { "\($0)" } ?? "none")
            lines.append(request.remoteAddress)
            lines.append("\(request.id == request.id)")
            lines.append(request.id)
            let body = Array(lines.joined(separator: "|").utf8)
            return .now(HTTPResponse(.ok, contentType: "text/plain", body: body))
        }
        let client = try server.client()
        client.send("GET / HTTP/1.1\nHost: x\nX-A:\t 1 \t\nX-A: 2\nX-Request-Id: a<b\n\n")
        let parts = try client.response().text.split(separator: "|", omittingEmptySubsequences: false)
        #expect(
            parts.dropLast() == ["Host=x", "X-A=1", "X-A=2", "X-Request-Id=a<b", "1", "none", "1", "127.0.0.1", "true"])
        #expect(parts.last?.contains("<") == false)
        client.send("GET / HTTP/1.1\nHost: x\n\n")
        let second = try client.response().text
        #expect(second.split(separator: "|").last != parts.last)
        await server.stop()
    }

    @Test func `sends no field that would say where a response ends`() async throws {
        let server = try TestServer { _ in
            var response = HTTPResponse(.ok, body: Array("abc".utf8))
            response.fields.append(.contentLength, "1")
            response.fields.append(.transferEncoding, "chunked")
            response.fields.append(.setCookie, HTTPFieldValue(replacingIllegalIn: "a=b\r\nEvil: c"))
            return .now(response)
        }
        let client = try server.client()
        client.send("GET / HTTP/1.1\nHost: x\n\n")
        let response = try client.response()
        #expect(response.text == "abc")
        #expect(response["transfer-encoding"] == nil)
        #expect(response["set-cookie"] == "a=b  Evil: c")
        #expect(response["content-type"] == "application/octet-stream")
        await server.stop()
    }

    @Test func `sends large responses to slow readers`() async throws {
        let server = try TestServer { _ in
            .now(HTTPResponse(.ok, body: [UInt8](repeating: 7, count: 8 << 20)))
        }
        let client = try RawClient(port: server.port, receiveBuffer: 4096)
        client.send("GET / HTTP/1.1\nHost: x\n\nGET / HTTP/1.1\nHost: x\n\n")
        for _ in 0..<2 { #expect(try client.response().body.count == 8 << 20) }
        await server.stop()
    }

    @Test func `serves connections on every loop of one port`() async throws {
        let server = try TestServer(loops: 2) { _ in
            var name = [UInt8](repeating: 0, count: 16)
            let file = open("/proc/thread-self/comm", O_RDONLY)
            defer { close(file) }
            let count = read(file, &name, name.count)
            return .now(HTTPResponse(.ok, body: Array(name.prefix(max(count - 1, 0)))))
        }
        var names: Set<String> = []
        for _ in 0..<64 {
            let client = try server.client()
            client.send("GET / HTTP/1.1\nHost: x\n\n")
            names.insert(try client.response().text)
        }
        #expect(names == ["test-0", "test-1"])
        await server.stop()
    }

    @Test func `does not take a port that is taken`() async throws {
        let server = try TestServer(loops: 2)
        let error = #expect(throws: HTTPServerError.self) { try TestServer(configure: { $0.port = server.port }) }
        #expect(error?.code == .configurationInvalid)
        #expect(error?.detail == "cannot listen on 127.0.0.1:\(server.port): address already in use")
        let elsewhere = #expect(throws: HTTPServerError.self) { try TestServer(configure: { $0.host = "192.0.2.1" }) }
        #expect(elsewhere?.hint != nil)
        #expect(throws: HTTPServerError.self) { try TestServer(configure: { $0.host = "no such host" }) }
        await server.stop()
    }

    @Test func `listens on IPv6 and names IPv4 peers in their own form`() async throws {
        let server = try TestServer(configure: { $0.host = "::" }) { request in
            .now(HTTPResponse(.ok, body: Array(request.remoteAddress.utf8)))
        }
        let client = try server.client()
        client.send("GET / HTTP/1.1\nHost: x\n\n")
        #expect(try client.response().text == "127.0.0.1")
        await server.stop()
    }
}
