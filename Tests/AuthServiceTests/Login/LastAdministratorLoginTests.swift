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
        let token = try maker.token()
        #expect(try await fixture.login(token, at: desk).account?.role == .administrator)
        return (fixture, desk, token)
    }

    @Test("are answered from memory as well, with the warning in their decision")
    func fast() async throws {
        let (fixture, desk, token) = try await lastAdministrator()
        let records = fixture.store.records
        for number in 0..<3 {
            let other = try maker.token(["jti": #""\#(number)""#])
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

    /// A token of a person of Salesforce with one permission set.
    private func token(_ person: String, has set: String, _ id: String = "1") throws -> String {
        try maker.token([
            "sub": "\"\(person)@example.com\"", "jti": "\"\(id)\"",
            "salesforce": """
            {"emailVerified":true,"organizationId":"00D5e000000abcd","userId":"0055e00000\(person)",
            "permissionSets":["\(set)"]}
            """,
        ])
    }

    private func explained(_ compact: String, _ fixture: LoginFixture) async throws -> Decision {
        let license = try #require(License(TokenMaker.license))
        guard case .tenant(let tenant) = try await fixture.directory.load(license.value) else { throw Unmet() }
        return try await Hypothesis(store: fixture.store, tenant: tenant, now: now).decision(of: Array(compact.utf8))
    }

    private struct Unmet: Error {}

    @Test("go on where no rule matches any more, with the warning; nobody else's do")
    func unmatched() async throws {
        let fixture = try await LoginFixture()
        let desk = try fixture.desk()
        _ = try await fixture.login(try token("ann01", has: "Cobrowse.io Admin"), at: desk)
        _ = try await fixture.login(try token("bob01", has: "Cobrowse.io Agent"), at: desk)
        let (lost, bobs) = (try token("ann01", has: "Nothing", "2"), try token("bob01", has: "Nothing", "2"))
        #expect(try await explained(lost, fixture).accountID != nil)
        #expect(try await explained(bobs, fixture).code == .roleMissing)
        #expect(try await fixture.login(lost, at: desk).account?.role == .administrator)
        for stranger in [bobs, try token("eve01", has: "Nothing")] {
            #expect(await fixture.refusal(of: stranger, at: desk) == .roleMissing)
        }
        // Remembered, the same.
        guard case .atOnce(let answer) = try await fixture.login(lost, at: desk) else { throw Unmet() }
        #expect(answer.hasSuffix(" administrator"))
        #expect(await fixture.refusal(of: bobs, at: desk) == .roleMissing)
        let license = try #require(License(TokenMaker.license))
        let decisions = try await fixture.store.decisions(
            of: license, email: "ann01@example.com", before: nil, limit: 9)
        let kept = decisions.filter { $0.document.contains(#""name":"lastAdministrator","outcome":"warning""#) }
        #expect(kept.count == 2)
        for decision in kept {
            #expect(decision.document.contains(#""name":"rules","outcome":"warning""#))
            #expect(!decision.document.contains(#""outcome":"failed""#))
        }
        // With another administrator they are refused, from memory as well.
        _ = try await fixture.login(try token("bob01", has: "Cobrowse.io Admin", "3"), at: desk)
        #expect(await fixture.refusal(of: lost, at: desk) == .roleMissing)
        #expect(try await explained(lost, fixture).code == .roleMissing)
    }

    @Test("are no more than their token says, while the account stays an administrator's")
    func lowered() async throws {
        let fixture = try await LoginFixture()
        let desk = try fixture.desk()
        _ = try await fixture.login(try maker.token(["role": #""administrator""#]), at: desk)
        let token = try maker.token(["role": #""agent""#])
        let admitted = try #require(try await fixture.login(token, at: desk).account)
        #expect(admitted.role == .agent)
        for id in ["1", "2"] {
            let other = try maker.token(["role": #""agent""#, "jti": "\"\(id)\""])
            guard case .atOnce(let answer) = try await fixture.login(other, at: desk) else { throw Unmet() }
            #expect(answer.hasSuffix(" agent"))
        }
        let license = try #require(License(TokenMaker.license))
        #expect(try await fixture.store.account(id: admitted.id, of: license)?.role == .administrator)
        let decisions = try await fixture.store.decisions(of: license, email: nil, before: nil, limit: 9)
        #expect(
            decisions.filter { $0.document.contains(#""name":"lastAdministrator","outcome":"warning""#) }.count == 3)
    }

    @Test("let the person administer, to mend the rules; not with a token that was lowered on purpose")
    func administering() async throws {
        let fixture = try await LoginFixture()
        let desk = try fixture.desk()
        _ = try await fixture.login(try token("ann01", has: "Cobrowse.io Admin"), at: desk)
        _ = try await fixture.login(try token("bob01", has: "Cobrowse.io Agent"), at: desk)
        let logins = AdministratorLogins(fixture.service)
        for set in ["Nothing", "Cobrowse.io Agent"] {
            let bearer = try await logins.bearer(
                of: Array(try token("ann01", has: set, set).utf8), requestID: nil, now: now)
            guard case .administrator = bearer else {
                Issue.record("\(set): refused")
                continue
            }
        }
        let agent = try await logins.bearer(
            of: Array(try token("bob01", has: "Cobrowse.io Agent", "2").utf8), requestID: nil, now: now)
        guard case .other = agent else { throw Unmet() }
        let lowered = try maker.token([
            "sub": #""ann01@example.com""#, "role": #""agent""#,
            "salesforce": #"{"emailVerified":true,"permissionSets":["Cobrowse.io Admin"]}"#,
        ])
        guard case .other = try await logins.bearer(of: Array(lowered.utf8), requestID: nil, now: now) else {
            throw Unmet()
        }
        await #expect(throws: LoginRefusal.self) {
            try await logins.bearer(of: Array(try token("bob01", has: "Nothing", "3").utf8), requestID: nil, now: now)
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
