import AuthService
import BridgeCore
import BridgeService
import BridgeTesting
import Testing

@Suite("The decision about a login that is answered at once", .blocking)
struct LoginRequestIDTests {
    /// What is kept of the decision that `answer` names.
    private static func decision(_ admin: Administrator, _ answer: RawResponse) throws -> JSONValue {
        let id = try #require(answer["x-decision-id"])
        return try admin.get("/decisions/\(id)").json
    }

    @Test("has the id of the request that brought it, as has its line in the audit trail; a repeat leaves none")
    func requestID() async throws {
        try await Administrator.run { admin in
            let test = admin.test
            // The account is there from now on, so that the next token needs no write.
            for _ in 0..<2 { #expect(try test.verify(try TokenMaker().token()).status == 200) }
            let token = try TokenMaker().token(["jti": #""2""#])
            let client = try test.client()
            var answers: [RawResponse] = []
            for id in ["first-1", "second-2"] {
                // One connection, so that both come to the same loop.
                client.send(
                    ServiceUnderTest.request(
                        "GET", "/api/1/sso/authorize",
                        fields: ["Authorization: Bearer \(token)", "X-Request-Id: \(id)"]))
                answers.append(try client.response())
            }
            #expect(answers.map(\.status) == [204, 204])
            #expect(answers[0]["x-decision-id"] == answers[1]["x-decision-id"])
            try test.awaitDecisions()
            #expect(try Self.decision(admin, answers[0])["requestId"] == .string("first-1"))
            let entries = try #require(try admin.get("/audit?action=login.allow").json["items"]?.arrayValue)
            #expect(entries.filter { $0["requestId"] == .string("first-1") }.count == 1)
            #expect(!entries.contains { $0["requestId"] == .string("second-2") })
            // In the body of verify it is the same.
            let other = try TokenMaker().token(["jti": #""3""#])
            let verified = try test.send(
                "POST", "/api/1/sso/verify", fields: ["X-Request-Id: third-3"], body: #"{"token":"\#(other)"}"#)
            try test.awaitDecisions()
            #expect(try Self.decision(admin, verified)["requestId"] == .string("third-3"))
        }
    }
}
