import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("A change of one tenant, in memory")
struct TenantChangeInMemoryTests {
    private static func state(_ fixture: LoginFixture, _ name: String) -> TenantState? {
        if case .tenant(let state) = fixture.directory.tenant(name) { state } else { nil }
    }

    /// Two tenants with a person each, in memory.
    private static func twoTenants() async throws -> (fixture: LoginFixture, desk: LoginDesk, tokens: [String]) {
        let fixture = try await LoginFixture()
        try await fixture.addTenant("other")
        let desk = try fixture.desk()
        let maker = try TokenMaker()
        let tokens = [try maker.token(), try maker.token(["iss": #""other""#])]
        for token in tokens { for _ in 0..<2 { _ = try await fixture.login(token, at: desk) } }
        return (fixture, desk, tokens)
    }

    private static func isAtOnce(_ token: String, _ desk: LoginDesk, _ fixture: LoginFixture) async throws -> Bool {
        if case .atOnce = try await fixture.login(token, at: desk) { true } else { false }
    }

    @Test("leaves every other tenant, its people and its answers where they are")
    func others() async throws {
        let (fixture, desk, tokens) = try await Self.twoTenants()
        let license = try #require(License(TokenMaker.license))
        let other = try #require(Self.state(fixture, "other"))
        let records = fixture.store.records
        let changes: [(LoginDirectory) -> Void] = [
            { $0.invalidate(license) }, { $0.remove(license) },
            { $0.add(Revocation(.all, "", issuedBefore: now.adding(seconds: -9_999)), of: license) },
        ]
        for change in changes {
            let mine = try #require(Self.state(fixture, TokenMaker.license))
            change(fixture.directory)
            #expect(mine.generation.current > 0)
            #expect(Self.state(fixture, "other") === other)
            #expect(other.generation.current == 0)
            #expect(try await Self.isAtOnce(tokens[1], desk, fixture))
            _ = try await fixture.login(tokens[0], at: desk)
            _ = try await fixture.login(tokens[0], at: desk)
        }
        #expect(fixture.store.tenantReads.filter { $0 == "other" }.count == 1)
        // Only the removal took the account.
        #expect(fixture.store.records == records + 1)
    }

    @Test("that is none calls nothing back")
    func nothing() async throws {
        let (fixture, _, _) = try await Self.twoTenants()
        let license = try #require(License(TokenMaker.license))
        let account = try #require(
            try await fixture.store.accounts(of: license, after: nil, limit: 1).first)
        let revocation = Revocation(.tokenID, "a", issuedBefore: now)
        fixture.directory.add(revocation, of: license)
        let state = try #require(Self.state(fixture, TokenMaker.license))
        fixture.directory.add(revocation, of: license)
        fixture.directory.add(Revocation(.tokenID, "a", issuedBefore: now.adding(seconds: -5)), of: license)
        fixture.directory.apply(try AccountChange(account, AccountPatch(status: .active), AuditStamp(.bridge, at: now)))
        #expect(Self.state(fixture, TokenMaker.license) === state)
        #expect(state.generation.current == 0)
    }

    @Test("keeps what is being read from before it out, and nothing of another tenant's")
    func meanwhile() async throws {
        let fixture = try await LoginFixture()
        try await fixture.addTenant("other")
        let directory = fixture.directory
        let license = try #require(License(TokenMaker.license))
        let changes: [@Sendable () -> Void] = [
            { directory.invalidate(license) }, { directory.remove(license) },
            { directory.add(Revocation(.email, "x", issuedBefore: now), of: license) },
        ]
        for change in changes {
            directory.invalidateAll()
            fixture.store.whileReading { change() }
            _ = try await directory.load(TokenMaker.license)
            #expect(directory.tenant(TokenMaker.license) == nil)
            fixture.store.whileReading { change() }
            _ = try await directory.load("other")
            #expect(Self.state(fixture, "other") != nil)
        }
    }

    @Test("that removes it leaves nothing for the next one of the same name")
    func comesBack() async throws {
        let (fixture, desk, tokens) = try await Self.twoTenants()
        let license = try #require(License(TokenMaker.license))
        let revocation = Revocation(.all, "", issuedBefore: now.adding(seconds: 100))
        _ = try await fixture.store.revoke(revocation, of: license, audit: AuditStamp(.bridge, at: now))
        fixture.directory.add(revocation, of: license)
        #expect(await fixture.refusal(of: tokens[0], at: desk) == .tokenRevoked)
        let before = try await fixture.store.accounts(of: license, after: nil, limit: 9).map(\.id)

        // Whether this process removed it or another one did, which is noticed later.
        for isOwn in [true, false] {
            try await fixture.store.memory.remove(
                license, expectedVersion: nil,
                audit: AuditEntry("tenant.remove", by: .bridge, at: now, license: license))
            let audit = AuditStamp(.bridge, at: now)
            let created = now.adding(seconds: isOwn ? 10 : 20)
            try await fixture.store.memory.insert(Tenant(license: license, name: nil, createdAt: created), audit: audit)
            _ = try await fixture.store.memory.insert(
                [
                    TrustedKey(
                        id: "k", license: license, alias: nil, declaredKeyID: nil,
                        publicKey: try KeyFixture.cobrowse.publicKey.subjectPublicKeyInfo, certificate: nil,
                        notBefore: nil, notAfter: nil, importedAt: now)
                ], audit: audit)
            if isOwn { fixture.directory.remove(license) } else { fixture.directory.invalidateAll() }
            let account = try #require(try await fixture.login(tokens[0], at: desk).account)
            #expect(!before.contains(account.id))
        }
    }
}

@Suite("Revocations of a tenant, in memory")
struct KeptRevocationTests {
    private static let count = 2_500

    /// A tenant with many revocations that has been loaded.
    private static func loaded() async throws -> (fixture: LoginFixture, license: License) {
        let fixture = try await LoginFixture()
        let license = try #require(License(TokenMaker.license))
        for number in 0..<count { try await revoke("\(number)", license, fixture) }
        _ = try await fixture.directory.load(TokenMaker.license)
        #expect(fixture.store.revocationReads == count)
        return (fixture, license)
    }

    private static func revoke(_ id: String, _ license: License, _ fixture: LoginFixture) async throws {
        _ = try await fixture.store.revoke(
            Revocation(.tokenID, id, issuedBefore: now), of: license, audit: AuditStamp(.bridge, at: now))
    }

    private static func isRevoked(_ id: String, _ fixture: LoginFixture) async throws -> Bool {
        let token = try TokenMaker().token(["jti": #""\#(id)""#, "iat": "\(now.seconds - 30)"])
        return await fixture.refusal(of: token, at: try fixture.desk()) == .tokenRevoked
    }

    @Test("are not read again when the tenant is: only what was added since is")
    func increments() async throws {
        let (fixture, license) = try await Self.loaded()
        for change in [{ $0.invalidateAll() }, { $0.invalidate(license) }] as [(LoginDirectory) -> Void] {
            let before = fixture.store.revocationReads
            change(fixture.directory)
            #expect(try await Self.isRevoked("7", fixture))
            #expect(fixture.store.revocationReads == before)
        }
        // Added by another process: noticed as any change of one is.
        for number in 0..<1_001 { try await Self.revoke("late-\(number)", license, fixture) }
        #expect(try await !Self.isRevoked("late-1000", fixture))
        fixture.directory.invalidateAll()
        #expect(try await Self.isRevoked("late-1000", fixture))
        #expect(try await Self.isRevoked("late-0", fixture))
        #expect(fixture.store.revocationReads == Self.count + 1_001)
        fixture.directory.invalidateAll()
        #expect(try await Self.isRevoked("7", fixture))
        #expect(fixture.store.revocationReads == Self.count + 1_001)
    }

    @Test("that are added here count with the next request and have nothing read again")
    func own() async throws {
        let (fixture, license) = try await Self.loaded()
        let reads = fixture.store.tenantReads.count
        let desk = try fixture.desk()
        let token = try TokenMaker().token(["jti": #""one""#, "iat": "\(now.seconds - 30)"])
        for _ in 0..<2 { _ = try await fixture.login(token, at: desk) }
        let revocation = Revocation(.tokenID, "one", issuedBefore: now)
        _ = try await fixture.store.revoke(revocation, of: license, audit: AuditStamp(.bridge, at: now))
        fixture.directory.add(revocation, of: license)
        #expect(await fixture.refusal(of: token, at: desk) == .tokenRevoked)
        #expect(fixture.store.tenantReads.count == reads)
        #expect(fixture.store.revocationReads == Self.count)
    }

    @Test("that are added while the first ones are read are not lost")
    func meanwhile() async throws {
        let fixture = try await LoginFixture()
        let license = try #require(License(TokenMaker.license))
        try await Self.revoke("a", license, fixture)
        let (store, directory) = (fixture.store, fixture.directory)
        // By this process, which says so, and by another one, which does not.
        for (id, isOwn) in [("own", true), ("other", false)] {
            let revocation = Revocation(.tokenID, id, issuedBefore: now)
            store.whileReading {
                _ = try? await store.revoke(revocation, of: license, audit: AuditStamp(.bridge, at: now))
                if isOwn { directory.add(revocation, of: license) }
            }
            _ = try await directory.load(TokenMaker.license)
            #expect(try await Self.isRevoked(id, fixture))
            directory.invalidateAll()
            #expect(try await Self.isRevoked(id, fixture))
        }
        #expect(try await Self.isRevoked("a", fixture))
    }

    @Test("go when they have expired, and a later one of the same name counts")
    func expiry() async throws {
        let (fixture, license) = try await Self.loaded()
        fixture.directory.removeExpiredRevocations(at: now.adding(seconds: 86_400 + 61))
        #expect(try await !Self.isRevoked("7", fixture))
        try await Self.revoke("7b", license, fixture)
        fixture.directory.invalidateAll()
        #expect(try await Self.isRevoked("7b", fixture))
    }
}
