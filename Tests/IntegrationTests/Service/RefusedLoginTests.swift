import AuthService
import BridgeCore
import BridgeService
import BridgeTesting
import Testing

@Suite("A refused login", .blocking)
struct RefusedLoginTests {
    /// What is wrong with a token, and the answer to it.
    struct Row: CustomTestStringConvertible, Sendable {
        let what: String
        let verdict: String
        let token: @Sendable () throws -> String
        var testDescription: String { what }

        init(_ what: String, _ verdict: String, _ token: @escaping @Sendable () throws -> String) {
            (self.what, self.verdict, self.token) = (what, verdict, token)
        }

        /// A token with a claim of another value, or without it.
        static func claim(_ name: String, _ value: String?, _ verdict: String) -> Row {
            Row("\(name) \(value ?? "absent")", verdict) {
                let payload = TokenMaker.payload([name: value])
                return try TokenMaker().token(header: Array(TokenMaker.header.utf8), payload: Array(payload.utf8))
            }
        }

        static func header(_ text: String, _ verdict: String) -> Row {
            Row(text, verdict) { try TokenMaker().token(header: text) }
        }

        static func salesforce(_ members: String, _ verdict: String) -> Row {
            claim("salesforce", "{\(members)}", verdict)
        }

        static let table: [Row] = [
            Row("nothing", "401 token_malformed") { "" },
            Row("no token", "401 token_malformed") { "abc" },
            Row("half a token", "401 token_malformed") { String(try TokenMaker().token().prefix(100)) },
            Row("9,000 bytes", "401 token_too_large") { String(repeating: "a", count: 9_000) },
            Row("another signature", "401 signature_invalid") { try TokenMaker(.other).token() },
            header(#"{"alg":"none"}"#, "401 algorithm_not_allowed"),
            header(#"{"alg":"HS256"}"#, "401 algorithm_not_allowed"),
            header(#"{"alg":"RS256","crit":["exp"]}"#, "401 critical_header_unsupported"),
            claim("iss", "\"nobody\"", "401 issuer_unknown"), claim("iss", "\"../x\"", "401 issuer_unknown"),
            claim("iss", nil, "401 claim_missing"), claim("iss", "1", "401 claim_invalid"),
            claim("exp", "1800000000", "401 token_expired"), claim("iat", "1800000061", "401 token_not_yet_valid"),
            claim("exp", "1800090000", "401 token_lifetime_exceeded"), claim("aud", "\"x\"", "401 audience_mismatch"),
            claim("sub", "\"ann\"", "401 claim_invalid"), claim("role", "\"root\"", "401 claim_invalid"),
            claim("sub", "\"boss@example.com\"", "403 email_not_allowed"),
            claim("sub", "\"BOSS@Example.com\"", "403 email_not_allowed"),
            claim("sub", "\"ann@elsewhere.example\"", "403 email_not_allowed"),
            salesforce("\"isActive\":true", "401 claim_missing"),
            salesforce("\"emailVerified\":false", "403 email_unverified"),
            salesforce("\"emailVerified\":\"true\"", "401 claim_invalid"),
            salesforce("\"emailVerified\":true,\"isActive\":false", "403 user_inactive"),
            salesforce("\"emailVerified\":true,\"userType\":\"Guest\"", "403 not_a_person"),
            salesforce("\"emailVerified\":true", "403 roles_unavailable"),
            salesforce("\"emailVerified\":true,\"permissionSets\":[]", "403 role_missing"),
        ]
    }

    private static let settings = ["superusers": "boss@example\\.com", "allowed_usernames": ".*@example\\.com"]

    @Test("has its code and its status on both routes, and a request id")
    func codes() async throws {
        #expect(Row.table.count == 28)
        try await ServiceUnderTest.run(Self.settings) { test in
            for row in Row.table {
                let token = try row.token()
                let answers = [try test.verify(token), try test.authorize(token)]
                for (answer, route) in zip(answers, ["verify", "authorize"])
                where !(token.isEmpty && route == "authorize") {
                    try Self.check(answer, row: row, "\(row.what) at \(route)")
                }
            }
            let count = try await ServiceUnderTest.withStore(test.configuration) { store in
                try await store.accounts(of: try .example(TokenMaker.license), after: nil, limit: 9).count
            }
            #expect(count == 0)
        }
    }

    private static func check(_ answer: RawResponse, row: Row, _ comment: Comment) throws {
        #expect(answer.verdict == row.verdict, comment)
        #expect(answer["content-type"] == "application/problem+json", comment)
        #expect(answer["cache-control"] == "no-store", comment)
        let isBadToken = row.verdict.hasPrefix("401")
        #expect(answer["www-authenticate"] == (isBadToken ? "Bearer error=\"invalid_token\"" : nil), comment)
        let document = try answer.json
        #expect(try document["status"] == answer.json["status"])
        #expect(document["type"]?.stringValue == "urn:cobrowse-sso:reason:\(row.verdict.dropFirst(4))", comment)
        for name in ["title", "detail"] { #expect(document[name]?.stringValue?.isEmpty == false, comment) }
        #expect(document["requestId"]?.stringValue?.isEmpty == false, comment)
        #expect(document["requestId"]?.stringValue == answer["x-request-id"], comment)
    }

    @Test("without a token asks for one")
    func unauthenticated() async throws {
        try await ServiceUnderTest.run { test in
            for fields in [[], ["Authorization: Basic YTpi"], ["Authorization: Bearer"], ["Authorization:"], ["X: y"]] {
                for (method, path) in [("POST", "verify"), ("GET", "authorize")] {
                    let answer = try test.send(method, "/api/1/sso/\(path)", fields: fields)
                    #expect(answer.verdict == "401 unauthenticated")
                    #expect(answer["www-authenticate"] == "Bearer")
                }
            }
        }
    }

    @Test("carries the request id that the client gave, if that is safe to repeat")
    func requestID() async throws {
        try await ServiceUnderTest.run { test in
            let path = "/api/1/sso/authorize"
            let given = try test.send("GET", path, fields: ["X-Request-Id: trace-1.a"])
            #expect(try given.json["requestId"]?.stringValue == "trace-1.a")
            #expect(given["x-request-id"] == "trace-1.a")
            #expect(test.log.lines.contains { $0.contains(#""requestId":"trace-1.a""#) })
            for bad in ["a b", "a\"b", String(repeating: "x", count: 65), "é"] {
                let answer = try test.send("GET", path, fields: ["X-Request-Id: \(bad)"])
                let id = try #require(try answer.json["requestId"]?.stringValue)
                #expect(id != bad && !id.isEmpty)
                #expect(test.log.lines.contains { $0.contains(id) })
            }
        }
    }
}
