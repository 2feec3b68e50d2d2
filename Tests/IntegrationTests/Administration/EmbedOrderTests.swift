import AuthService
import BridgeCore
import BridgeTesting
import Testing

@testable import BridgeService

/// What a back end such as an org's Apex sends, which has the agent's own token.
@Suite("An embedded page for an agent's own token", .blocking)
struct EmbedOrderTests {
    private struct Bench {
        let admin: Administrator
        let mint: String

        /// Sends `members` of the body, as the bearer of an API token that mints.
        func order(_ members: String) throws -> RawResponse {
            try admin.test.call("POST", Administrator.root + "/embed", token: mint, json: "{\(members)}")
        }

        /// The claims of the token in an answer, which lets its agent in.
        func claims(_ answer: RawResponse) throws -> JSONValue {
            let token = try #require(try answer.json["token"]?.stringValue, "\(answer.text)")
            #expect(try admin.test.verify(token).status == 200)
            let payload = try #require(token.split(separator: ".").dropFirst().first)
            return try JSONValue(parsing: try #require(Base64URL.decode(payload.utf8)))
        }

        func mints() throws -> [JSONValue] {
            try #require(try admin.get("/audit?action=token.mint").json["items"]?.arrayValue)
        }
    }

    private static func run(
        _ settings: [String: String] = [:], _ body: (Bench) async throws -> Void
    ) async throws {
        try await Administrator.run(settings) { admin in
            let mint = try await admin.test.apiToken(.mint(try .example(TokenMaker.license)))
            let rules = try admin.call("PUT", "/rules", json: "{\"rules\":[\(rule)]}", fields: ["If-Match: *"])
            #expect(rules.status == 200, "\(rules.text)")
            try await body(Bench(admin: admin, mint: mint))
        }
    }

    private static let policy = #"{"version":3,"devices":{"custom_data":{"region":"emea"}},"sessions":{},"push":{}}"#
    private static let rule =
        #"{"source":"salesforce","match":{"permissionSet":"Support Tier 1"},"role":"agent","policy":\#(policy)}"#

    /// The token of somebody in an org who is assigned `sets`.
    private static func token(_ sets: String, email: String = "ann@example.com", user: Int = 1) throws -> String {
        let salesforce = """
            {"organizationId":"00D000000000001","userId":"00500000000000\(user)","emailVerified":true,"isActive":true,\
            "userType":"Standard","permissionSets":[\(sets)]}
            """
        return try TokenMaker().token([
            "sub": "\"\(email)\"", "salesforce": salesforce, "displayName": #""Ann Agent""#, "jti": #""j1""#,
        ])
    }

    private static let tier1 = #""Support Tier 1""#
    private static let beside = #""token_source":"postMessage""#

    @Test("has the role, the policy and the name that the decision about the token gave, and says which one it was")
    func follows() async throws {
        try await Self.run { bench in
            let answer = try bench.order(
                #""token":"\#(try Self.token(Self.tier1))",\#(Self.beside),"page":"connect","navigation":"none","#
                    + #""record":{"type":"Case","fields":{"ContactEmail":"jane@b.example"}}"#)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer["cache-control"] == "no-store")
            #expect(
                try answer.json["url"]
                    == .string(
                        "https://cobrowse.io/connect?token_source=postMessage&filter_user_email=jane%40b.example&navigation=none"
                    ))
            #expect(try answer.json["warnings"] == .array([]))
            let claims = try bench.claims(answer)
            #expect(claims["sub"] == .string("ann@example.com") && claims["displayName"] == .string("Ann Agent"))
            #expect(claims["role"] == .string("agent"))
            #expect(try claims["policy"] == JSONValue(parsing: Self.policy.utf8))
            let decision = try #require(answer["x-decision-id"])
            #expect(claims["jti"] == .string(decision))
            #expect(claims["exp"]?.integerValue == TokenMaker.now.seconds + 900)
            #expect(claims["client_id"]?.stringValue?.hasPrefix("tok_") == true)
            let account = try #require(claims["accountId"]?.stringValue)
            #expect(try bench.admin.get("/accounts/\(account)").json["email"] == .string("ann@example.com"))
            #expect(try bench.admin.get("/decisions/\(decision)").json["outcome"] == .string("allow"))
            let mints = try bench.mints()
            #expect(mints.count == 1 && mints.first?["decisionId"] == .string(decision))
            let log = bench.admin.test.log.lines.joined()
            #expect(!log.contains("b.example") && !log.contains("eyJ"))
        }
    }

