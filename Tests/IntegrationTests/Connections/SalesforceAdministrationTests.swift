import AuthService
import BridgeCore
import BridgeCrypto
import BridgeService
import BridgeTesting
import HTTPMessage
import Testing

@Suite("Connections to Salesforce over HTTP", .blocking)
struct SalesforceAdministrationTests {
    private static let path = "/connections/salesforce"
    private static let keys = Result {
        [try RSAPrivateKey.generate(bits: 2048), try RSAPrivateKey.generate(bits: 2048)]
    }

    private static func key(_ number: Int = 0) throws -> RSAPrivateKey { try keys.get()[number] }

    /// A body of `PUT`, with the members that `changes` replaces, as JSON; an empty one leaves its member out.
    static func draft(_ changes: [String: String] = [:]) throws -> String {
        let members = [
            "loginUrl": quoted(FakeOrg.login), "clientId": quoted(FakeOrg.clientID),
            "clientSecret": quoted(FakeOrg.secret), "clientKey": quoted(try pem()),
            "integrationUsername": quoted(FakeOrg.username),
        ].merging(changes) { $1 }.filter { !$0.value.isEmpty }
        return "{" + members.map { "\"\($0.key)\":\($0.value)" }.sorted().joined(separator: ",") + "}"
    }

    private static func pem(_ number: Int = 0) throws -> String {
        String(decoding: try key(number).exportPEM().copiedBytes, as: UTF8.self)
    }

    private static func quoted(_ text: String) -> String { "\"\(text.replacing("\n", with: "\\n"))\"" }

    private static func certificate(_ number: Int = 0) throws -> String {
        try Certificate.selfSigned(
            by: key(number), commonName: "bridge", start: TokenMaker.now.adding(seconds: -60), days: 365
        ).pem
    }

    private static func run(
        _ settings: [String: String] = [:], _ body: (Administrator, FakeOrg) async throws -> Void
    ) async throws {
        let org = FakeOrg()
        try await Administrator.run(settings, sender: org) { administrator in try await body(administrator, org) }
    }

