import AuthService
import BridgeCore
import BridgeTesting
import Testing

@Suite("The exchange of a code", .blocking)
struct CodeExchangeTests {
    static let bodies: [(body: String, verdict: String)] = [
        ("", "400 code_invalid"), ("{}", "400 code_invalid"), ("[]", "400 code_invalid"),
        ("{\"code\":1}", "400 code_invalid"),
        ("{\"code\":\"\"}", "400 code_invalid"), ("{\"code\":\"a\",\"code\":\"b\"}", "400 code_invalid"),
        ("{\"code\":\"\(String(repeating: "A", count: 43))\"}", "400 code_invalid"), ("code=abc", "400 code_invalid"),
    ]

    @Test("refuses what is no code, or none of ours", arguments: bodies.indices)
    func refused(row: Int) async throws {
        try await SignInJourney.run { journey in
            let answer = try journey.test.send("POST", "/api/1/sso/exchange", body: Self.bodies[row].body)
            #expect(answer.verdict == Self.bodies[row].verdict)
            #expect(answer["content-type"] == "application/problem+json" && answer["cache-control"] == "no-store")
        }
    }

    @Test("gives the token of a revoked or disabled account to nobody")
    func meanwhile() async throws {
        try await SignInJourney.run { journey in
            let landing = try journey.signIn()
            let account = try #require(try journey.decision(of: landing)["accountId"]?.stringValue)
            let code = try #require(landing["location"]?.split(separator: "code=").last)
            journey.clock.advance(seconds: 10)
            let revoked = try journey.administrator.call("POST", "/revocations", json: #"{"accountId":"\#(account)"}"#)
            #expect(revoked.status == 201)
            let answer = try journey.test.send("POST", "/api/1/sso/exchange", body: #"{"code":"\#(code)"}"#)
            #expect(answer.verdict == "401 token_revoked")
        }
    }
}
