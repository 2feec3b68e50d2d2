import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("A login with a key whose certificate has ended")
struct RetiredKeyLoginTests {
    /// A tenant whose certificate ends at `end`.
    private func fixture(end: Timestamp, grace: Int64?) async throws -> LoginFixture {
        let fixture = try await LoginFixture(keys: nil)
        let license = try #require(License(TokenMaker.license))
        let audit = AuditStamp(Actor("cli:test"), at: now)
        var settings = TenantSettings.initial
        settings.refuseExpiredKeysAfter = grace
        try await fixture.store.memory.insert(
            Tenant(license: license, name: nil, createdAt: now, settings: settings), audit: audit)
        let key = try KeyFixture.cobrowse.publicKey
        let trusted = TrustedKey(
            id: key.thumbprint, license: license, alias: "crm", declaredKeyID: nil,
            publicKey: key.subjectPublicKeyInfo, certificate: nil, notBefore: nil, notAfter: end, importedAt: now)
        _ = try await fixture.store.memory.insert([trusted], audit: audit)
        return fixture
    }

    @Test("is let in, and its decision says so")
    func warning() async throws {
        let fixture = try await fixture(end: now.adding(seconds: -86_400), grace: nil)
        let desk = try fixture.desk()
        let token = try TokenMaker().token()
        #expect(try await fixture.login(token, at: desk).account != nil)
        let license = try #require(License(TokenMaker.license))
        let decision = try #require(
            try await fixture.store.memory.decisions(of: license, email: nil, before: nil, limit: 1).first)
        #expect(decision.document.contains(#""outcome":"warning","detail":"signed by the key"#))
        #expect(decision.document.contains("the certificate of that key ended at"))
        #expect(decision.document.contains(#""keyId":"\#(try KeyFixture.cobrowse.publicKey.thumbprint)""#))
    }

    @Test("is refused from the tenant's own date on, also where the token is remembered")
    func refusal() async throws {
        let fixture = try await fixture(end: now.adding(seconds: -86_400), grace: 86_400 + 60)
        let desk = try fixture.desk()
        let token = try TokenMaker().token()
        let last = now.adding(seconds: 59)
        #expect(try await fixture.login(token, at: desk).account != nil)
        for time in [now, last] {
            guard case .atOnce = try await fixture.login(token, at: desk, now: time) else {
                Issue.record("the token is not remembered at \(time)")
                return
            }
        }
        #expect(await fixture.refusal(of: token, at: desk, now: last.adding(seconds: 1)) == .keyRetired)
    }
}
