import AuthService
import BridgeCore
import BridgeCrypto
import BridgeService
import BridgeTesting
import Testing

@testable import BridgeService

@Suite("A change over HTTP", .blocking)
struct AdministrationChangeTests {
    @Test("is in the audit trail with who made it, in which request, and what was there before")
    func audited() async throws {
        try await Administrator.run { admin in
            #expect(try admin.test.verify(try TokenMaker().token()).status == 200)
            let account = try #require(try admin.get("/accounts").json["items"]?.arrayValue?.first?["id"]?.stringValue)
            let pem = String(decoding: try KeyFixture.renewed.certificateFile.bytes(), as: UTF8.self)
            let document = try admin.get("").text.replacing("24h", with: "8h")
            var writer = JSONWriter()
            writer.object { $0.member("material", pem) }
            let any = "If-Match: *"
            for (method, path, json, action) in [
                ("POST", "/keys", writer.text, "key.import"),
                ("DELETE", "/keys/\(try KeyFixture.renewed.publicKey.thumbprint)", nil, "key.remove"),
                ("PUT", "", document, "tenant.apply"), ("PUT", "/rules", #"{"rules":[]}"#, "tenant.apply"),
                ("PUT", "/recordMapping", #"{"Lead":{"Email":"user_email"}}"#, "tenant.apply"),
                ("PATCH", "/accounts/\(account)", #"{"status":"disabled"}"#, "account.disable"),
                ("PATCH", "/accounts/\(account)", #"{"status":"active"}"#, "account.enable"),
                ("POST", "/revocations", #"{"email":"eve@example.com"}"#, "token.revoke"),
            ] as [(String, String, String?, String)] {
                let id = "request-\(action)-\(path.utf8.count)"
                let answer = try admin.call(method, path, json: json, fields: [any, "X-Request-Id: \(id)"])
                #expect((200...204).contains(answer.status), "\(action) \(answer.text)")
                #expect(answer["x-request-id"] == id)
                let entries = try admin.get("/audit?action=\(action)&limit=1").json["items"]?.arrayValue
                let entry = try #require(entries?.first, "\(action)")
                #expect(entry["requestId"] == .string(id))
                #expect(entry["actor"]?.stringValue?.hasPrefix("token:tok_") == true)
                #expect(entry["before"] != nil || entry["after"] != nil)
            }
            let intact = try await ServiceUnderTest.withStore(admin.test.configuration) { store in
                try await store.auditRecords(after: 0, limit: 1_000).count
            }
            #expect(intact > 8)
        }
    }

    @Test("of the document is told to the second of two writers")
    func stale() async throws {
        try await Administrator.run { admin in
            let first = try admin.get("")
            let tag = try #require(first["etag"])
            let changed = first.text.replacing("24h", with: "8h")
            let put = try admin.call("PUT", "", json: changed, fields: ["If-Match: \(tag)"])
            #expect(put.status == 200 && put["etag"] != tag)
            #expect(try put.json["tokenLifetime"] == .string("8h"))
            let second = try admin.call("PUT", "", json: first.text, fields: ["If-Match: \(tag)"])
            #expect(second.verdict == "412 conflict")
            let rules = try admin.call("PUT", "/rules", json: "[]", fields: ["If-Match: \(tag)"])
            #expect(rules.verdict == "412 conflict")
            let read = try admin.get("")
            #expect(read["etag"] == put["etag"] && read.text == put.text)
            // What changes nothing keeps its version.
            let again = try admin.call("PUT", "", json: changed, fields: ["If-Match: \(put["etag"] ?? "")"])
            #expect(again.status == 200 && again["etag"] == put["etag"])
        }
    }

    @Test("of the rules that a rule test forbids is not made, and the failing tests are named")
    func ruleTests() async throws {
        try await Administrator.run { admin in
            let rule = #"{"source":"salesforce","match":{"profile":"Support"},"role":"agent"}"#
            let tests = #"""
                [{"name":"supervisors","salesforce":{"profile":"Support"},"expect":"administrator"},
                 {"name":"support","salesforce":{"profile":"Support"},"expect":"agent"}]
                """#
            let before = try admin.get("/rules")
            let answer = try admin.call(
                "PUT", "/rules", json: #"{"rules":[\#(rule)],"ruleTests":\#(tests)}"#, fields: ["If-Match: *"])
            #expect(answer.verdict == "422 configuration_invalid")
            let failed = try answer.json["failedRuleTests"]?.arrayValue
            #expect(failed?.count == 1)
            #expect(failed?.first?["name"] == .string("supervisors"))
            #expect(failed?.first?["actual"] == .string("agent"))
            let after = try admin.get("/rules")
            #expect(after.text == before.text && after["etag"] == before["etag"])
        }
    }

    @Test("counts for the next request: rules, lifetimes, accounts, revocations, removed tenants")
    func immediate() async throws {
        try await Administrator.run { admin in
            let test = admin.test
            let maker = try TokenMaker()
            let token = try maker.token(["salesforce": #"{"emailVerified":true,"profile":"Support"}"#, "role": nil])
            let plain = try maker.token(["sub": #""bob@example.com""#])
            #expect(try test.verify(token).status == 403)
            let rule = #"{"source":"salesforce","match":{"profile":"Support"},"role":"agent"}"#
            #expect(try admin.call("PUT", "/rules", json: "[\(rule)]", fields: ["If-Match: *"]).status == 200)
            for _ in 0..<2 { #expect(try test.verify(token).status == 200) }
            #expect(try admin.call("PUT", "/rules", json: "[]", fields: ["If-Match: *"]).status == 200)
            #expect(try test.verify(token).verdict == "403 role_missing")

            for _ in 0..<2 { #expect(try test.verify(plain).status == 200) }
            let accounts = try admin.get("/accounts?email=bob@example.com").json["items"]?.arrayValue
            let id = try #require(accounts?.first?["id"]?.stringValue)
            #expect(try admin.call("PATCH", "/accounts/\(id)", json: #"{"status":"disabled"}"#).status == 200)
            #expect(try test.verify(plain).status != 200)

            let other = try maker.token(["sub": #""cai@example.com""#, "jti": #""j1""#])
            for _ in 0..<2 { #expect(try test.verify(other).status == 200) }
            #expect(try admin.call("POST", "/revocations", json: #"{"tokenId":"j1"}"#).status == 201)
            #expect(try test.verify(other).verdict == "401 token_revoked")

            let last = try maker.token(["sub": #""dee@example.com""#])
            for _ in 0..<2 { #expect(try test.verify(last).status == 200) }
            let superuser = try await test.apiToken(.superuser)
            #expect(try test.call("DELETE", Administrator.root, token: superuser).status == 204)
            #expect(try test.verify(last).verdict == "401 issuer_unknown")
            #expect(try admin.get("").verdict == "401 unauthenticated")
        }
    }

    @Test("that is none, or another tenant's, leaves answers as they are")
    func kept() async throws {
        try await Administrator.run { admin in
            let test = admin.test
            let superuser = try await test.apiToken(.superuser)
            try await test.restart()
            let token = try TokenMaker().token()
            // An answer that is made anew has another decision. One connection: each loop makes its own.
            let client = try test.client()
            let decision = { () throws -> String in
                client.send(ServiceUnderTest.request("POST", "/api/1/sso/verify", body: #"{"token":"\#(token)"}"#))
                return try #require(try client.response()["x-decision-id"])
            }
            for _ in 0..<2 { _ = try decision() }
            let id = try decision()
            #expect(try decision() == id)
            let revocation = #"{"tokenId":"j1","issuedBefore":"\#(TokenMaker.now)"}"#
            let pem = String(decoding: try KeyFixture.cobrowse.certificateFile.bytes(), as: UTF8.self)
            var writer = JSONWriter()
            writer.object { $0.member("material", pem) }
            let account = try #require(try test.verify(token).json["account"]?["id"]?.stringValue)
            let document = try admin.get("").text
            #expect(try admin.call("POST", "/revocations", json: revocation).status == 201)
            let after = try decision()
            #expect(after != id)
            for (method, path, json) in [
                ("POST", "/revocations", revocation), ("POST", "/keys", writer.text),
                ("PATCH", "/accounts/\(account)", #"{"status":"active"}"#), ("PUT", "", document),
            ] {
                let answer = try admin.call(method, path, json: json, fields: ["If-Match: *"])
                #expect((200...201).contains(answer.status), "\(path) \(answer.text)")
                #expect(try decision() == after, "\(path)")
            }
            let created = try test.call(
                "POST", "/api/1/tenants", token: superuser, json: #"{"license":"other"}"#)
            #expect(created.status == 201)
            for (method, path, json) in [
                ("POST", "/keys", writer.text), ("POST", "/revocations", #"{"all":true}"#), ("DELETE", "", nil),
            ] as [(String, String, String?)] {
                let answer = try test.call(method, "/api/1/tenants/other\(path)", token: superuser, json: json)
                #expect((200...204).contains(answer.status), "\(path) \(answer.text)")
                #expect(try decision() == after, "\(path)")
            }
        }
    }

    @Test("of a tenant that came back is not made with the ETag of the one before")
    func comingBack() async throws {
        try await Administrator.run { admin in
            let superuser = try await admin.test.apiToken(.superuser)
            let tag = try #require(try admin.get("")["etag"])
            let remove = { (fields: [String]) in
                try admin.test.call("DELETE", Administrator.root, token: superuser, fields: fields)
            }
            #expect(try remove([#"If-Match: "77""#]).verdict == "412 conflict")
            #expect(try remove(["If-Match: \(tag)"]).status == 204)
            let created = try admin.test.call(
                "POST", "/api/1/tenants", token: superuser, json: #"{"license":"acme-test"}"#)
            #expect(created.status == 201 && created["etag"] != tag)
            #expect(try remove(["If-Match: \(tag)"]).verdict == "412 conflict")
            #expect(try remove(["If-Match: \(created["etag"] ?? "")"]).status == 204)
        }
    }

    @Test("gives the address of a disabled account free: a user who was made again gets an account")
    func releaseAddress() async throws {
        try await Administrator.run { admin in
            let token = { (user: String) in
                try TokenMaker().token([
                    "salesforce": """
                    {"emailVerified":true,"organizationId":"00D000000000001","userId":"\(user)",
                     "permissionSets":["Cobrowse.io Agent"]}
                    """, "iat": "\(TokenMaker.now.seconds)",
                ])
            }
            let (old, new) = (try token("005000000000001"), try token("005000000000002"))
            let account = try #require(try admin.test.verify(old).json["account"]?["id"]?.stringValue)
            let refused = try admin.test.verify(new)
            #expect(refused.verdict == "403 account_link_conflict")
            #expect(try refused.json["hint"]?.stringValue?.contains("--release-address") == true)
            let path = "/accounts/\(account)"
            #expect(try admin.call("PATCH", path, json: #"{"releaseAddress":true}"#).verdict == "409 conflict")
            let json = #"{"status":"disabled","releaseAddress":true}"#
            let released = try admin.call("PATCH", path, json: json)
            #expect(released.status == 200)
            #expect(try released.json["email"] == .string("\(account)@released.invalid"))
            let again = try admin.test.verify(new)
            #expect(again.status == 200)
            #expect(try again.json["account"]?["id"] != .string(account))
            #expect(try admin.test.verify(old).verdict == "403 account_disabled")
        }
    }

    @Test("of an account never takes the last administrator")
    func lastAdministrator() async throws {
        try await Administrator.run { admin in
            let boss = try TokenMaker().token(["role": #""administrator""#])
            let account = try admin.test.verify(boss).json["account"]
            let path = "/accounts/\(account?["id"]?.stringValue ?? "")"
            for json in [#"{"role":"agent"}"#, #"{"status":"disabled"}"#] {
                #expect(try admin.call("PATCH", path, json: json).verdict == "409 conflict")
            }
            #expect(try admin.get(path).json["role"] == .string("administrator"))
        }
    }

    @Test("may be a token signed by the bridge, which verifies here and is in the audit trail without itself")
    func minted() async throws {
        try await Administrator.run(["superusers": "root@example\\.com"]) { admin in
            let test = admin.test
            let mint = try await test.apiToken(.mint(try .example(TokenMaker.license)))
            let body = { (email: String) in #"{"license":"acme-test","email":"\#(email)","role":"agent"}"# }
            let answer = try test.call("POST", "/api/1/tokens", token: mint, json: body("cai@example.com"))
            #expect(answer.status == 201)
            #expect(answer["cache-control"] == "no-store")
            let token = try #require(try answer.json["token"]?.stringValue)
            #expect(try test.verify(token).json["account"]?["email"] == .string("cai@example.com"))
            let entry = try #require(try admin.get("/audit?action=token.mint").json["items"]?.arrayValue?.first)
            #expect(entry["account"] == .string("cai@example.com"))
            #expect(try !admin.get("/audit").text.contains(token))
            let refused = try test.call("POST", "/api/1/tokens", token: mint, json: body("root@example.com"))
            #expect(refused.verdict == "403 email_not_allowed")
            let others = try test.call("POST", "/api/1/tokens", token: admin.token, json: body("c@d.ef"))
            #expect(others.verdict == "403 forbidden")
        }
    }
}

@Suite("Refused logins", .blocking)
struct RefusalLimitTests {
    @Test("are answered with how long to wait after too many, and written down no more; good ones are not held up")
    func limited() async throws {
        try await Administrator.run { admin in
            let test = admin.test
            let bad = try TokenMaker().token(["exp": "1800000000"])
            for _ in 0..<30 {
                #expect(try test.verify(bad).verdict == "401 token_expired")
                #expect(try test.authorize(bad).verdict == "401 token_expired")
            }
            let count = { try admin.get("/decisions?limit=500").json["items"]?.arrayValue?.count }
            #expect(try count() == 60)
            for answer in [try test.verify(bad), try test.authorize(bad), try test.verify("x")] {
                #expect(answer.verdict == "429 rate_limited")
                #expect(answer["retry-after"].flatMap { Int($0) } ?? 0 >= 1)
            }
            #expect(try count() == 60)
            for _ in 0..<3 { #expect(try test.verify(try TokenMaker().token()).status == 200) }
            // Guessing at the administration counts, too; whoever has a token is served.
            let unknown = "cbsso_" + String(repeating: "A", count: 43)
            for token in [unknown, "x", bad] {
                #expect(try test.call("GET", Administrator.root, token: token).verdict == "429 rate_limited")
            }
            #expect(try test.call("GET", Administrator.root, token: nil).verdict == "401 unauthenticated")
            #expect(try admin.get("").status == 200)
        }
    }
}