    private static func stages(_ answer: RawResponse) throws -> [String] {
        try #require(try answer.json["stages"]?.arrayValue).map { stage in
            let code = stage["code"]?.stringValue.map { " \($0)" } ?? ""
            return "\(stage["name"]?.stringValue ?? "") \(stage["ok"] == .bool(true))\(code)"
        }
    }

    @Test("are tested, then saved, and shown without secret and key")
    func saves() async throws {
        try await Self.run { administrator, _ in
            let test = try administrator.call("POST", "\(Self.path)/test", json: try Self.draft())
            #expect(test.status == 200, "\(test.text)")
            #expect(try test.json["saved"] == .bool(false))
            #expect(try administrator.get(Self.path).verdict == "404 not_found")
            let put = try administrator.call("PUT", Self.path, json: try Self.draft())
            #expect(put.status == 200, "\(put.text)")
            #expect(
                try Self.stages(put)
                    == ["input", "token", "organization", "permissionSets", "emails"].map { "\($0) true" })
            let get = try administrator.get(Self.path)
            #expect(get["etag"] == put["etag"] && get["etag"] != nil)
            let document = try get.json
            #expect(document["clientSecret"] == .string("***") && document["clientKey"] == .string("***"))
            #expect(document["organizationId"] == .string(FakeOrg.organization))
            #expect(document["validated"] == .bool(true) && document["consent"] == nil)
            let entry = try administrator.lastEntry()
            #expect(entry["action"] == .string("connection.create"))
            #expect(entry["after"]?["clientKey"] == .string("***"))
            for text in [put.text, get.text, try administrator.get("/audit?limit=500").text] {
                #expect(!text.contains(FakeOrg.secret) && !text.contains("PRIVATE KEY"))
            }
            #expect(!administrator.test.log.lines.contains { $0.contains(FakeOrg.secret) })
        }
    }

    @Test("answer 422 with the stages where one fails, and keep what was there")
    func fails() async throws {
        try await Self.run { administrator, org in
            org.set("token", .oauthError("invalid_grant", "user hasn't approved this consumer"))
            let refused = try administrator.call("PUT", Self.path, json: try Self.draft())
            #expect(refused.status == 422)
            #expect(try refused.json["saved"] == .bool(false))
            #expect(try Self.stages(refused) == ["input true", "token false consent_required"])
            #expect(try administrator.get(Self.path).verdict == "404 not_found")
            org.set("token", FakeOrg.grant())
            let saved = try administrator.call("PUT", Self.path, json: try Self.draft())
            org.set("TwoFactorMethodsInfo", .apiError(400, "INVALID_TYPE"))
            let worse = try administrator.call("PUT", Self.path, json: #"{"clientSecret":"n3w-s3cret"}"#)
            #expect(try Self.stages(worse).last == "emails false security_role_missing")
            #expect(try administrator.get(Self.path)["etag"] == saved["etag"])
        }
    }

    @Test("take a new secret or a new key alone, and lose one by null")
    func rotation() async throws {
        try await Self.run { administrator, org in
            let certificate = Self.quoted(try Self.certificate())
            _ = try administrator.call("PUT", Self.path, json: try Self.draft(["clientCertificate": certificate]))
            let end = try administrator.get(Self.path).json["certificateExpiresAt"]
            #expect(end?.stringValue != nil)
            #expect(try administrator.call("PUT", Self.path, json: #"{"clientSecret":"rotated"}"#).status == 200)
            #expect(try administrator.get(Self.path).json["certificateExpiresAt"] == end)
            let key = "{\"clientKey\":\(Self.quoted(try Self.pem(1)))}"
            #expect(try administrator.call("PUT", Self.path, json: key).status == 200)
            #expect(try administrator.get(Self.path).json["certificateExpiresAt"] == .null)
            let assertion = try #require(org.tokenForms.last?["assertion"])
                .split(separator: ".")
            #expect(
                try Self.key(1).publicKey.isSignature(
                    try #require(Base64URL.decode(assertion[2].utf8)),
                    over: Array("\(assertion[0]).\(assertion[1])".utf8), scheme: .pkcs1))
            #expect(try administrator.call("PUT", Self.path, json: #"{"clientKey":null}"#).status == 200)
            #expect(org.tokenForms.last?["client_secret"] == "rotated")
            let document = try administrator.get(Self.path).json
            #expect(document["clientKey"] == .null && document["clientSecret"] == .string("***"))
            let neither = try administrator.call("PUT", Self.path, json: #"{"clientSecret":null}"#)
            #expect(try Self.stages(neither) == ["input false configuration_invalid"])
        }
    }

    @Test("are what their own document says when it is sent back")
    func roundTrip() async throws {
        try await Self.run { administrator, org in
            let certificate = Self.quoted(try Self.certificate())
            let draft = try Self.draft(["clientCertificate": certificate, "secretExpiresAt": "\"2027-03-01\""])
            _ = try administrator.call("PUT", Self.path, json: draft)
            let document = try administrator.get(Self.path)
            let again = try administrator.call(
                "PUT", Self.path, json: document.text, fields: ["If-Match: \(document["etag"] ?? "")"])
            #expect(again.status == 200, "\(again.text)")
            let after = try administrator.get(Self.path).json
            for member in ["secretExpiresAt", "certificateExpiresAt", "clientKey", "clientSecret", "organizationId"] {
                #expect(after[member] == (try document.json[member]))
            }
            let stale = try administrator.call(
                "PUT", Self.path, json: "{}", fields: ["If-Match: \(document["etag"] ?? "")"])
            #expect(stale.verdict == "412 conflict")
            let count = org.requests.count
            #expect(try administrator.call("DELETE", Self.path, fields: ["If-Match: \"1\""]).verdict == "412 conflict")
            #expect(org.requests.count == count)
            #expect(try administrator.call("DELETE", Self.path).status == 204)
            #expect(try administrator.get(Self.path).verdict == "404 not_found")
        }
    }

    @Test("may name the canvas app whose requests count, and forget it by null")
    func canvasApplication() async throws {
        try await Self.run { administrator, _ in
            let draft = try Self.draft(["canvasApplicationId": "\"06P8Z000000Caap\""])
            #expect(try administrator.call("PUT", Self.path, json: draft).status == 200)
            let shown = try administrator.get(Self.path).json
            #expect(shown["canvasApplicationId"] == .string("06P8Z000000CaapUAC"))
            #expect(shown["validated"] == .bool(true))
            #expect(try administrator.call("PUT", Self.path, json: #"{"canvasApplicationId":null}"#).status == 200)
            #expect(try administrator.get(Self.path).json["canvasApplicationId"] == .null)
            let wrong = try administrator.call("PUT", Self.path, json: #"{"canvasApplicationId":"0H4000000000001"}"#)
            #expect(try Self.stages(wrong) == ["input false configuration_invalid"])
        }
    }

    @Test("stand beside those to Dynamics, one an org")
    func several() async throws {
        try await Self.run { administrator, _ in
            _ = try administrator.call("PUT", "\(Self.path)/default", json: try Self.draft())
            #expect(
                try administrator.call("PUT", "\(Self.path)/third", json: try Self.draft()).verdict == "409 conflict")
            #expect(try administrator.get("/connections/dynamics").verdict == "404 not_found")
            let list = try administrator.get("/connections").json["items"]?.arrayValue
            #expect(list?.map { $0["kind"] } == [.string("salesforce")])
            #expect(list?.first?["clientKey"] == .string("***"))
        }
    }

    private static let operatorsSettings = [
        "salesforce__client_id": FakeOrg.clientID, "salesforce__client_secret": FakeOrg.secret,
        "salesforce__login_url": FakeOrg.login,
    ]

    @Test("use the operator's app where they have none, until the operator exchanges it")
    func operatorsApp() async throws {
        try await Self.run(Self.operatorsSettings) { administrator, org in
            let draft = #"{"integrationUsername":"\#(FakeOrg.username)"}"#
            #expect(try administrator.call("PUT", Self.path, json: draft).status == 200)
            #expect(org.requests.first?.formFields["client_secret"] == FakeOrg.secret)
            let document = try administrator.get(Self.path).json
            #expect(document["clientId"] == .null && document["validated"] == .bool(true))
            #expect(document["clientSecret"] == .null && document["loginUrl"] == .string(FakeOrg.login))
        }
    }

    @Test("read an org with the operator's app for one tenant, and say neither for which nor as whom (S1-8)")
    func secondTenant() async throws {
        try await Self.run(Self.operatorsSettings) { administrator, _ in
            let draft = #"{"integrationUsername":"\#(FakeOrg.username)"}"#
            #expect(try administrator.call("PUT", Self.path, json: draft).status == 200)
            let test = administrator.test
            try await ServiceUnderTest.addTenant("other-tenant", to: test.configuration)
            let token = try await test.apiToken(.admin(try .example("other-tenant")))
            let root = "/api/1/tenants/other-tenant"
            let guess = try test.call(
                "PUT", root + Self.path, token: token, json: #"{"integrationUsername":"guess@acme.example"}"#)
            #expect(try Self.stages(guess).last == "organization false configuration_invalid")
            #expect(!guess.text.contains(FakeOrg.username), "\(guess.text)")
            let second = try test.call("PUT", root + Self.path, token: token, json: draft)
            #expect(second.verdict == "409 conflict")
            #expect(!second.text.contains(TokenMaker.license) && !second.text.contains(FakeOrg.username))
            #expect(try test.call("GET", root + Self.path, token: token).verdict == "404 not_found")
            let own = try test.call("PUT", root + Self.path, token: token, json: try Self.draft())
            #expect(own.status == 200, "\(own.text)")
        }
    }

    @Test("are sealed with the master key, which can be exchanged")
    func masterKey() async throws {
        try await Self.run { administrator, org in
            _ = try administrator.call("PUT", Self.path, json: try Self.draft())
            let configuration = administrator.test.configuration
            let before = try await ServiceUnderTest.withStore(configuration) { try await $0.sealedRecords() }
            let outcome = try await ServiceUnderTest.withStore(configuration) { store in
                try await MasterKeyRotation.run(
                    store, masterKeyFile: configuration.masterKeyFile, by: Actor("cli:test"), now: TokenMaker.now)
            }
            #expect(outcome.recordCount == 2)
            let after = try await ServiceUnderTest.withStore(configuration) { try await $0.sealedRecords() }
            #expect(Set(before.map(\.name)) == Set(after.map(\.name)) && before != after)
            // Both parts of the credential are still there: the key signs, and alone the secret proves the client.
            #expect(try administrator.call("POST", "\(Self.path)/test", json: "{}").status == 200)
            #expect(org.tokenForms.last?["assertion"] != nil)
            #expect(try administrator.call("POST", "\(Self.path)/test", json: #"{"clientKey":null}"#).status == 200)
            #expect(org.tokenForms.last?["client_secret"] == FakeOrg.secret)
        }
    }

    @Test("name everything that is wrong with what was sent, and what is no member")
    func input() async throws {
        try await Self.run { administrator, org in
            let empty = try administrator.call("PUT", Self.path, json: "{}")
            #expect(empty.status == 422)
            #expect(
                try empty.json["stages"]?.arrayValue?.first?["detail"]?.stringValue?.contains("clientId: is missing")
                    == true)
            let odd = try administrator.call("PUT", Self.path, json: #"{"clientID":"x"}"#)
            #expect(odd.verdict == "422 configuration_invalid" && odd.text.contains("did you mean clientId?"))
            let typed = try administrator.call("PUT", Self.path, json: #"{"clientKey":1}"#)
            #expect(typed.verdict == "422 configuration_invalid")
            #expect(org.requests.isEmpty)
        }
    }
}
