import AuthService
import BridgeCore
import BridgeTesting
import Testing

@Suite("A login while the store cannot be written")
struct UnrecordedLoginTests {
    private static let full = StoreError(.internal, "the disk is full")

    /// A fixture in which ann has signed in once as `role`, two hours ago, and which has failed since.
    private static func fixture(role: Role, status: Account.Status = .active) async throws -> LoginFixture {
        let fixture = try await LoginFixture()
        let license = try #require(License(TokenMaker.license))
        let email = try #require(EmailAddress("ann@example.com"))
        let time = TokenMaker.now.adding(seconds: -7_200)
        try fixture.store.memory.put(
            Account(
                id: "acc_1", license: license, email: email, displayName: "Ann", role: role, status: status,
                createdAt: time, lastLoginAt: time))
        fixture.store.fail(with: full)
        return fixture
    }

    @Test("admits who is known, and writes again as soon as that is possible")
    func known() async throws {
        let fixture = try await Self.fixture(role: .agent)
        let desk = try fixture.desk()
        let token = try TokenMaker().token()
        for _ in 0..<2 {
            let account = try await fixture.login(token, at: desk).account
            #expect(account?.id == "acc_1")
            #expect(account?.role == .agent)
        }
        #expect(fixture.store.records == 2)
        fixture.store.fail(with: nil)
        #expect(try await fixture.login(token, at: desk).account?.lastLoginAt == TokenMaker.now)
    }

    @Test("refuses who is new, and who would become an administrator")
    func refused() async throws {
        let fixture = try await Self.fixture(role: .agent)
        let desk = try fixture.desk()
        let stranger = try TokenMaker().token(["sub": "\"new@example.com\""])
        #expect(await fixture.refusal(of: stranger, at: desk) == .internal)
        let promoted = try TokenMaker().token(["role": "\"administrator\""])
        #expect(await fixture.refusal(of: promoted, at: desk) == .internal)
    }

    @Test("gives an administrator no more than the token says")
    func lowered() async throws {
        let fixture = try await Self.fixture(role: .administrator)
        try fixture.store.memory.put(
            Account(
                id: "acc_boss", license: try #require(License(TokenMaker.license)),
                email: try #require(EmailAddress("boss@example.com")), displayName: nil, role: .administrator,
                createdAt: TokenMaker.now, lastLoginAt: TokenMaker.now))
        let desk = try fixture.desk()
        let account = try await fixture.login(try TokenMaker().token(), at: desk).account
        #expect(account?.role == .agent)
        let same = try TokenMaker().token(["role": "\"administrator\""])
        #expect(try await fixture.login(same, at: desk).account?.role == .administrator)
    }

    @Test("keeps a disabled account outside")
    func disabled() async throws {
        let fixture = try await Self.fixture(role: .agent, status: .disabled)
        #expect(await fixture.refusal(of: try TokenMaker().token(), at: try fixture.desk()) == .accountDisabled)
    }

    @Test("refuses when the tenant is gone, or the account id is taken")
    func otherFailures() async throws {
        let fixture = try await Self.fixture(role: .agent)
        let desk = try fixture.desk()
        fixture.store.fail(with: StoreError(.notFound, ""))
        #expect(await fixture.refusal(of: try TokenMaker().token(), at: desk) == .issuerUnknown)
        fixture.store.fail(with: StoreError(.conflict, ""))
        #expect(await fixture.refusal(of: try TokenMaker().token(), at: desk) == .internal)
    }
}
