import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("A login")
struct LoginTests {
    private let maker: TokenMaker

    init() throws { maker = try TokenMaker() }

    @Test("is written down the first time, and then answered from memory")
    func first() async throws {
        let fixture = try await LoginFixture()
        let desk = try fixture.desk()
        let token = try maker.token(["displayName": "\"Ann\"", "role": "\"administrator\""])
        guard case .loaded(let account) = try await fixture.login(token, at: desk) else {
            Issue.record("the tenant was in memory")
            return
        }
        #expect(account.id.count == 36 && account.id.hasPrefix("acc_"))
        #expect(account.displayName == "Ann")
        #expect(account.role == .administrator)
        #expect((account.createdAt, account.lastLoginAt) == (now, now))
        #expect(try await fixture.store.account(account.email, of: account.license) == account)
        let answer = LoginFixture.Outcome.atOnce("\(account.id) administrator")
        for _ in 0..<3 { #expect(try await fixture.login(token, at: desk) == answer) }
        #expect(try await fixture.login(try maker.token(["role": "\"administrator\""]), at: desk) == answer)
        #expect(fixture.store.records == 1)
        #expect(fixture.store.tenantReads == [TokenMaker.license])
    }

    @Test("of a tenant in memory is written down by way of the desk")
    func recorded() async throws {
        let fixture = try await LoginFixture()
        let desk = try fixture.desk()
        _ = try await fixture.login(try maker.token(), at: desk)
        let bob = try await fixture.login(try maker.token(["sub": "\"Bob@Example.com\""]), at: desk)
        guard case .recorded(let account) = bob else {
            Issue.record("\(bob)")
            return
        }
        #expect(account.email.value == "bob@example.com")
    }

    @Test("is written down again when role or name have changed, or an hour has passed")
    func changes() async throws {
        let fixture = try await LoginFixture()
        let desk = try fixture.desk()
        let plain = try maker.token()
        _ = try await fixture.login(plain, at: desk)
        _ = try await fixture.login(plain, at: desk)
        #expect(fixture.store.records == 1)
        _ = try await fixture.login(try maker.token(["displayName": "\"Ann\""]), at: desk)
        _ = try await fixture.login(try maker.token(["displayName": "\"Ann\"", "jti": "\"2\""]), at: desk)
        #expect(fixture.store.records == 2)
        _ = try await fixture.login(try maker.token(["role": "\"administrator\""]), at: desk)
        #expect(fixture.store.records == 3)
        let stored = try await fixture.store.memory.accounts(
            of: try #require(License(TokenMaker.license)), after: nil, limit: 9)
        #expect(stored.map(\.role) == [.administrator])
        #expect(stored.map(\.displayName) == ["Ann"])
    }

    @Test("is written down again after an hour, also when its token is remembered")
    func hour() async throws {
        let fixture = try await LoginFixture()
        let desk = try fixture.desk()
        let token = try maker.token(["exp": "\(now.seconds + 80_000)"])
        _ = try await fixture.login(token, at: desk)
        for seconds: Int64 in [0, 3_599] {
            guard case .atOnce = try await fixture.login(token, at: desk, now: now.adding(seconds: seconds)) else {
                Issue.record("written down after \(seconds) s")
                return
            }
        }
        guard case .recorded(let later) = try await fixture.login(token, at: desk, now: now.adding(seconds: 3_600))
        else {
            Issue.record("not written down")
            return
        }
        #expect(later.lastLoginAt == now.adding(seconds: 3_600))
    }

    @Test("of an unknown issuer, and one of a tenant that is removed meanwhile, are refused alike")
    func unknownIssuer() async throws {
        let fixture = try await LoginFixture()
        let desk = try fixture.desk()
        #expect(await fixture.refusal(of: try maker.token(["iss": "\"nobody\""]), at: desk) == .issuerUnknown)
        #expect(await fixture.refusal(of: try maker.token(["iss": "\"../x\""]), at: desk) == .issuerUnknown)
        fixture.store.fail(with: StoreError(.notFound, "gone"))
        #expect(await fixture.refusal(of: try maker.token(), at: desk) == .issuerUnknown)
        #expect(fixture.store.records == 1)
    }

    @Test("fails when it cannot be written down, and is no login", arguments: [ReasonCode.internal, .conflict])
    func storeFails(code: ReasonCode) async throws {
        let fixture = try await LoginFixture()
        let desk = try fixture.desk()
        fixture.store.fail(with: StoreError(code, "disk full"))
        for _ in 0..<2 { #expect(await fixture.refusal(of: try maker.token(), at: desk) == .internal) }
        fixture.store.fail(with: nil)
        guard case .recorded = try await fixture.login(try maker.token(), at: desk) else {
            Issue.record("answered without having been written down")
            return
        }
    }

    @Test("of a disabled account is refused, and the account left as it is")
    func disabled() async throws {
        let fixture = try await LoginFixture()
        let desk = try fixture.desk()
        let license = try #require(License(TokenMaker.license))
        let account = Account(
            id: "acc_1", license: license, email: try #require(EmailAddress("ann@example.com")), displayName: "Old",
            role: .agent, status: .disabled, createdAt: now, lastLoginAt: Timestamp(seconds: 5))
        try fixture.store.memory.put(account)
        let token = try maker.token(["role": "\"administrator\"", "displayName": "\"New\""])
        for _ in 0..<3 { #expect(await fixture.refusal(of: token, at: desk) == .accountDisabled) }
        #expect(try await fixture.store.account(account.email, of: license) == account)
    }

    @Test("of an account disabled later is refused with the next change that is seen")
    func disabledLater() async throws {
        let fixture = try await LoginFixture()
        let desk = try fixture.desk()
        let token = try maker.token()
        let outcome = try await fixture.login(token, at: desk)
        var account = try #require(outcome.account)
        _ = try await fixture.login(token, at: desk)
        account.status = .disabled
        try fixture.store.memory.put(account)
        fixture.directory.invalidateAll()
        #expect(await fixture.refusal(of: token, at: desk) == .accountDisabled)
    }

    @Test("of one person 200 times at once makes one account")
    func race() async throws {
        let fixture = try await LoginFixture()
        let token = try UnverifiedToken(try maker.token())
        let ids = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<200 { group.addTask { try await fixture.service.admit(token, now: now).account.id } }
            return try await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(ids.count == 200)
        #expect(Set(ids).count == 1)
    }
}
