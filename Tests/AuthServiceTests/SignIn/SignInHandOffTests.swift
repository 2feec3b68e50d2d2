import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("The code of a finished sign-in")
struct SignInHandOffTests {
    private func exchange(_ fixture: SignInFixture, _ code: String, at time: Timestamp = now) async -> ReasonCode? {
        do throws(MintRefusal) {
            _ = try await fixture.handOff.exchange(code, at: time)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("is exchanged once, for a token that lets the person in")
    func once() async throws {
        let fixture = try await SignInFixture()
        let signIn = try await fixture.signIn()
        let code = try await fixture.handOff.keep(signIn, at: now)
        let handed = try await fixture.handOff.exchange(code.text, at: now.adding(seconds: 59))
        #expect(try await fixture.account(of: handed.minted.token).id == signIn.accountID)
        #expect(handed.decisionID == signIn.decisionID)
        #expect(await exchange(fixture, code.text) == .codeInvalid)
    }

    @Test("of a hundred that bring it at once lets one have the token")
    func race() async throws {
        let fixture = try await SignInFixture()
        let code = try await fixture.handOff.keep(fixture.signIn(), at: now).text
        let codes = await withTaskGroup(of: ReasonCode?.self) { group in
            for _ in 0..<100 { group.addTask { await exchange(fixture, code) } }
            return await group.reduce(into: [ReasonCode?]()) { $0.append($1) }
        }
        #expect(codes.count { $0 == nil } == 1)
        #expect(codes.count { $0 == .codeInvalid } == 99)
    }

    @Test("is refused in the same words, whatever is wrong with it")
    func refused() async throws {
        let fixture = try await SignInFixture()
        let code = try await fixture.handOff.keep(fixture.signIn(), at: now).text
        var details: Set<String> = []
        for (wrong, time) in [
            (code, now.adding(seconds: 60)), (code, now), ("", now), (code + "A", now), (String(code.dropLast()), now),
            (try HandOffCode().text, now),
        ] {
            do throws(MintRefusal) {
                _ = try await fixture.handOff.exchange(wrong, at: time)
                Issue.record("\(wrong) was exchanged")
            } catch {
                #expect(error.code == .codeInvalid)
                details.insert(error.detail)
            }
        }
        #expect(details.count == 1)
    }

    @Test("is 256 random bits, and the store has no more of it than its digest")
    func secrecy() async throws {
        let codes = try (0..<50).map { _ in try HandOffCode().text }
        #expect(Set(codes).count == 50)
        #expect(codes.allSatisfy { $0.utf8.count == 43 && Base64URL.decode($0.utf8)?.count == 32 })
        let code = try HandOffCode()
        var dumped = ""
        dump(code, to: &dumped)
        #expect(!"\(code) \(dumped)".contains(code.text))
    }

    @Test("is good for nothing once the account is disabled, gone, or has its tokens revoked")
    func meanwhile() async throws {
        for number in 0..<3 {
            let fixture = try await SignInFixture()
            let signIn = try await fixture.signIn()
            let code = try await fixture.handOff.keep(signIn, at: now).text
            let later = now.adding(seconds: 20)
            switch number {
            case 0: try await fixture.change(signIn.accountID, AccountPatch(status: .disabled), at: later)
            case 1:
                let revocation = Revocation(.account, signIn.accountID, issuedBefore: later)
                _ = try await fixture.store.revoke(revocation, of: .test, audit: AuditStamp(.bridge, at: later))
                fixture.login.directory.add(revocation, of: .test)
            default:
                let entry = AuditEntry("test", by: .bridge, at: now, license: .test)
                try await fixture.store.remove(.test, expectedVersion: nil, audit: entry)
            }
            let expected: [ReasonCode] = [.accountDisabled, .tokenRevoked, .codeInvalid]
            #expect(await exchange(fixture, code, at: later) == expected[number])
        }
    }

    @Test("keeps all there is to know: name, policy, an end")
    func content() async throws {
        var settings = TenantSettings.initial
        let policy = try Policy(try JSONValue(parsing: #"{"version":3,"devices":{}}"#.utf8))
        settings.rules = [Rule(.salesforcePermissionSet("Cobrowse.io Agent"), role: .agent, policy: policy)]
        let fixture = try await SignInFixture(settings: settings)
        let signIn = try await fixture.signIn()
        let direct = try await fixture.handOff.token(of: signIn, at: now).minted.token
        let code = try await fixture.handOff.keep(signIn, at: now).text
        let exchanged = try await fixture.handOff.exchange(code, at: now.adding(seconds: 30)).minted.token
        #expect(direct == exchanged)
    }
}
