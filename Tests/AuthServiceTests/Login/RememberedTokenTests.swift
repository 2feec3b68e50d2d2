import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("A token that a desk remembers")
struct RememberedTokenTests {
    private let maker: TokenMaker

    init() throws { maker = try TokenMaker() }

    /// Judges `token` at `desk` and says whether its answer was made anew.
    private func isMadeAnew(
        _ token: String, _ desk: CountingDesk, now: Timestamp = now
    ) throws -> Bool {
        let before = desk.answers
        _ = try desk.desk.check(Array(token.utf8).span, now: now)
        return desk.answers != before
    }

    /// A desk that counts the answers it makes; a remembered one is not made again.
    private struct CountingDesk {
        private final class Counter { var count = 0 }

        private let counter: Counter
        let desk: LoginDesk
        var answers: Int { counter.count }

        init(_ service: LoginService) throws {
            let counter = Counter()
            self.counter = counter
            desk = try LoginDesk(service) { _ in
                counter.count += 1
                return []
            }
        }
    }

    private func prepared(_ token: String) async throws -> (fixture: LoginFixture, desk: CountingDesk) {
        let fixture = try await LoginFixture()
        _ = try await fixture.service.admit(try UnverifiedToken(token), now: now)
        return (fixture, try CountingDesk(fixture.service))
    }

    @Test("is not judged again")
    func hit() async throws {
        let token = try maker.token()
        let desk = try await prepared(token).desk
        #expect(try isMadeAnew(token, desk))
        for _ in 0..<5 { #expect(try !isMadeAnew(token, desk)) }
    }

    @Test("is judged again when anything has changed, once")
    func generation() async throws {
        let token = try maker.token()
        let (fixture, desk) = try await prepared(token)
        _ = try isMadeAnew(token, desk)
        fixture.directory.invalidateAll()
        _ = try await fixture.service.admit(try UnverifiedToken(token), now: now)
        #expect(try isMadeAnew(token, desk))
        #expect(try !isMadeAnew(token, desk))
    }

    @Test("is not kept where its tenant changed while it was judged")
    func changeMeanwhile() async throws {
        let token = try maker.token()
        let fixture = try await LoginFixture()
        _ = try await fixture.service.admit(try UnverifiedToken(token), now: now)
        // The answer is made after tenant and account were looked up and before it is kept.
        let desk = try LoginDesk(fixture.service) { _ in
            fixture.directory.invalidateAll()
            return []
        }
        for expected in ["admitted", "unloaded"] {
            switch try desk.check(Array(token.utf8).span, now: now) {
            case .admitted: #expect(expected == "admitted")
            case .unloaded: #expect(expected == "unloaded")
            case .unrecorded: Issue.record("unrecorded")
            }
        }
    }

    @Test("is refused from the second on at which it expires")
    func expiry() async throws {
        let token = try maker.token(["exp": "\(now.seconds + 10)"])
        let desk = try await prepared(token).desk
        _ = try isMadeAnew(token, desk)
        #expect(try !isMadeAnew(token, desk, now: Timestamp(milliseconds: now.milliseconds + 9_999)))
        #expect(throws: LoginRefusal.self) { try isMadeAnew(token, desk, now: now.adding(seconds: 10)) }
    }

    @Test("is refused when the permission set it rests on ends")
    func permissionSetExpiry() async throws {
        let end = now.adding(seconds: 60)
        let token = try maker.token([
            "salesforce": """
            {"emailVerified":true,"permissionSets":[{"name":"Cobrowse.io Agent","expirationDate":"\(end)"}]}
            """
        ])
        let desk = try await prepared(token).desk
        _ = try isMadeAnew(token, desk)
        #expect(try !isMadeAnew(token, desk, now: now.adding(seconds: 59)))
        let error = #expect(throws: LoginRefusal.self) { try isMadeAnew(token, desk, now: end) }
        #expect(error?.code == .roleMissing)
    }

    @Test("is nobody else's: one changed byte is another token")
    func otherBytes() async throws {
        let token = try maker.token()
        let desk = try await prepared(token).desk
        _ = try isMadeAnew(token, desk)
        for place in [10, token.utf8.count / 2, token.utf8.count - 10] {
            var bytes = Array(token.utf8)
            bytes[place] = bytes[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let changed = String(decoding: bytes, as: UTF8.self)
            #expect(throws: LoginRefusal.self) { try isMadeAnew(changed, desk) }
        }
        #expect(throws: LoginRefusal.self) { try isMadeAnew(token + " ", desk) }
    }
}

@Suite("The keys that verify a tenant's tokens")
struct LoginKeyTests {
    @Test("are all that it trusts, and the bridge's own")
    func several() async throws {
        let fixture = try await LoginFixture(keys: [.cobrowse, .renewed], bridgeKeys: [.rsa3072])
        try await fixture.addTenant("second", keys: [.rsa4096])
        let desk = try fixture.desk()
        let bridgeHeader = try #"{"alg":"RS256","kid":"\#(KeyFixture.rsa3072.publicKey.thumbprint)"}"#
        for (key, issuer, header, code) in [
            (.cobrowse, TokenMaker.license, TokenMaker.header, nil),
            (.renewed, TokenMaker.license, TokenMaker.header, nil),
            (.rsa3072, TokenMaker.license, bridgeHeader, nil),
            (.rsa3072, "second", bridgeHeader, nil),
            (.rsa4096, "second", TokenMaker.header, nil),
            // A declared key is not tried for tokens that do not name it.
            (.rsa3072, TokenMaker.license, TokenMaker.header, .signatureInvalid),
            (.rsa4096, TokenMaker.license, TokenMaker.header, .signatureInvalid),
            (.cobrowse, "second", TokenMaker.header, .signatureInvalid),
            (.other, TokenMaker.license, TokenMaker.header, .signatureInvalid),
            (.other, TokenMaker.license, bridgeHeader, .signatureInvalid),
        ] as [(KeyFixture, String, String, ReasonCode?)] {
            let token = try TokenMaker(key).token(header: header, ["iss": "\"\(issuer)\""])
            #expect(await fixture.refusal(of: token, at: desk) == code, "\(key) for \(issuer)")
            #expect(await fixture.refusal(of: token, at: desk) == code, "\(key) for \(issuer) again")
        }
    }

    @Test("are none where none is trusted")
    func none() async throws {
        let fixture = try await LoginFixture(keys: [])
        #expect(await fixture.refusal(of: try TokenMaker().token(), at: try fixture.desk()) == .keyUnknown)
    }

    @Test("that were removed are unknown with the next change that is seen")
    func removed() async throws {
        let fixture = try await LoginFixture()
        let desk = try fixture.desk()
        let token = try TokenMaker().token()
        for _ in 0..<2 { #expect(await fixture.refusal(of: token, at: desk) == nil) }
        _ = try await fixture.store.removeKey(
            named: try KeyFixture.cobrowse.publicKey.thumbprint, of: try #require(License(TokenMaker.license)),
            audit: AuditStamp(Actor("cli:test"), at: now))
        fixture.directory.invalidateAll()
        #expect(await fixture.refusal(of: token, at: desk) == .keyUnknown)
    }
}