    @Test("ends with what the decision was made for, and lives for as long as is asked for up to that")
    func lives() async throws {
        try await Self.run { bench in
            let ending = #"{"name":"Support Tier 1","expirationDate":"2027-01-15T08:05:00Z"}"#
            let rows: [(sets: String, more: String, life: Int64)] = [
                (ending, "", 300), (ending, #","expiresIn":3600"#, 300), (ending, #","expiresIn":60"#, 60),
                (Self.tier1, #","expiresIn":3600"#, 3600),
            ]
            for row in rows {
                let answer = try bench.order(#""token":"\#(try Self.token(row.sets))",\#(Self.beside)\#(row.more)"#)
                #expect(try bench.claims(answer)["exp"]?.integerValue == TokenMaker.now.seconds + row.life)
            }
        }
    }

    @Test("of a token that it made lives no longer than that one, however often it is asked for")
    func prolonged() async throws {
        try await Self.run { bench in
            let first = try bench.order(#""token":"\#(try Self.token(Self.tier1))",\#(Self.beside),"expiresIn":90"#)
            let token = try #require(try first.json["token"]?.stringValue)
            let end = try bench.claims(first)["exp"]
            let again = try bench.order(#""token":"\#(token)",\#(Self.beside),"expiresIn":3600"#)
            #expect(try bench.claims(again)["exp"] == end && end?.integerValue == TokenMaker.now.seconds + 90)
        }
    }

    @Test("keeps what the token itself takes away: a policy in the place of a role")
    func ownPolicy() async throws {
        try await Self.run { bench in
            let own = #"{"version":3,"sessions":{"id":"s1"}}"#
            let token = try TokenMaker().token(["role": "null", "policy": own])
            let claims = try bench.claims(try bench.order(#""token":"\#(token)",\#(Self.beside)"#))
            #expect(try claims["role"] == .null && claims["policy"] == JSONValue(parsing: own.utf8))
        }
    }

    @Test("is refused for a token as a login by it is, with a decision, and then nothing is signed")
    func refusals() async throws {
        try await Self.run(["superusers": "root@.*"]) { bench in
            let maker = try TokenMaker()
            let rows: [(token: String, status: Int)] = [
                (try Self.token(""), 403), (try Self.token(#""Other""#), 403),
                (try Self.token(Self.tier1, email: "root@example.com"), 403),
                (try TokenMaker(.other).token(), 422), (try maker.token(["exp": "1800000000"]), 422),
                (try maker.token(["aud": #""https://example.com""#]), 422), ("x", 422),
            ]
            for row in rows {
                let login = try bench.admin.test.verify(row.token)
                let answer = try bench.order(#""token":"\#(row.token)""#)
                #expect(answer.status == row.status, "\(answer.text)")
                for member in ["code", "detail", "hint"] {
                    #expect(try answer.json[member] == login.json[member], "\(answer.text)")
                }
                // What is wrong with the agent's token says nothing about the API token.
                #expect(answer["www-authenticate"] == nil)
                let id = try #require(try answer.json["decisionId"]?.stringValue, "\(answer.text)")
                #expect(answer["x-decision-id"] == id)
                guard row.token != "x" else { continue }
                #expect(try bench.admin.get("/decisions/\(id)").json["code"] == login.json["code"])
            }
            #expect(try bench.mints().isEmpty)
        }
    }

    @Test("is refused for whom an administrator has shut out")
    func shutOut() async throws {
        try await Self.run { bench in
            func order(_ email: String) throws -> RawResponse {
                let token = try Self.token(Self.tier1, email: email, user: email == "ann@example.com" ? 1 : 2)
                return try bench.order(#""token":"\#(token)",\#(Self.beside)"#)
            }
            let account = try #require(try bench.claims(try order("ann@example.com"))["accountId"]?.stringValue)
            let change = try bench.admin.call("PATCH", "/accounts/\(account)", json: #"{"status":"disabled"}"#)
            #expect(change.status == 200)
            #expect(try order("ann@example.com").verdict == "403 account_disabled")
            #expect(try order("bea@example.com").status == 200)
            #expect(try bench.admin.call("POST", "/revocations", json: #"{"tokenId":"j1"}"#).status == 201)
            #expect(try order("bea@example.com").verdict == "422 token_revoked")
        }
    }

    @Test("is not judged for a token of another tenant, whose decision it would be")
    func otherTenant() async throws {
        try await Self.run { bench in
            try await ServiceUnderTest.addTenant("second", to: bench.admin.test.configuration)
            let token = try TokenMaker().token(["iss": #""second""#])
            let answer = try bench.order(#""token":"\#(token)""#)
            #expect(answer.verdict == "422 issuer_unknown" && answer["x-decision-id"] == nil, "\(answer.text)")
            let superuser = try await bench.admin.test.apiToken(.superuser)
            let decisions = try bench.admin.test.call("GET", "/api/1/tenants/second/decisions", token: superuser)
            #expect(try decisions.json["items"] == .array([]), "\(decisions.text)")
        }
    }

    @Test("takes an address with a policy in the place of a token, and never both; the record is looked at first")
    func members() async throws {
        try await Self.run { bench in
            let answer = try bench.order(
                #""email":"cai@example.com","role":null,"policy":\#(Self.policy),"page":"connect",\#(Self.beside)"#)
            let claims = try bench.claims(answer)
            #expect(try claims["role"] == .null && claims["policy"] == JSONValue(parsing: Self.policy.utf8))
            #expect(claims["accountId"] == nil && answer["x-decision-id"] == nil)
            #expect(try answer.json["warnings"]?.arrayValue?.count == 1)
            let token = #""token":"\#(try Self.token(Self.tier1))""#
            let rows = [
                ("", "email: is missing"), (token + #","email":"cai@example.com""#, "email"),
                (token + #","role":"administrator""#, "role"), (token + #","policy":\#(Self.policy)"#, "policy"),
                (token + #","displayName":"Ann""#, "displayName"), (#""token":"""#, "token"), (#""token":7"#, "token"),
                (token + #","expiresIn":"1""#, "expiresIn"), (token + #","page":"session""#, "page"),
                (token + #","token_source":"header""#, "token_source"), (token + #","navigation":"no""#, "navigation"),
                (token + #","lng":"de_DE""#, "lng"), (token + #","record":null"#, "record"),
                (token + #","record":{"type":"Case"}"#, "record.fields"),
                (token + #","filter_user_email":"a""#, "filter_user_email"),
                (#""email":"cai@example.com","policy":{"version":2}"#, "policy.version"),
                (#""email":"cai@example.com","role":null"#, "role"),
                (token + #","record":{"type":"Lead","fields":{"Email":"a"}}"#, "not mapped"),
            ]
            for (members, word) in rows {
                let answer = try bench.order(members)
                #expect(answer.verdict == "422 configuration_invalid" && answer.text.contains(word), "\(answer.text)")
            }
            let empty = token + #","record":{"type":"Case","fields":{"ContactEmail":null}}"#
            #expect(try bench.order(empty).verdict == "422 not_found")
            #expect(try bench.mints().count == 1)
            // Nobody was judged for a page that is not shown: the one decision is about the token that was signed.
            #expect(try bench.admin.get("/decisions").json["items"]?.arrayValue?.count == 1)
        }
    }

    @Test("is for API tokens that mint, and for nobody else")
    func access() async throws {
        try await Self.run { bench in
            let agent = try Self.token(Self.tier1)
            for token in [bench.admin.token, agent] {
                let answer = try bench.admin.test.call(
                    "POST", Administrator.root + "/embed", token: token, json: #"{"token":"\#(agent)"}"#)
                #expect(answer.verdict == "403 forbidden", "\(answer.text)")
            }
            #expect(try bench.order(#""token":"\#(agent)""#).status == 200)
        }
    }
}
