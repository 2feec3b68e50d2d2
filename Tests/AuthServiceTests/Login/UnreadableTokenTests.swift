import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("A refused token that is not even read to its end")
struct UnreadableTokenTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let code: ReasonCode
        var header = TokenMaker.header
        var claims: KeyValuePairs<String, String?> = [:]
        var email: String? = "ann@example.com"
    }

    static let rows = [
        Row(testDescription: "alg none", code: .algorithmNotAllowed, header: #"{"alg":"none"}"#),
        Row(testDescription: "a crit", code: .criticalHeaderUnsupported, header: #"{"alg":"RS256","crit":["b64"]}"#),
        Row(testDescription: "a header that is no object", code: .tokenMalformed, header: "[]"),
        Row(testDescription: "another aud", code: .audienceMismatch, claims: ["aud": #""https://example.com""#]),
        Row(testDescription: "no exp", code: .claimMissing, claims: ["exp": nil]),
        Row(testDescription: "exp as text", code: .claimInvalid, claims: ["exp": #""1800000890""#]),
        Row(testDescription: "no sub", code: .claimMissing, claims: ["sub": nil], email: nil),
        Row(testDescription: "a number as sub", code: .claimInvalid, claims: ["sub": "17"], email: nil),
    ]

    @Test("leaves a decision with the tenant it named, which says why", arguments: rows)
    func kept(row: Row) async throws {
        let fixture = try await LoginFixture()
        let token = try TokenMaker().token(header: row.header, row.claims)
        let refusal = try #require(throws: TokenRefusal.self) { try UnverifiedToken(token) }
        let written = await fixture.service.writeDown(
            .token(refusal), of: Array(token.utf8), requestID: "r1", now: now)
        let id = try #require(written.decisionID)
        let stored = try #require(try await fixture.store.decision(id, of: .test), "no decision")
        let decision = try JSONValue(parsing: stored.document.utf8)
        #expect(decision["code"]?.stringValue == row.code.rawValue)
        #expect(decision["email"]?.stringValue == row.email)
        #expect(decision["facts"] == nil)
        #expect(decision["checks"]?.arrayValue?.first?["detail"]?.stringValue == refusal.detail)
        #expect(await fixture.service.license(ofRefused: Array(token.utf8)) == .test)
    }

    @Test(
        "is nobody's where it names no tenant of ours",
        arguments: [
            "", "a", "a.b.c", "..", "\(String(repeating: "a", count: 8_192)).e30.", ".eyJpc3MiOiJub2JvZHkifQ.",
            ".eyJpc3MiOjF9.",
        ])
    func nobodys(token: String) async throws {
        let fixture = try await LoginFixture()
        let refusal = try #require(throws: TokenRefusal.self) { try UnverifiedToken(token) }
        let written = await fixture.service.writeDown(
            .token(refusal), of: Array(token.utf8), requestID: nil, now: now)
        #expect(written.decisionID != nil && written.failure == nil)
        #expect(try await fixture.store.decisions(of: .test, email: nil, before: nil, limit: 9).isEmpty)
        #expect(await fixture.service.license(ofRefused: Array(token.utf8)) == nil)
    }
}
