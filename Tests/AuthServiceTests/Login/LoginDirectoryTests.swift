import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Synchronization
import Testing

@Suite("The directory of tenants and accounts in memory")
struct LoginDirectoryTests {
    private static func state(_ entry: LoginDirectory.TenantEntry?) -> TenantState? {
        if case .tenant(let state) = entry { state } else { nil }
    }

    private static func isStranger(_ entry: LoginDirectory.TenantEntry?) -> Bool {
        if case .noTenant = entry { true } else { false }
    }

    @Test("knows nothing until it has loaded, and loads once")
    func loadsOnce() async throws {
        let fixture = try await LoginFixture()
        #expect(fixture.directory.tenant(TokenMaker.license) == nil)
        let loaded = try #require(Self.state(try await fixture.directory.load(TokenMaker.license)))
        #expect(loaded.license.value == TokenMaker.license)
        #expect(loaded.keys.keys.count == 1)
        #expect(Self.state(fixture.directory.tenant(TokenMaker.license)) === loaded)
        #expect(Self.state(fixture.directory.tenant(TokenMaker.license)) === loaded)
        #expect(fixture.store.tenantReads == [TokenMaker.license])
    }

    @Test("remembers who is no tenant, and asks nobody about what cannot be one")
    func strangers() async throws {
        let fixture = try await LoginFixture()
        #expect(fixture.directory.tenant("nobody") == nil)
        #expect(Self.isStranger(try await fixture.directory.load("nobody")))
        #expect(Self.isStranger(fixture.directory.tenant("nobody")))
        #expect(fixture.store.tenantReads == ["nobody"])
        for issuer in ["", "../etc", "a b", String(repeating: "x", count: 8_000)] {
            #expect(Self.isStranger(fixture.directory.tenant(issuer)))
            #expect(Self.isStranger(try await fixture.directory.load(issuer)))
        }
        #expect(fixture.store.tenantReads == ["nobody"])
    }

    @Test("forgets everything at once, and calls back what was answered under it")
    func invalidates() async throws {
        let fixture = try await LoginFixture()
        let state = try #require(Self.state(try await fixture.directory.load(TokenMaker.license)))
        _ = try await fixture.directory.load("nobody")
        let account = try Self.account("ann")
        fixture.directory.keep(
            KeptLogin(account), of: Self.grant(account), since: fixture.directory.mark(of: account.license))
        #expect(fixture.directory.account(of: Self.grant(account), in: account.license)?.account == account)
        let generation = state.generation.current

        fixture.directory.invalidateAll()
        #expect(fixture.directory.tenant(TokenMaker.license) == nil)
        #expect(fixture.directory.tenant("nobody") == nil)
        #expect(fixture.directory.account(of: Self.grant(account), in: account.license) == nil)
        #expect(state.generation.current != generation)
    }

    @Test("keeps nothing that was loaded before something changed")
    func staleLoad() async throws {
        let fixture = try await LoginFixture()
        let directory = fixture.directory
        fixture.store.whileReading { directory.invalidateAll() }
        _ = try await directory.load(TokenMaker.license)
        #expect(directory.tenant(TokenMaker.license) == nil)

        let account = try Self.account("ann")
        let mark = directory.mark(of: account.license)
        directory.invalidateAll()
        directory.keep(KeptLogin(account), of: Self.grant(account), since: mark)
        #expect(directory.account(of: Self.grant(account), in: account.license) == nil)
    }

