import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("A login whose token was revoked")
struct RevokedLoginTests {
    /// Each kind, and what of the test's token it names.
    private func revocations(_ token: String, account: Account) throws -> [Revocation] {
        let digest = Hex.encode(try SHA256Digest(of: Array(token.utf8)).bytes)
        let key = try KeyFixture.cobrowse.publicKey.thumbprint
        return [
            Revocation(.account, account.id, issuedBefore: now),
            Revocation(.email, "ann@example.com", issuedBefore: now),
            Revocation(.tokenID, "one", issuedBefore: now), Revocation(.tokenDigest, digest, issuedBefore: now),
            Revocation(.keyID, key, issuedBefore: now), Revocation(.all, "", issuedBefore: now),
        ]
    }

    @Test("is refused with the next request, also where it is remembered", arguments: 0..<6)
    func revoked(kind: Int) async throws {
        let fixture = try await LoginFixture()
        let desk = try fixture.desk()
        let license = try #require(License(TokenMaker.license))
        let token = try TokenMaker().token(["jti": #""one""#, "iat": "\(now.seconds - 30)"])
        let account = try #require(try await fixture.login(token, at: desk).account)
        guard case .atOnce = try await fixture.login(token, at: desk) else {
            Issue.record("not remembered")
            return
        }
        let revocation = try revocations(token, account: account)[kind]
        _ = try await fixture.store.memory.revoke(revocation, of: license, audit: AuditStamp(.bridge, at: now))
        fixture.directory.invalidateAll()
        #expect(await fixture.refusal(of: token, at: desk) == .tokenRevoked)
        let other = try TokenMaker().token(["jti": #""two""#, "iat": "\(now.seconds)"])
        #expect(await fixture.refusal(of: other, at: desk) == nil)
    }

    @Test("says so in the decision that is kept")
    func decision() async throws {
        let fixture = try await LoginFixture()
        let license = try #require(License(TokenMaker.license))
        let token = try TokenMaker().token(["iat": "\(now.seconds - 30)"])
        _ = try await fixture.store.memory.revoke(
            Revocation(.email, "ann@example.com", issuedBefore: now), of: license, audit: AuditStamp(.bridge, at: now))
        let unverified = try UnverifiedToken(token)
        var refusal: LoginRefusal?
        do throws(LoginRefusal) {
            _ = try await fixture.service.admit(unverified, now: now)
            Issue.record("let in")
        } catch {
            refusal = error
        }
        let written = await fixture.service.writeDown(
            try #require(refusal), of: Array(token.utf8), requestID: "r1", now: now)
        let id = try #require(written.decisionID)
        let stored = try #require(try await fixture.store.decision(id, of: license))
        #expect(stored.document.contains(#""code":"token_revoked""#))
        #expect(stored.document.contains(#"{"name":"revocation","outcome":"failed""#))
        #expect(stored.document.contains(#""requestId":"r1""#))
    }

    @Test("is written down with the steps that led to it, though the tenant has changed since")
    func sameState() async throws {
        let fixture = try await LoginFixture()
        let license = try #require(License(TokenMaker.license))
        let desk = try fixture.desk()
        let token = try TokenMaker().token(["salesforce": #"{"emailVerified":true,"permissionSets":["Nobody"]}"#])
        var refusals: [LoginRefusal] = []
        for _ in 0..<2 {  // once on the way with loading, once at the desk
            do {
                _ = try await fixture.login(token, at: desk)
            } catch {
                refusals.append(try #require(error as? LoginRefusal))
            }
        }
        #expect(refusals.map(\.code) == [.roleMissing, .roleMissing])
        var tenant = try #require(try await fixture.store.tenant(license))
        tenant.settings.rules = [Rule(.salesforcePermissionSet("Nobody"), role: .administrator)]
        _ = try await fixture.store.update(
            tenant, expectedVersion: nil, audit: AuditEntry("t", by: .bridge, at: now, license: license))
        _ = try await fixture.store.removeKey(
            named: try KeyFixture.cobrowse.publicKey.thumbprint, of: license, audit: AuditStamp(.bridge, at: now))
        fixture.directory.invalidate(license)
        for refusal in refusals {
            let written = await fixture.service.writeDown(
                refusal, of: Array(token.utf8), requestID: nil, now: now)
            let id = try #require(written.decisionID)
            let stored = try #require(try await fixture.store.decision(id, of: license)).document
            #expect(stored.contains(#""code":"role_missing""#))
            #expect(stored.contains(#"{"name":"token","outcome":"passed""#))
            #expect(stored.contains(#"{"name":"rules","outcome":"failed""#))
            #expect(!stored.contains("gives administrator"))
        }
    }
}
