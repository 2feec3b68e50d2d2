import BridgeCore
import BridgeService
import BridgeTesting
import Testing

@Suite("An odd request to the service", .blocking)
struct OddRequestTests {
    @Test("body is taken by what it says, whatever it looks like")
    func bodies() async throws {
        try await ServiceUnderTest.run { test in
            let token = try TokenMaker().token()
            let escaped = token.replacing(".", with: "\\u002e")
            for (body, verdict) in [
                (#"{"token":"\#(escaped)"}"#, "200"), (#"{"t\u006Fken":"\#(token)"}"#, "200"),
                (#"{"token":"\#(token)","token":"\#(token)"}"#, "400 token_malformed"),
                (#"{"token":"\#(token)","\u0074oken":"x"}"#, "400 token_malformed"),
                (#"{"token":"\#(token) "}"#, "401 token_malformed"),
                (#"{"token":"\#(token)\n"}"#, "401 token_malformed"),
                (#"{"token":"Bearer \#(token)"}"#, "401 token_malformed"),
                (#"{"token":"\#(token)="}"#, "401 token_malformed"),
                (#"{"token":"\u0000\#(token)"}"#, "401 token_malformed"),
                (#"["\#(token)"]"#, "400 token_malformed"), ("token=\(token)", "400 token_malformed"),
                ("\"\(token)\"", "400 token_malformed"), (token, "400 token_malformed"),
                (#"{"token":"\#(token)"}{"token":"x"}"#, "400 token_malformed"),
                ("\u{FEFF}{\"token\":\"\(token)\"}", "400 token_malformed"),
            ] {
                #expect(try test.send("POST", "/api/1/sso/verify", body: body).verdict == verdict, "\(body.prefix(40))")
            }
        }
    }

    @Test("with a body and a field is judged by the body alone")
    func bodyAndField() async throws {
        try await ServiceUnderTest.run { test in
            let good = try TokenMaker().token()
            let bad = try TokenMaker(.other).token()
            func verdict(field: String, body: String) throws -> String {
                let fields = ["Authorization: Bearer \(field)"]
                return try test.send("POST", "/api/1/sso/verify", fields: fields, body: #"{"token":"\#(body)"}"#)
                    .verdict
            }
            #expect(try verdict(field: bad, body: good) == "200")
            #expect(try verdict(field: good, body: bad) == "401 signature_invalid")
            let fields = ["Authorization: Bearer \(good)"]
            #expect(
                try test.send("POST", "/api/1/sso/verify", fields: fields, body: "{}").verdict == "400 token_malformed")
        }
    }

    @Test("with more than one Authorization field is refused, whichever of them is good")
    func twoFields() async throws {
        try await ServiceUnderTest.run { test in
            let good = "Authorization: Bearer \(try TokenMaker().token())"
            let bad = "authorization: Bearer \(try TokenMaker(.other).token())"
            for fields in [[good, bad], [bad, good], [good, good], [good, "X: y", "AUTHORIZATION:"]] {
                for (method, path) in [("POST", "verify"), ("GET", "authorize"), ("GET", "authorize/x")] {
                    let answer = try test.send(method, "/api/1/sso/\(path)", fields: fields)
                    #expect(answer.verdict == "400 token_malformed", "\(path)")
                }
            }
            #expect(try test.send("GET", "/api/1/sso/authorize", fields: [good, "X-Authorization: a"]).status == 204)
        }
    }

    @Test("that is chunked is read like any other")
    func chunked() async throws {
        try await ServiceUnderTest.run { test in
            let body = #"{"token":"\#(try TokenMaker().token())"}"#
            let client = try test.client()
            client.send("POST /api/1/sso/verify HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n")
            for byte in body.utf8 { client.send("1\n\(Character(Unicode.Scalar(byte)))\n") }
            client.send("0\n\n")
            #expect(try client.response().status == 200)
        }
    }

    @Test("with bytes that are no HTTP is refused with a document that says so")
    func noHTTP() async throws {
        try await ServiceUnderTest.run { test in
            for text in ["hello\n\n", "GET /healthz HTTP/1.1\n\n", "GET /he\u{1}lthz HTTP/1.1\nHost: x\n\n"] {
                let client = try test.client()
                client.send(text)
                let response = try client.response()
                #expect(response.status == 400)
                let id = try #require(try response.json["requestId"]?.stringValue)
                #expect(test.log.lines.contains { $0.hasPrefix("info request_refused") && $0.contains(id) })
            }
        }
    }

    @Test("says nothing in a header of the answer but what the account is")
    func headerInjection() async throws {
        try await ServiceUnderTest.run { test in
            let token = try TokenMaker().token(["displayName": #""a\r\nX-Cobrowse-Role: administrator""#])
            let response = try test.authorize(token)
            #expect(response.status == 204)
            #expect(response.fields.filter { $0.name == "x-cobrowse-role" }.map(\.value) == ["agent"])
        }
    }
}
