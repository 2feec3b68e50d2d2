import AuthService
import BridgeCore
import BridgeTesting
import Glibc
import Testing

@testable import BridgeService
@testable import StoreSQLite

@Suite("A change by another process while the service runs", .blocking)
struct OutsideChangeTests {
    /// Sends the login until it gets another answer than `before`, for a while at most.
    private func answer(after before: String, _ login: () throws -> RawResponse) throws -> String {
        // Against a hang: how soon it has to be is `interval`, and a busy machine gives nobody its turn in time.
        let deadline = ContinuousClock.now + .seconds(30)
        var verdict = before
        while verdict == before, ContinuousClock.now < deadline {
            usleep(25_000)  // too many refused logins would be answered with 429
            verdict = try login().verdict
        }
        return verdict
    }

    @Test("is looked for several times a second")
    func interval() {
        #expect(ChangeWatch.interval <= .milliseconds(500))
    }

    @Test("is seen: a removed key is unknown, though its tokens are remembered")
    func removedKey() async throws {
        try await ServiceUnderTest.run { test in
            let token = try TokenMaker().token()
            for _ in 0..<3 { #expect(try test.verify(token).verdict == "200") }
            try await ServiceUnderTest.withStore(test.configuration) { store in
                _ = try await store.removeKey(named: "prod", of: try .example(TokenMaker.license))
            }
            #expect(try answer(after: "200") { try test.verify(token) } == "401 key_unknown")
        }
    }

    @Test("is seen: a disabled account stays outside, also after a restart")
    func disabledAccount() async throws {
        try await ServiceUnderTest.run { test in
            let token = try TokenMaker().token()
            let other = try TokenMaker().token(["sub": "\"bob@example.com\""])
            for _ in 0..<3 {
                #expect(try test.verify(token).verdict == "200")
                #expect(try test.authorize(other).status == 204)
            }
            try SQLiteConnection(test.configuration.databaseFile)
                .execute("UPDATE accounts SET status = 'disabled' WHERE email = 'ann@example.com'")
            #expect(try answer(after: "200") { try test.verify(token) } == "403 account_disabled")
            #expect(try test.authorize(token).verdict == "403 account_disabled")
            #expect(try test.authorize(other).status == 204)
            try await test.restart()
            for _ in 0..<2 { #expect(try test.verify(token).verdict == "403 account_disabled") }
        }
    }

    @Test("is seen: a new tenant is known, though it was asked for before")
    func newTenant() async throws {
        try await ServiceUnderTest.run { test in
            let token = try TokenMaker().token(["iss": "\"second\""])
            for _ in 0..<2 { #expect(try test.verify(token).verdict == "401 issuer_unknown") }
            try await ServiceUnderTest.addTenant("second", to: test.configuration)
            #expect(try answer(after: "401 issuer_unknown") { try test.verify(token) } == "200")
        }
    }

    @Test("is seen: a shorter token lifetime")
    func settings() async throws {
        try await ServiceUnderTest.run { test in
            let token = try TokenMaker().token()
            for _ in 0..<2 { #expect(try test.verify(token).verdict == "200") }
            try SQLiteConnection(test.configuration.databaseFile)
                .execute(#"UPDATE tenants SET settings = '{"tokenLifetime":"1m","rules":[]}'"#)
            #expect(try answer(after: "200") { try test.verify(token) } == "401 token_lifetime_exceeded")
        }
    }

    @Test("before the first look is seen as well")
    func early() async throws {
        for _ in 0..<5 {
            try await ServiceUnderTest.run { test in
                let token = try TokenMaker().token()
                #expect(try test.verify(token).verdict == "200")
                try SQLiteConnection(test.configuration.databaseFile).execute("DELETE FROM trusted_keys")
                #expect(try answer(after: "200") { try test.verify(token) } == "401 key_unknown")
            }
        }
    }

    @Test("that leaves the tenant's row unreadable fails its logins and nobody else's, and says so in the log alone")
    func damaged() async throws {
        try await ServiceUnderTest.run { test in
            try await ServiceUnderTest.addTenant("second", to: test.configuration)
            try SQLiteConnection(test.configuration.databaseFile)
                .execute("UPDATE tenants SET settings = 'no json' WHERE license = 'acme-test'")
            let response = try test.verify(try TokenMaker().token())
            #expect(response.verdict == "500 internal")
            #expect(!response.text.contains("settings") && !response.text.contains(test.configuration.dataDirectory))
            let id = try #require(try response.json["requestId"]?.stringValue)
            #expect(test.log.lines.contains { $0.contains(id) && $0.contains("tenants.settings") })
            #expect(try test.verify(try TokenMaker().token(["iss": "\"second\""])).status == 200)
        }
    }
}
