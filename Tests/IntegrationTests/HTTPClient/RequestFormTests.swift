import BridgeCore
import BridgeTesting
import HTTPClient
import HTTPMessage
import Synchronization
import Testing

@Suite("What a client sends", .serialized, .blocking)
struct RequestFormTests {
    @Test("is what was asked for, and the fields that are its own")
    func wholeRequest() async throws {
        let seen = try await Self.sent(.post) { request in
            request.fields = [
                HTTPField(.cacheControl, "no-store"), HTTPField(.contentType, "text/evil"),
                HTTPField(.contentLength, "99"),
                HTTPField(.transferEncoding, "chunked"), HTTPField(.connection, "X-Other"), HTTPField(.xRequestID, ""),
            ]
            for name in ["Host", "Authorization", "Expect", "User-Agent", "Proxy-Authorization"] {
                if let name = HTTPFieldName(name) { request.fields.append(name, "evil") }
            }
            request.bearerToken = Secret(Array("a.b-c".utf8))
            request.body = .json(Array("{}".utf8))
        }
        let head = seen.text.split(separator: "\r\n").map(String.init)
        #expect(head.first == "POST /a?b=c HTTP/1.1")
        #expect(seen.text.hasSuffix("\r\n\r\n{}"))
        #expect(
            head.dropFirst().dropLast().sorted() == [
                "Accept: */*", "Authorization: Bearer a.b-c", "Cache-Control: no-store", "Content-Length: 2",
                "Content-Type: application/json", "Host: 127.0.0.1:\(seen.port)", "User-Agent: cobrowse-sso/test",
            ])
    }

    @Test(
        "has the method and the length that a body has",
        arguments: [
            (.get, nil, nil), (.delete, nil, nil), (.options, nil, nil), (.post, nil, "0"), (.put, nil, "0"),
            (.patch, nil, "0"), (.post, "", "0"), (.put, "ab", "2"), (.patch, "ab", "2"), (.delete, "ab", "2"),
            (.head, nil, nil),
        ] as [(HTTPMethod, String?, String?)])
    func method(method: HTTPMethod, body: String?, length: String?) async throws {
        let seen = try await Self.sent(method) { request in
            request.body = body.map { .json(Array($0.utf8)) }
        }
        #expect(seen.text.hasPrefix("\(method.rawValue) /a?b=c HTTP/1.1\r\n"))
        #expect(seen.text.hasSuffix("\r\n\r\n\(body ?? "")"))
        let lines = seen.text.split(separator: "\r\n")
        #expect(lines.first { $0.hasPrefix("Content-Length: ") }.map { $0.dropFirst(16) } == length.map { $0[...] })
        #expect(lines.contains { $0.hasPrefix("Content-Type: ") } == (body != nil))
    }

    @Test("is no bearer token that could be more than that", arguments: ["", "a b", "a\r\nX: y", "\u{E4}", "a\0"])
    func illegalToken(token: String) async throws {
        try await ClientUnderTest.run(against: { $0.waitForEnd() }) { test, server in
            let request = try ClientUnderTest.request("http://127.0.0.1:\(server.port)", .get) {
                $0.bearerToken = Secret(Array(token.utf8))
            }
            let error = await ClientUnderTest.failure(of: request, test.client)
            #expect(error?.failure == .local && error?.code == .internal)
            #expect(server.connectionCount == 0)
        }
    }

    /// The bytes of a request to `/a?b=c`, and the port it was sent to.
    private static func sent(
        _ method: HTTPMethod, _ change: (inout OutgoingRequest) -> Void
    ) async throws -> (text: String, port: UInt16) {
        let seen = Mutex("")
        var port: UInt16 = 0
        try await ClientUnderTest.run(against: { connection in
            let request = connection.request() ?? ""
            seen.withLock { $0 = request }
            connection.send("HTTP/1.1 204 No Content\n\n")
        }) { test, server in
            port = server.port
            _ = try await test.send("http://127.0.0.1:\(port)/a?b=c", method, change)
        }
        return (seen.withLock { $0 }, port)
    }
}
