import AuthService
import BridgeCore
import BridgeTesting
import Testing

@Suite("Logins of a tenant's last administrator whose rules give less")
struct LastAdministratorLoginTests {
    private let maker: TokenMaker

    init() throws { maker = try TokenMaker() }

    /// Somebody who became administrator, and comes as an agent from now on.
    private func lastAdministrator() async throws -> (fixture: LoginFixture, desk: LoginDesk, token: String) {
        let fixture = try await LoginFixture()
        let desk = try fixture.desk()
        _ = try await fixture.login(try maker.token(["role": #""administrator""#]), at: desk)
        let token = try maker.token(["role": #""agent""#])
        #expect(try await fixture.login(token, at: desk).account?.role == .administrator)
        return (fixture, desk, token)
    }

    @Test("are answered from memory as well, with the warning in their decision")
    func fast() async throws {
        let (fixture, desk, token) = try await lastAdministrator()
        let records = fixture.store.records
        for number in 0..<3 {
            let other = try maker.token(["role": #""agent""#, "jti": #""\#(number)""#])
            for each in [token, other] {
                guard case .atOnce(let answer) = try await fixture.login(each, at: desk) else {
                    Issue.record("written down again")
                    return
                }
                #expect(answer.hasSuffix(" administrator"))
            }
        }
        #expect(fixture.store.records == records)
        let license = try #require(License(TokenMaker.license))
        let decisions = try await fixture.store.decisions(of: license, email: nil, before: nil, limit: 9)
        #expect(
            decisions.filter { $0.document.contains(#""name":"lastAdministrator","outcome":"warning""#) }.count == 5)
    }

    @Test("count again when somebody else has become administrator, whatever way")
    func another() async throws {
        let bob = try maker.token(["sub": #""bob@example.com""#, "role": #""administrator""#])
        let plainBob = try maker.token(["sub": #""bob@example.com""#])
        let license = try #require(License(TokenMaker.license))
        let ways: [(LoginFixture, LoginDesk) async throws -> Void] = [
            { fixture, desk in _ = try await fixture.login(bob, at: desk) },
            { fixture, desk in
                _ = try await fixture.login(plainBob, at: desk)
                _ = try await fixture.login(bob, at: desk)
            },
            { fixture, desk in
                let account = try #require(try await fixture.login(plainBob, at: desk).account)
                let change = try await fixture.store.memory.change(
                    account.id, of: license, AccountPatch(role: .administrator), allowsLastAdministrator: false,
                    audit: AuditStamp(.bridge, at: now))
                fixture.directory.apply(change)
            },
            { fixture, desk in
                // By another process.
                let grant = try #require(EmailAddress("bob@example.com"))
                _ = try await fixture.store.memory.record(
                    Login(
                        license: license, email: grant, displayName: nil, role: .administrator, time: now,
                        newAccountID: "acc_bob"))
                fixture.directory.invalidateAll()
            },
        ]
        for way in ways {
            let (fixture, desk, token) = try await lastAdministrator()
            guard case .atOnce = try await fixture.login(token, at: desk) else {
                Issue.record("not in memory")
                return
            }
            try await way(fixture, desk)
            #expect(try await fixture.login(token, at: desk).account?.role == .agent)
        }
    }

    @Test("are not answered from what was known before another administrator was there")
    func overtaken() async throws {
        let fixture = try await LoginFixture()
        let license = try #require(License(TokenMaker.license))
        let mark = fixture.directory.mark(of: license)
        let email = try #require(EmailAddress("ann@example.com"))
        var login = KeptLogin(
            Account(
                id: "acc_1", license: license, email: email, displayName: nil, role: .administrator, createdAt: now,
                lastLoginAt: now))
        login.isLastAdministrator = true
        var other = KeptLogin(
            Account(
                id: "acc_2", license: license, email: try #require(EmailAddress("bob@example.com")), displayName: nil,
                role: .administrator, createdAt: now, lastLoginAt: now))
        other.isNewAdministrator = true
        let grant = Grant(
            identity: .address(email, of: license), email: email, proof: .tenantSigned, displayName: nil, role: .agent,
            rule: nil, validUntil: nil)
        fixture.directory.keep(other, of: grant, since: mark)
        fixture.directory.keep(login, of: grant, since: mark)
        #expect(fixture.directory.account(of: grant, in: license)?.isLastAdministrator != true)
    }
}
