import AuthService
import BridgeCore
import BridgeService
import BridgeTesting
import HTTPMessage
import Testing

@Suite("Connections over HTTP", .blocking)
struct ConnectionAdministrationTests {
    private static let path = "/connections/dynamics"

    private static func run(
        _ settings: [String: String] = [:], _ body: (Administrator, FakeMicrosoft) async throws -> Void
    ) async throws {
        let microsoft = FakeMicrosoft()
        try await Administrator.run(settings, sender: microsoft) { administrator in
            try await body(administrator, microsoft)
        }
    }

    private static func stages(_ answer: RawResponse) throws -> [String] {
        try #require(try answer.json["stages"]?.arrayValue).map { stage in
            let code = stage["code"]?.stringValue.map { " \($0)" } ?? ""
            return "\(stage["name"]?.stringValue ?? "") \(stage["ok"] == .bool(true))\(code)"
        }
    }

    @Test("are tested, then saved, and shown without their secret")
    func saves() async throws {
        try await Self.run { administrator, _ in
            let put = try administrator.call("PUT", Self.path, json: FakeMicrosoft.draft())
            #expect(put.status == 200, "\(put.text)")
            #expect(try put.json["saved"] == .bool(true))
            #expect(try Self.stages(put) == ["input", "token", "probe", "roles", "users"].map { "\($0) true" })
            let get = try administrator.get(Self.path)
            #expect(get["etag"] == put["etag"] && get["etag"] != nil)
            let document = try get.json
            #expect(document["clientSecret"] == .string("***") && document["validated"] == .bool(true))
            #expect(document["organizationId"] == .string(FakeMicrosoft.tenant))
            #expect(document["consent"] == .string("outstanding"))
            let entry = try administrator.lastEntry()
            #expect(entry["action"] == .string("connection.create"))
            #expect(entry["after"]?["clientSecret"] == .string("***"))
            for text in [put.text, get.text, try administrator.get("/audit?limit=500").text] {
                #expect(!text.contains(FakeMicrosoft.secret))
            }
            #expect(!administrator.test.log.lines.contains { $0.contains(FakeMicrosoft.secret) })
        }
    }

    @Test("answer 422 with the stages where one fails, and keep what was there")
    func fails() async throws {
        try await Self.run { administrator, microsoft in
            let wrong = try administrator.call(
                "PUT", Self.path, json: FakeMicrosoft.draft(["clientSecret": "\"wrong\""]))
            #expect(wrong.status == 422 && wrong["content-type"] == "application/json")
            #expect(try wrong.json["saved"] == .bool(false))
            #expect(try Self.stages(wrong) == ["input true", "token false credentials_rejected"])
            #expect(
                try wrong.json["stages"]?.arrayValue?.last?["fixedBy"] == .string("tenant administrator"))
            #expect(try administrator.get(Self.path).verdict == "404 not_found")

            let saved = try administrator.call("PUT", Self.path, json: FakeMicrosoft.draft())
            microsoft.set("WhoAmI", .json(403, #"{"error":{"code":"0x80072560","message":"no"}}"#))
            let refused = try administrator.call("PUT", Self.path, json: #"{"mailboxApproval":"not-used"}"#)
            #expect(
                try Self.stages(refused) == ["input true", "token true", "probe false application_user_missing"])
            #expect(try administrator.get(Self.path)["etag"] == saved["etag"])
        }
    }

    @Test("take a new secret alone, tested before it takes the old one's place (S2-31)")
    func rotation() async throws {
        try await Self.run { administrator, microsoft in
            _ = try administrator.call("PUT", Self.path, json: FakeMicrosoft.draft())
            let wrong = try administrator.call("PUT", Self.path, json: #"{"clientSecret":"wrong"}"#)
            #expect(wrong.status == 422)
            #expect(try administrator.call("POST", "\(Self.path)/test", json: "{}").status == 200)
            #expect(microsoft.requests.last { $0.body != nil }?.formFields["client_secret"] == FakeMicrosoft.secret)
            #expect(
                try administrator.call(
                    "PUT", Self.path, json: #"{"clientSecret":"rotated","secretExpiresAt":"2027-03-01"}"#
                ).status == 200)
            _ = try administrator.call("POST", "\(Self.path)/test", json: "{}")
            #expect(microsoft.requests.last { $0.body != nil }?.formFields["client_secret"] == "rotated")
            #expect(try administrator.get(Self.path).json["secretExpiresAt"] == .string("2027-03-01T23:59:59Z"))
        }
    }

    @Test("are what their own document says when it is sent back")
    func roundTrip() async throws {
        try await Self.run { administrator, microsoft in
            _ = try administrator.call(
                "PUT", Self.path, json: FakeMicrosoft.draft(["secretExpiresAt": "\"2027-03-01\""]))
            let document = try administrator.get(Self.path)
            let again = try administrator.call(
                "PUT", Self.path, json: document.text, fields: ["If-Match: \(document["etag"] ?? "")"])
            #expect(again.status == 200, "\(again.text)")
            #expect(microsoft.requests.last { $0.body != nil }?.formFields["client_secret"] == FakeMicrosoft.secret)
            #expect(try administrator.get(Self.path).json["secretExpiresAt"] == (try document.json["secretExpiresAt"]))
        }
    }

    @Test("are changed for who knows what is there")
    func conditions() async throws {
        try await Self.run { administrator, microsoft in
            let none = try administrator.call(
                "PUT", Self.path, json: FakeMicrosoft.draft(), fields: ["If-Match: *"])
            #expect(none.verdict == "412 conflict")
            let first = try administrator.call("PUT", Self.path, json: FakeMicrosoft.draft())
            #expect(try administrator.call("PUT", Self.path, json: FakeMicrosoft.draft()).status == 200)
            let count = microsoft.requests.count
            for method in ["PUT", "DELETE"] {
                let json = method == "PUT" ? FakeMicrosoft.draft() : nil
                let stale = try administrator.call(
                    method, Self.path, json: json, fields: ["If-Match: \(first["etag"] ?? "")"])
                #expect(stale.verdict == "412 conflict")
            }
            // Who is refused for that asks nobody.
            #expect(microsoft.requests.count == count)
            let tag = try #require(try administrator.get(Self.path)["etag"])
            #expect(try administrator.call("DELETE", Self.path, fields: ["If-Match: \(tag)"]).status == 204)
            #expect(try administrator.call("DELETE", Self.path).verdict == "404 not_found")
        }
    }

    @Test("stand side by side, one an environment (S4-31, S4-32)")
    func several() async throws {
        try await Self.run { administrator, _ in
            _ = try administrator.call("PUT", "\(Self.path)/default", json: FakeMicrosoft.draft())
            let apac = FakeMicrosoft.draft(["environmentUrl": "\"https://acme.crm5.dynamics.com\""])
            #expect(try administrator.call("PUT", "\(Self.path)/apac", json: apac).status == 200)
            #expect(try administrator.call("PUT", "\(Self.path)/third", json: apac).verdict == "409 conflict")
            #expect(try administrator.get(Self.path).json["environmentUrl"] == .string(FakeMicrosoft.url))
            let list = try administrator.get("/connections?limit=1").json
            #expect(list["items"]?.arrayValue?.map { $0["name"] } == [.string("apac")])
            let cursor = try #require(list["next"]?.stringValue)
            let rest = try administrator.get("/connections?cursor=\(cursor)").json
            #expect(rest["items"]?.arrayValue?.map { $0["name"] } == [.string("default")] && rest["next"] == .null)
            #expect(rest["items"]?.arrayValue?.first?["kind"] == .string("dynamics"))
            for name in ["EMEA", "a%2Fb", "test", "consent"] {
                #expect(try administrator.get("\(Self.path)/\(name)").verdict == "404 not_found", "\(name)")
            }
        }
    }

    @Test("of another tenant, and for another scope, are out of reach")
    func scopes() async throws {
        try await Self.run { administrator, microsoft in
            let test = administrator.test
            _ = try await ServiceUnderTest.withStore(test.configuration) { store in
                try await store.insert(try .example("second"))
            }
            let mint = try await test.apiToken(.mint(try .example(TokenMaker.license)))
            for (path, token) in [
                ("/api/1/tenants/second\(Self.path)", administrator.token), (Administrator.root + Self.path, mint),
            ] {
                for (method, json) in [("GET", nil), ("DELETE", nil), ("PUT", FakeMicrosoft.draft())] {
                    #expect(try test.call(method, path, token: token, json: json).verdict == "403 forbidden")
                }
            }
            #expect(try test.call("GET", Administrator.root + Self.path, token: nil).verdict == "401 unauthenticated")
            #expect(microsoft.requests.isEmpty)
        }
    }

    @Test("use the operator's client where they have none, until the operator exchanges it (S0-30)")
    func operatorsClient() async throws {
        let settings = [
            "dynamics__client_id": FakeMicrosoft.client, "dynamics__client_secret": FakeMicrosoft.secret,
        ]
        try await Self.run(settings) { administrator, _ in
            let draft = #"{"tenantId":"\#(FakeMicrosoft.tenant)","environmentUrl":"\#(FakeMicrosoft.url)"}"#
            #expect(try administrator.call("PUT", Self.path, json: draft).status == 200)
            let document = try administrator.get(Self.path).json
            #expect(document["clientId"] == .null && document["validated"] == .bool(true))
            #expect(document["clientSecret"] == nil)
        }
    }

    @Test("are sealed with the master key, which can be exchanged")
    func masterKey() async throws {
        try await Self.run { administrator, microsoft in
            _ = try administrator.call("PUT", Self.path, json: FakeMicrosoft.draft())
            let configuration = administrator.test.configuration
            let outcome = try await ServiceUnderTest.withStore(configuration) { store in
                try await MasterKeyRotation.run(
                    store, masterKeyFile: configuration.masterKeyFile, by: Actor("cli:test"), now: TokenMaker.now)
            }
            #expect(outcome.recordCount == 2)
            #expect(try administrator.call("POST", "\(Self.path)/test", json: "{}").status == 200)
            #expect(microsoft.requests.last { $0.body != nil }?.formFields["client_secret"] == FakeMicrosoft.secret)
        }
    }

    @Test("name everything that is wrong with what was sent, and what is no member")
    func input() async throws {
        try await Self.run { administrator, microsoft in
            let empty = try administrator.call("PUT", Self.path, json: "{}")
            #expect(empty.status == 422)
            let detail = try empty.json["stages"]?.arrayValue?.first?["detail"]?.stringValue ?? ""
            for member in ["tenantId", "clientId", "clientSecret", "environmentUrl"] {
                #expect(detail.contains("\(member): is missing"), "\(detail)")
            }
            let odd = try administrator.call("PUT", Self.path, json: #"{"clientID":"x"}"#)
            #expect(odd.verdict == "422 configuration_invalid" && odd.text.contains("did you mean clientId?"))
            let typed = try administrator.call("PUT", Self.path, json: #"{"clientId":1}"#)
            #expect(typed.verdict == "422 configuration_invalid")
            #expect(microsoft.requests.isEmpty)
        }
    }
}
