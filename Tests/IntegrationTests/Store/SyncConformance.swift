import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("A store of syncs")
struct SyncConformance {
    private static let time = Timestamp(seconds: 2_000)
    private static let organization = "11111111-0000-4000-8000-000000000001"
    private static let stamp = AuditStamp(.bridge, at: time)

    private static func guid(_ number: Int) throws -> GUID {
        try #require(GUID("00000000-0000-4000-8000-00000000000\(number)"))
    }

    private static func id(_ name: String = "default") throws -> ConnectionID {
        ConnectionID(.dynamics, try #require(ConnectionName(name)), of: try .example())
    }

    private static func connection(_ name: String = "default") throws -> Connection {
        Connection(
            try id(name),
            .dynamics(
                DynamicsSettings(
                    tenantID: try #require(GUID(organization)), clientID: try guid(2),
                    environmentURL: "https://\(name).crm.dynamics.com")),
            credential: nil, createdAt: time)
    }

    /// A store with a tenant, the connections `default` and `emea`, and an administrator who is not of them.
    private static func withStore(
        _ kind: StoreUnderTest, _ body: (any Store) async throws -> Void
    ) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            for name in ["default", "emea"] {
                _ = try await store.put(try connection(name), over: nil, audit: .test)
            }
            _ = try await store.record(try .example("root@example.com", id: 99, role: .administrator))
            try await body(store)
        }
    }

    /// Lets somebody in through a connection.
    @discardableResult
    private static func signIn(
        _ store: any Store, _ number: Int, role: Role = .agent, through name: String = "default",
        by connection: String? = nil, at seconds: Int64 = 1_000, unmatched: AccessDenial? = nil
    ) async throws -> Account {
        let email = try EmailAddress.example("p\(number)@example.com")
        let identity = Identity(
            connection: connection ?? "dynamics:\(name)", organization: organization, subject: try guid(number).value)
        let login = try Login.example(email.value, id: number, at: seconds)
        let attempt = LoginAttempt(
            license: try .example(),
            grant: Grant(
                identity: identity, email: email, proof: .dataverseApproved, displayName: nil, role: role, rule: nil,
                validUntil: nil, unmatched: unmatched),
            time: login.time, newAccountID: login.newAccountID,
            draft: DecisionDraft(
                id: try RecordID.make("dec_", at: login.time), source: .dynamics, requestID: nil, facts: nil,
                trace: FullTrace()))
        return try await store.settle(attempt).outcome.get().account
    }

    /// What a sync has decided about somebody as the store has them now.
    private static func change(
        _ store: any Store, _ number: Int, _ outcome: RuleOutcome, through name: String = "default"
    ) async throws -> SyncChange {
        let decided: Decision.Outcome =
            switch outcome {
            case .role(let role): .allowed(role: role, rule: nil, accountID: nil)
            case .denial(let code): .denied(code: code, detail: "because", hint: nil)
            }
        let seen = try await store.syncedPeople(
            of: id(name), organization: organization, among: [guid(number).value])
        return SyncChange(
            outcome: outcome,
            decision: Decision(
                id: try RecordID.make("dec_", at: time), license: try .example(), time: time, source: .sync,
                requestID: nil, facts: nil, email: "p\(number)@example.com", outcome: decided, checks: []),
            since: time, seen: try #require(seen.first), readAt: time)
    }

    private static func basis(_ store: any Store, _ name: String = "default") async throws -> SyncBasis {
        SyncBasis(
            try #require(try await store.connection(id(name))), try #require(try await store.tenant(.example())))
    }

    private static func begin(_ store: any Store, _ name: String = "default") async throws {
        _ = try await store.beginSync(of: id(name), by: "me", until: time.adding(seconds: 60), at: time)
    }

    private static func apply(
        _ store: any Store, _ changes: [SyncChange], through name: String = "default", _ basis: SyncBasis? = nil
    ) async throws -> [SyncResult]? {
        try await begin(store, name)
        let now = try await Self.basis(store, name)
        return try await store.apply(
            changes, of: id(name), organization: organization, by: "me", basis: basis ?? now, audit: stamp)
    }

    /// Carries out changes that are still wanted.
    @discardableResult
    private static func apply(
        _ store: any Store, _ changes: [(number: Int, outcome: RuleOutcome)], through name: String = "default"
    ) async throws -> [SyncResult] {
        var all: [SyncChange] = []
        for (number, outcome) in changes { all.append(try await change(store, number, outcome, through: name)) }
        return try #require(try await apply(store, all, through: name))
    }

    private static func people(_ store: any Store, _ name: String = "default") async throws -> [SyncedPerson] {
        try await store.syncedPeople(of: id(name), organization: organization, after: nil, limit: 99)
    }

    @Test("lets one at a time sync a connection, until it ends or its time does", arguments: StoreUnderTest.allCases)
    func holder(kind: StoreUnderTest) async throws {
        try await Self.withStore(kind) { store in
            let (id, time) = (try Self.id(), Self.time)
            let end = time.adding(seconds: 60)
            #expect(try await store.beginSync(of: id, by: "a", until: end, at: time))
            #expect(try await store.beginSync(of: id, by: "a", until: end, at: time))
            #expect(try await !store.beginSync(of: id, by: "b", until: end, at: time.adding(seconds: 59)))
            #expect(try await store.beginSync(of: Self.id("emea"), by: "b", until: end, at: time))
            try await store.extendSync(of: id, by: "a", until: end.adding(seconds: 1))
            #expect(try await !store.beginSync(of: id, by: "b", until: end, at: end))
            // After a kill nobody says that it has ended.
            #expect(
                try await store.beginSync(of: id, by: "b", until: end.adding(seconds: 90), at: end.adding(seconds: 1)))
            for call in [
                { try await store.extendSync(of: id, by: "a", until: end) },
                { try await store.endSync(of: id, by: "a", Self.state()) },
                {
                    _ = try await store.apply(
                        [], of: id, organization: Self.organization, by: "a", basis: Self.basis(store),
                        audit: Self.stamp)
                },
            ] as [() async throws -> Void] {
                await #expect(throws: StoreError(.conflict, "")) { try await call() }
            }
            #expect(try await store.syncState(of: id) == nil)
            try await store.endSync(of: id, by: "b", Self.state())
            #expect(try await store.syncState(of: id) == Self.state())
            #expect(try await store.syncStates(limit: 9).map(\.id) == [id])
            #expect(try await store.beginSync(of: id, by: "a", until: end, at: time))
            #expect(try await store.syncState(of: id) == Self.state())
        }
    }

    private static func state() -> SyncState {
        SyncState(
            connectionVersion: 3, startedAt: time, finishedAt: time, outcome: .done, isFull: true, counts: SyncCounts(),
            success: nil)
    }

    @Test("knows connections, and nothing of one that is gone", arguments: StoreUnderTest.allCases)
    func connections(kind: StoreUnderTest) async throws {
        try await Self.withStore(kind) { store in
            #expect(try await store.connectionIDs(.dynamics) == [Self.id(), Self.id("emea")])
            #expect(try await store.connectionIDs(.salesforce).isEmpty)
            _ = try await store.beginSync(of: Self.id(), by: "a", until: Self.time, at: Self.time)
            try await store.endSync(of: Self.id(), by: "a", Self.state())
            _ = try await store.removeConnection(Self.id(), expectedVersion: nil, audit: .test)
            #expect(try await store.syncState(of: Self.id()) == nil)
            #expect(try await store.syncStates(limit: 9).isEmpty)
            await #expect(throws: StoreError(.notFound, "")) {
                _ = try await store.beginSync(of: Self.id(), by: "a", until: Self.time, at: Self.time)
            }
        }
    }

    @Test("gives those who came through a connection, page by page and by name", arguments: StoreUnderTest.allCases)
    func people(kind: StoreUnderTest) async throws {
        try await Self.withStore(kind) { store in
            for number in [3, 1, 2] { try await Self.signIn(store, number) }
            try await Self.signIn(store, 4, through: "emea")
            try await Self.signIn(store, 1, role: .administrator, through: "emea")
            #expect(try await Self.people(store).map(\.subject) == [1, 2, 3].map { try Self.guid($0).value })
            let rest = try await store.syncedPeople(
                of: Self.id(), organization: Self.organization, after: Self.guid(1).value, limit: 1)
            #expect(rest.map(\.subject) == [try Self.guid(2).value])
            let named = try await store.syncedPeople(
                of: Self.id(), organization: Self.organization, among: [4, 1, 9].map { try Self.guid($0).value })
            #expect(named.map(\.account.email.value) == ["p1@example.com"])
            #expect(named.first?.otherRole == .administrator)
            #expect(named.first?.grantedRole == .agent)
            #expect(named.first?.account.role == .administrator)
            #expect(try await Self.people(store).map(\.otherRole) == [.administrator, nil, nil])
            #expect(try await Self.people(store, "emea").map(\.otherRole) == [.agent, nil])
            #expect(
                try await store.syncedPeople(of: Self.id(), organization: "other", after: nil, limit: 9).isEmpty)
        }
    }

    @Test(
        "suspends an account with its decision, its audit line and its revocation, and the next login undoes it",
        arguments: StoreUnderTest.allCases)
    func suspends(kind: StoreUnderTest) async throws {
        try await Self.withStore(kind) { store in
            let account = try await Self.signIn(store, 1)
            let change = try await Self.change(store, 1, .denial(.userInactive))
            let results = try #require(try await Self.apply(store, [change, change]))
            guard case .done = results[0], case .nothing = results[1] else {
                Issue.record("\(results)")
                return
            }
            let stored = try await store.account(id: account.id, of: .example())
            #expect(stored?.status == .suspended)
            #expect(try await store.account(account.email, of: .example())?.status == .suspended)
            #expect(try await Self.people(store).first?.suspendedFor == .userInactive)
            #expect(try await store.decision(change.decision.id, of: .example()) != nil)
            let lines = try await store.auditRecords(after: 0, limit: 99).map(\.line)
            #expect(lines.count { $0.contains(#""action":"account.suspend""#) } == 1)
            #expect(lines.count { $0.contains(change.decision.id) } == 1)
            let revoked = try await store.revocations(of: .example(), after: nil, limit: 9)
            #expect(revoked == [Revocation(.account, account.id, issuedBefore: Self.time)])
            let again = try await Self.signIn(store, 1, at: 3_000)
            #expect(again.status == .active && again.id == account.id)
            #expect(try await store.account(id: account.id, of: .example())?.status == .active)
            #expect(try await Self.people(store).first?.suspendedFor == nil)
        }
    }

    @Test(
        "lowers and restores, and leaves alone what somebody has disabled by name", arguments: StoreUnderTest.allCases)
    func changes(kind: StoreUnderTest) async throws {
        try await Self.withStore(kind) { store in
            let first = try await Self.signIn(store, 1, role: .administrator)
            let second = try await Self.signIn(store, 2)
            try await Self.apply(
                store, [(1, .role(.agent)), (2, .denial(.roleMissing))])
            #expect(try await store.account(id: first.id, of: .example())?.role == .agent)
            #expect(try await Self.people(store).map(\.grantedRole) == [.agent, nil])
            try await Self.apply(store, [(2, .role(.agent))])
            #expect(try await store.account(id: second.id, of: .example())?.status == .active)
            for account in [first, second] {
                _ = try await store.change(
                    account.id, of: .example(), AccountPatch(status: .disabled), allowsLastAdministrator: false,
                    audit: .test)
            }
            let results = try await Self.apply(
                store, [(1, .denial(.roleMissing)), (2, .role(.agent))])
            for result in results {
                guard case .nothing = result else {
                    Issue.record("\(result)")
                    continue
                }
            }
            #expect(try await store.account(id: second.id, of: .example())?.status == .disabled)
        }
    }

    @Test("keeps the last administrator, whoever comes first", arguments: StoreUnderTest.allCases)
    func lastAdministrator(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            _ = try await store.put(try Self.connection(), over: nil, audit: .test)
            for number in [1, 2] { try await Self.signIn(store, number, role: .administrator) }
            let results = try await Self.apply(
                store, [(1, .denial(.userInactive)), (2, .role(.agent))])
            guard case .done = results[0], case .keptLastAdministrator(let kept) = results[1] else {
                Issue.record("\(results)")
                return
            }
            #expect(kept.email.value == "p2@example.com")
            let stored = try await store.account(id: kept.id, of: .example())
            #expect(stored?.role == .administrator && stored?.status == .active)
            #expect(try await !store.hasAdministrator(of: .example(), besides: kept.id))
        }
    }

    @Test(
        "remembers of a last administrator who was kept what was kept, so that a later sync lowers them",
        arguments: StoreUnderTest.allCases)
    func keptRole(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            _ = try await store.put(try Self.connection(), over: nil, audit: .test)
            try await Self.signIn(store, 1, role: .administrator)
            let kept = try await Self.signIn(store, 1, at: 1_100)
            #expect(kept.role == .administrator)
            #expect(try await Self.people(store).map(\.grantedRole) == [.administrator])
            try await Self.signIn(store, 2, role: .administrator)
            let results = try await Self.apply(store, [(1, .role(.agent))])
            #expect(results.first?.effect?.after.role == .agent)
        }
    }

    @Test(
        "opens no way in for a last administrator to whom the rules give nothing", arguments: StoreUnderTest.allCases)
    func unmatched(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            for name in ["default", "emea"] {
                _ = try await store.put(try Self.connection(name), over: nil, audit: .test)
            }
            try await Self.signIn(store, 1, role: .administrator)
            try await Self.signIn(store, 1, role: .administrator, through: "emea")
            try await Self.apply(store, [(1, .denial(.roleMissing))])
            let denial = AccessDenial(.roleMissing, "no rule")
            let kept = try await Self.signIn(store, 1, at: 3_000, unmatched: denial)
            #expect(kept.role == .administrator)
            let person = try #require(try await Self.people(store).first)
            #expect(person.suspendedFor == .roleMissing && person.grantedRole == .administrator)
            try await Self.signIn(store, 1, role: .administrator, at: 3_100)
            #expect(try await Self.people(store).first?.suspendedFor == nil)
        }
    }

    @Test(
        "opens every way in again that was closed when somebody enables the account", arguments: StoreUnderTest.allCases
    )
    func enables(kind: StoreUnderTest) async throws {
        try await Self.withStore(kind) { store in
            let account = try await Self.signIn(store, 1)
            try await Self.apply(store, [(1, .denial(.roleMissing))])
            _ = try await store.change(
                account.id, of: .example(), AccountPatch(status: .active), allowsLastAdministrator: false,
                audit: .test)
            #expect(try await store.account(id: account.id, of: .example())?.status == .active)
            #expect(try await Self.people(store).first?.suspendedFor == nil)
            // Disabled by name while it is suspended, it is both; enabled, it is neither.
            try await Self.apply(store, [(1, .denial(.roleMissing))])
            for (status, expected) in [(Account.Status.disabled, Account.Status.disabled), (.active, .active)] {
                _ = try await store.change(
                    account.id, of: .example(), AccountPatch(status: status), allowsLastAdministrator: false,
                    audit: .test)
                #expect(try await store.account(id: account.id, of: .example())?.status == expected)
            }
        }
    }

    private static func isLeft(_ results: [SyncResult]?) -> Bool {
        if case .leftToNext = results?.first { true } else { false }
    }

    @Test(
        "changes nothing once connection or tenant are others than it was decided by",
        arguments: StoreUnderTest.allCases)
    func outdated(kind: StoreUnderTest) async throws {
        try await Self.withStore(kind) { store in
            let account = try await Self.signIn(store, 1)
            let change = try await Self.change(store, 1, .denial(.userInactive))
            let before = try await Self.basis(store)
            let connection = try #require(try await store.connection(Self.id()))
            _ = try await store.put(connection.consented(at: Self.time), over: connection.version, audit: .test)
            #expect(try await Self.apply(store, [change], before) == nil)
            let changed = try await Self.basis(store)
            let tenant = try #require(try await store.tenant(.example()))
            _ = try await store.update(tenant, expectedVersion: nil, audit: .created(tenant, .test))
            #expect(try await Self.apply(store, [change], changed) == nil)
            #expect(try await store.account(id: account.id, of: .example())?.status == .active)
            #expect(try await Self.apply(store, [change])?.first?.effect != nil)
        }
    }

    @Test("leaves whoever was let in after the reading began to the next sync", arguments: StoreUnderTest.allCases)
    func fresh(kind: StoreUnderTest) async throws {
        try await Self.withStore(kind) { store in
            let account = try await Self.signIn(store, 1)
            let change = try await Self.change(store, 1, .denial(.roleMissing))
            try await Self.signIn(store, 1, at: 2_001)
            #expect(Self.isLeft(try await Self.apply(store, [change])))
            #expect(try await store.account(id: account.id, of: .example())?.status == .active)
        }
    }

    @Test("leaves whoever was changed by name meanwhile to the next sync", arguments: StoreUnderTest.allCases)
    func changedByName(kind: StoreUnderTest) async throws {
        try await Self.withStore(kind) { store in
            let account = try await Self.signIn(store, 1)
            try await Self.apply(store, [(1, .denial(.roleMissing))])
            let change = try await Self.change(store, 1, .role(.agent))
            _ = try await store.change(
                account.id, of: .example(), AccountPatch(role: .administrator), allowsLastAdministrator: false,
                audit: .test)
            #expect(Self.isLeft(try await Self.apply(store, [change])))
        }
    }

    @Test("forgets who syncs the connections of a tenant that is removed", arguments: StoreUnderTest.allCases)
    func removedTenant(kind: StoreUnderTest) async throws {
        try await Self.withStore(kind) { store in
            try await Self.begin(store)
            let tenant = try #require(try await store.tenant(.example()))
            try await store.remove(.example(), expectedVersion: nil, audit: .created(tenant, .test))
            for call in [
                { try await store.extendSync(of: Self.id(), by: "me", until: Self.time) },
                { try await store.endSync(of: Self.id(), by: "me", Self.state()) },
            ] as [() async throws -> Void] {
                await #expect(throws: StoreError(.conflict, "")) { try await call() }
            }
        }
    }

    @Test("counts no way in that cannot be used any more", arguments: StoreUnderTest.allCases)
    func uselessWays(kind: StoreUnderTest) async throws {
        try await Self.withStore(kind) { store in
            let account = try await Self.signIn(store, 1)
            try await Self.signIn(store, 1, through: "emea")
            #expect(try await Self.people(store).map(\.hasOtherWay) == [true])
            // Linked to another Entra tenant since: the person of the old one cannot come that way.
            let emea = try #require(try await store.connection(Self.id("emea")))
            let other = emea.edited(
                .dynamics(
                    DynamicsSettings(
                        tenantID: try Self.guid(9), clientID: try Self.guid(2),
                        environmentURL: "https://emea.crm.dynamics.com")),
                credential: nil, at: Self.time)
            let stored = try await store.put(other, over: emea.version, audit: .test)
            #expect(try await Self.people(store).map(\.hasOtherWay) == [false])
            _ = try await store.put(emea, over: stored.version, audit: .test)
            #expect(try await Self.people(store).map(\.hasOtherWay) == [true])
            _ = try await store.removeConnection(Self.id("emea"), expectedVersion: nil, audit: .test)
            #expect(try await Self.people(store).map(\.hasOtherWay) == [false])
            try await Self.apply(store, [(1, .denial(.roleMissing))])
            #expect(try await store.account(id: account.id, of: .example())?.status == .suspended)
        }
    }

    @Test("counts what the tenant's own signer vouches for while it has a key", arguments: StoreUnderTest.allCases)
    func signedWay(kind: StoreUnderTest) async throws {
        try await Self.withStore(kind) { store in
            try await Self.signIn(store, 1)
            try await Self.signIn(store, 1, by: "salesforce:default")
            #expect(try await Self.people(store).map(\.hasOtherWay) == [false])
            let key = try KeyFixture.cobrowse.publicKey
            _ = try await store.insert(
                [
                    TrustedKey(
                        id: key.thumbprint, license: try .example(), alias: nil, declaredKeyID: nil,
                        publicKey: key.subjectPublicKeyInfo, certificate: nil, notBefore: nil, notAfter: nil,
                        importedAt: Self.time)
                ], audit: .test)
            #expect(try await Self.people(store).map(\.hasOtherWay) == [true])
            _ = try await store.removeKey(named: key.thumbprint, of: .example(), audit: .test)
            #expect(try await Self.people(store).map(\.hasOtherWay) == [false])
        }
    }

    @Test("lowers who is no administrator by any way any more", arguments: StoreUnderTest.allCases)
    func loweredByAll(kind: StoreUnderTest) async throws {
        try await Self.withStore(kind) { store in
            try await Self.signIn(store, 9, role: .administrator)
            let account = try await Self.signIn(store, 1, role: .administrator)
            try await Self.signIn(store, 1, role: .administrator, through: "emea")
            try await Self.apply(store, [(1, .role(.agent))])
            #expect(try await store.account(id: account.id, of: .example())?.role == .administrator)
            #expect(try await store.revocations(of: .example(), after: nil, limit: 9).isEmpty)
            try await Self.apply(store, [(1, .role(.agent))], through: "emea")
            #expect(try await store.account(id: account.id, of: .example())?.role == .agent)
            #expect(try await store.revocations(of: .example(), after: nil, limit: 9).count == 1)
        }
    }

    @Test("keeps an account open while another way in is", arguments: StoreUnderTest.allCases)
    func severalWays(kind: StoreUnderTest) async throws {
        try await Self.withStore(kind) { store in
            let account = try await Self.signIn(store, 1)
            try await Self.signIn(store, 1, through: "emea")
            try await Self.apply(store, [(1, .denial(.roleMissing))])
            #expect(try await store.account(id: account.id, of: .example())?.status == .active)
            #expect(try await store.revocations(of: .example(), after: nil, limit: 9).count == 1)
            try await Self.apply(store, [(1, .denial(.roleMissing))], through: "emea")
            #expect(try await store.account(id: account.id, of: .example())?.status == .suspended)
            try await Self.apply(store, [(1, .role(.agent))])
            #expect(try await store.account(id: account.id, of: .example())?.status == .active)
        }
    }
}
