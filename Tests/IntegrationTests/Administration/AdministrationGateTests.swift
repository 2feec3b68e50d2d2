import AuthService
import BridgeCore
import BridgeService
import BridgeTesting
import Testing

@testable import BridgeService

@Suite("The gate of the administration", .blocking)
struct AdministrationGateTests {
    private static func boss(_ changes: KeyValuePairs<String, String?> = [:]) throws -> String {
        var claims = [("sub", #""boss@example.com""#), ("role", #""administrator""#)] as [(String, String?)]
        claims += changes.map { ($0.key, $0.value) }
        let text = TokenMaker.claims.filter { $0.name != "sub" }.map { ($0.name, Optional($0.value)) } + claims
        let payload = text.map { "\"\($0.0)\":\($0.1 ?? "null")" }.joined(separator: ",")
        return try TokenMaker().token(header: Array(TokenMaker.header.utf8), payload: Array("{\(payload)}".utf8))
    }

    private static func call(_ test: ServiceUnderTest, _ token: String?, from address: String? = nil) throws -> String {
        try test.call(
            "GET", Administrator.root + "/rules", token: token,
            fields: address.map { ["X-Forwarded-For: \($0)"] } ?? []
        ).verdict
    }

    private static func decisions(_ admin: Administrator) throws -> [JSONValue] {
        try admin.get("/decisions?limit=500").json["items"]?.arrayValue ?? []
    }

    @Test("is closed to an administrator's token that an API token had minted, which signs in all the same")
    func minted() async throws {
        try await Administrator.run { admin in
            let test = admin.test
            let mint = try await test.apiToken(.mint(try .example(TokenMaker.license)))
            let body = #"{"license":"acme-test","email":"eve@example.com","role":"administrator"}"#
            let answer = try test.call("POST", "/api/1/tokens", token: mint, json: body)
            let token = try #require(try answer.json["token"]?.stringValue)
            for _ in 0..<2 {
                #expect(try test.verify(token).json["account"]?["role"] == .string("administrator"))
                #expect(try test.authorize(token, query: "?role=administrator").status == 204)
                let refused = try test.call("GET", Administrator.root, token: token)
                #expect(refused.verdict == "403 forbidden")
                #expect(try refused.json["hint"]?.stringValue?.contains("scope admin") == true)
            }
            let path = Administrator.root + "/revocations"
            #expect(try test.call("POST", path, token: token, json: #"{"all":true}"#).verdict == "403 forbidden")
        }
    }

    @Test("makes one decision of a token, however many requests it brings")
    func oneDecision() async throws {
        try await Administrator.run { admin in
            let boss = try Self.boss()
            // The first one makes the account, which is a change.
            for _ in 0..<2 { #expect(try Self.call(admin.test, boss) == "200") }
            try admin.test.awaitDecisions()
            let before = try Self.decisions(admin).count
            for _ in 0..<8 { #expect(try Self.call(admin.test, boss) == "200") }
            try admin.test.awaitDecisions()
            // One more: the refusal that was waited for.
            #expect(try Self.decisions(admin).count == before + 1)
        }
    }

    @Test("refuses agents without a trace of them, and counts it")
    func agents() async throws {
        try await Administrator.run { admin in
            let agent = try TokenMaker().token()
            for _ in 0..<60 { #expect(try Self.call(admin.test, agent) == "403 forbidden") }
            #expect(try Self.call(admin.test, agent) == "429 rate_limited")
            #expect(try Self.decisions(admin).isEmpty)
            #expect(try admin.get("/accounts").json["items"]?.arrayValue?.isEmpty == true)
        }
    }

    @Test("counts the wrong scope and the wrong tenant, too")
    func scopes() async throws {
        try await ServiceUnderTest.run { test in
            try await ServiceUnderTest.addTenant("second", to: test.configuration)
            let (mint, other) = (
                try await test.apiToken(.mint(try .example(TokenMaker.license))),
                try await test.apiToken(.admin(try .example("second")))
            )
            for _ in 0..<30 {
                #expect(try Self.call(test, mint) == "403 forbidden")
                #expect(try Self.call(test, other) == "403 forbidden")
            }
            #expect(try Self.call(test, mint) == "429 rate_limited")
        }
    }

    @Test("stays open to those who were there before, when somebody with their address is refused; new tokens wait")
    func shared() async throws {
        try await Administrator.run { admin in
            let (known, fresh) = (try Self.boss(), try Self.boss(["jti": #""2""#]))
            for _ in 0..<2 { #expect(try Self.call(admin.test, known) == "200") }
            for _ in 0..<60 { #expect(try Self.call(admin.test, "a.b.c") == "401 token_malformed") }
            let before = try Self.decisions(admin).count
            #expect(try Self.call(admin.test, fresh) == "429 rate_limited")
            #expect(try Self.decisions(admin).count == before)
            #expect(try Self.call(admin.test, known) == "200")
            // Also when it has to be judged again, because the tenant has changed.
            let change = try admin.call(
                "PUT", "/recordMapping", json: #"{"Lead":{"Email":"e"}}"#, fields: ["If-Match: *"])
            #expect(change.status == 200)
            #expect(try Self.call(admin.test, known) == "200")
            #expect(try admin.get("").status == 200)
            // Signing in asks nobody's neighbours.
            #expect(try admin.test.verify(fresh).status == 200)
        }
    }

    private static func logIn(_ test: ServiceUnderTest, _ address: String) throws -> String {
        try test.send(
            "GET", "/api/1/sso/authorize", fields: ["Authorization: Bearer a.b.c", "X-Forwarded-For: \(address)"]
        ).verdict
    }

    /// Has the service read its configuration again, from which everything but its places is gone.
    private static func reloadDefaults(_ test: ServiceUnderTest) {
        let data = test.configuration.dataDirectory
        ConfigurationReload(test.service, log: test.log) { () throws(ConfigurationError) in
            try Configuration.read(environment: ["data_dir": data, "listen": "127.0.0.1:0"])
        }.reload()
    }

    @Test("counts whom a trusted proxy names, and nobody's own word")
    func proxies() async throws {
        try await Administrator.run(["trusted_proxies": "127.0.0.0/8"]) { admin in
            let test = admin.test
            for number in 0..<60 {
                // What the client made up stands in front.
                let fields = ["X-Forwarded-For: 198.51.100.\(number)", "X-Forwarded-For: 192.0.2.1, 127.0.0.2"]
                let answer = try test.call("GET", Administrator.root, token: "x", fields: fields)
                #expect(answer.verdict == "401 unauthenticated")
            }
            #expect(try Self.call(test, "x", from: "192.0.2.1:5000") == "429 rate_limited")
            #expect(test.log.lines.last?.contains(#""address":"192.0.2.1""#) == true)
            #expect(try Self.call(test, "x", from: "192.0.2.2") == "401 unauthenticated")
            #expect(test.log.lines.last?.contains(#""address":"192.0.2.2""#) == true)
            #expect(try Self.logIn(test, "192.0.2.1") == "429 rate_limited")
            #expect(test.log.lines.last?.contains(#""address":"192.0.2.1""#) == true)
            #expect(try Self.logIn(test, "192.0.2.3") == "401 token_malformed")
            #expect(test.log.lines.last?.contains(#""address":"192.0.2.3""#) == true)
            // From here on nobody is believed.
            Self.reloadDefaults(test)
            #expect(test.log.lines.last == #"info configuration_reloaded {"changed":"trusted_proxies"}"#)
            #expect(try Self.logIn(test, "192.0.2.1") == "401 token_malformed")
            #expect(test.log.lines.last?.contains(#""address":"127.0.0.1""#) == true)
        }
    }
}

@Suite(
    "The gate of the administration with a full disk", .blocking,
    .enabled(if: SmallDisk.isAvailable, "needs root, to mount a small file system"))
struct FullDiskGateTests {
    @Test("says in the log that a refusal could not be written down")
    func refusal() async throws {
        let disk = try SmallDisk()
        try await ServiceUnderTest.run(["data_dir": disk.path + "/data"]) { test in
            let bad = try TokenMaker().token(["exp": "1800000000"])
            #expect(try test.call("GET", Administrator.root, token: bad).verdict == "401 token_expired")
            disk.fill()
            let fields = ["X-Request-Id: gate-7"]
            for _ in 0..<3 {
                let answer = try test.call("GET", Administrator.root, token: bad, fields: fields)
                #expect(answer.verdict == "401 token_expired")
            }
            let lines = test.log.lines.filter { $0.hasPrefix("error decision_not_written ") }
            #expect(lines.last?.contains(#""requestId":"gate-7""#) == true)
            disk.free()
        }
    }
}