    @Test("reads a tenant once for all who ask at once, and again for who asks after a change")
    func sharedLoads() async throws {
        let fixture = try await LoginFixture()
        let directory = fixture.directory
        let others = Mutex<[Task<TenantState?, Never>]>([])
        let load: @Sendable () async -> TenantState? = { Self.state(try? await directory.load(TokenMaker.license)) }
        fixture.store.whileReading {
            // Each begins at once and comes as far as it can without waiting.
            let early = (0..<5).map { _ in Task.immediate { await load() } }
            directory.invalidateAll()
            let late = Task.immediate { await load() }
            others.withLock { $0 = early + [late] }
        }
        let first = try #require(await load())
        var states: [TenantState?] = []
        for other in others.withLock(\.self) { states.append(await other.value) }
        #expect(states.count == 6)
        #expect(states.dropLast().allSatisfy { $0 === first })
        #expect(states.last != nil && states.last.flatMap(\.self) !== first)
        #expect(Self.state(directory.tenant(TokenMaker.license)) === states.last.flatMap(\.self))
        #expect(fixture.store.tenantReads.count == 2)
    }

    @Test("is bounded, and calls back what it forgets to make room")
    func bounded() async throws {
        let fixture = try await LoginFixture(tenantCapacity: 4, accountCapacity: 4)
        for number in 0..<20 { try await fixture.addTenant("t\(number)") }
        var states: [TenantState] = []
        for number in 0..<20 { states.append(try #require(Self.state(try await fixture.directory.load("t\(number)")))) }
        let kept = (0..<20).filter { fixture.directory.tenant("t\($0)") != nil }
        #expect((1...4).contains(kept.count))
        #expect(kept.contains(19))
        for number in 0..<16 { #expect(states[number].generation.current > 0) }
        #expect(states[19].generation.current == 0)

        let accounts = try (0..<20).map { try Self.account("a\($0)") }
        for account in accounts {
            fixture.directory.keep(
                KeptLogin(account), of: Self.grant(account), since: fixture.directory.mark(of: account.license))
        }
        let found = accounts.filter { fixture.directory.account(of: Self.grant($0), in: $0.license) != nil }
        #expect((1...4).contains(found.count))
    }

    @Test("is not emptied of tenants by issuers that somebody makes up")
    func flood() async throws {
        let fixture = try await LoginFixture(tenantCapacity: 4)
        let state = try #require(Self.state(try await fixture.directory.load(TokenMaker.license)))
        for number in 0..<100 { _ = try await fixture.directory.load("made-up-\(number)") }
        #expect(Self.state(fixture.directory.tenant(TokenMaker.license)) === state)
        #expect(state.generation.current == 0)
    }

    @Test("calls back a tenant's answers when one of its accounts becomes another")
    func accountChange() async throws {
        let fixture = try await LoginFixture()
        let state = try #require(Self.state(try await fixture.directory.load(TokenMaker.license)))
        var account = try Self.account("ann")
        fixture.directory.keep(
            KeptLogin(account), of: Self.grant(account), since: fixture.directory.mark(of: account.license))
        account.lastLoginAt = now.adding(seconds: 9_999)
        fixture.directory.keep(
            KeptLogin(account), of: Self.grant(account), since: fixture.directory.mark(of: account.license))
        #expect(state.generation.current == 0)
        account.role = .administrator
        fixture.directory.keep(
            KeptLogin(account), of: Self.grant(account), since: fixture.directory.mark(of: account.license))
        #expect(state.generation.current > 0)
        // What was read of the tenant itself still holds.
        let renewed = try #require(Self.state(fixture.directory.tenant(TokenMaker.license)))
        #expect(renewed !== state && renewed.generation.current == 0)
        #expect(fixture.store.tenantReads.count == 1)
        #expect(fixture.directory.account(of: Self.grant(account), in: account.license)?.account == account)
    }

    private static func grant(_ account: Account) -> Grant {
        Grant(
            identity: .address(account.email, of: account.license), email: account.email, proof: .tenantSigned,
            displayName: nil, role: account.role, rule: nil, validUntil: nil)
    }

    private static func account(_ name: String) throws -> Account {
        Account(
            id: "acc_\(name)", license: try #require(License(TokenMaker.license)),
            email: try #require(EmailAddress("\(name)@example.com")), displayName: nil, role: .agent, createdAt: now,
            lastLoginAt: now)
    }
}
