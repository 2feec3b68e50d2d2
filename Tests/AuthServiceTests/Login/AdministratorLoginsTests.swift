import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("An administrator's token at the administration")
struct AdministratorLoginsTests {
    private static let administrator: KeyValuePairs<String, String?> = ["role": #""administrator""#]
    private let maker: TokenMaker

    init() throws { maker = try TokenMaker() }

    /// What is remembered of `token`, in a word.
    private func memory(_ logins: AdministratorLogins, _ token: String, now: Timestamp = now) throws -> String {
        switch try logins.memory(of: Array(token.utf8), now: now) {
        case .current(let account): account.email.value
        case .outdated: "outdated"
        case .nothing: "nothing"
        }
    }

    /// Whether `token` is let in; otherwise the code.
    private func come(_ logins: AdministratorLogins, _ token: String, now: Timestamp = now) async -> ReasonCode? {
        do throws(LoginRefusal) {
            switch try await logins.bearer(of: Array(token.utf8), requestID: "r-1", now: now) {
            case .administrator: return nil
            case .other(_, let refusal): return refusal.code
            }
        } catch {
            return error.code
        }
    }

    private static func decisions(_ fixture: LoginFixture) async throws -> [StoredDecision] {
        try await fixture.store.decisions(of: .test, email: nil, before: nil, limit: 100)
    }

    @Test("is remembered until something about its tenant changes, and then judged again")
    func remembered() async throws {
        let fixture = try await LoginFixture()
        let logins = AdministratorLogins(fixture.service)
        let token = try maker.token(Self.administrator)
        #expect(try memory(logins, token) == "nothing")
        // The first login of all makes the account, which is a change.
        for _ in 0..<2 { #expect(await come(logins, token) == nil) }
        #expect(try memory(logins, token) == "ann@example.com")
        #expect(try memory(logins, try maker.token(["role": #""administrator""#, "jti": #""2""#])) == "nothing")
        fixture.directory.invalidateAll()
        #expect(try memory(logins, token) == "outdated")
        #expect(await come(logins, token) == nil)
        #expect(try memory(logins, token) == "ann@example.com")
        let expiry = now.adding(seconds: 890)
        #expect(try memory(logins, token, now: expiry.adding(seconds: -1)) == "ann@example.com")
        #expect(try memory(logins, token, now: expiry) == "outdated")
        #expect(await come(logins, token, now: expiry) == .tokenExpired)
        #expect(try memory(logins, token, now: expiry) == "nothing")
    }

    @Test("is let in with a decision that has the request's id")
    func decision() async throws {
        let fixture = try await LoginFixture()
        #expect(await come(AdministratorLogins(fixture.service), try maker.token(Self.administrator)) == nil)
        let decisions = try await Self.decisions(fixture)
        #expect(decisions.count == 1)
        #expect(decisions.first?.document.contains(#""requestId":"r-1""#) == true)
    }

    @Test(
        "is refused before anything is written down where the person is none, or has lowered it, or is a program",
        arguments: [
            ["role": #""agent""#], [:], ["role": #""administrator""#, "client_id": #""tok_1""#],
            ["role": #""administrator""#, "client\\u005fid": #""tok_1""#],
            [
                "role": #""agent""#,
                "salesforce": #"{"emailVerified":true,"permissionSets":["Cobrowse.io Admin"]}"#,
            ],
        ] as [KeyValuePairs<String, String?>])
    func refused(claims: KeyValuePairs<String, String?>) async throws {
        let fixture = try await LoginFixture()
        let logins = AdministratorLogins(fixture.service)
        let token = try maker.token(claims)
        for _ in 0..<3 { #expect(await come(logins, token) == .forbidden) }
        #expect(try memory(logins, token) == "nothing")
        #expect(fixture.store.records == 0)
        #expect(try await Self.decisions(fixture).isEmpty)
        // To sign in it is as good as ever.
        let desk = try fixture.desk()
        #expect(await fixture.refusal(of: token, at: desk) == nil)
    }

    @Test(
        "may have a client_id of the tenant's own signer",
        arguments: ["\"my-app\"", "\"\"", "7", "null", "{\"client_id\":\"tok_1\"}", "[\"tok_1\"]"])
    func otherClients(value: String) async throws {
        let logins = AdministratorLogins(try await LoginFixture().service)
        #expect(await come(logins, try maker.token(["role": #""administrator""#, "client_id": value])) == nil)
    }

    @Test("is forgotten when it is refused, and not when the store fails")
    func forgotten() async throws {
        let fixture = try await LoginFixture()
        let logins = AdministratorLogins(fixture.service)
        let token = try maker.token(Self.administrator)
        for _ in 0..<2 { #expect(await come(logins, token) == nil) }
        let later = now.adding(seconds: 5)
        fixture.directory.invalidateAll()
        fixture.store.fail(with: StoreError(.conflict, "busy"))
        #expect(await come(logins, token, now: later) == .internal)
        #expect(try memory(logins, token, now: later) == "outdated")
        _ = try await fixture.store.removeKey(
            named: try KeyFixture.cobrowse.publicKey.thumbprint, of: .test,
            audit: AuditStamp(Actor("cli:test"), at: now))
        fixture.store.fail(with: nil)
        fixture.directory.invalidateAll()
        #expect(try memory(logins, token, now: later) == "outdated")
        #expect(await come(logins, token, now: later) == .keyUnknown)
        #expect(try memory(logins, token, now: later) == "nothing")
    }
}
