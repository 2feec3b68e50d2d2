import AuthService
import BridgeCore
import BridgeTesting
import Testing

@Suite("A store whose accounts are changed by name")
struct AccountChangeConformance {
    /// A tenant with an administrator `a` and an agent `b`.
    private static func fill(_ store: any Store) async throws -> (administrator: Account, agent: Account) {
        try await store.insert(try .example())
        return (
            try await store.record(try .example("a@example.com", id: 1, role: .administrator)),
            try await store.record(try .example("b@example.com", id: 2))
        )
    }

    @Test(
        "disables an account and revokes its tokens, and enables it without giving them back",
        arguments: StoreUnderTest.allCases)
    func disable(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            let agent = try await Self.fill(store).agent
            let license = agent.license
            var disabled = agent
            disabled.status = .disabled
            let change = try await store.change(
                agent.id, of: license, status: .disabled, role: nil, allowsLastAdministrator: false, audit: .at(5_000))
            #expect(change.before == agent)
            #expect(change.after == disabled)
            #expect(try await store.account(agent.email, of: license) == disabled)
            let revocation = Revocation(.account, agent.id, issuedBefore: Timestamp(seconds: 5_000))
            #expect(change.revocations == [revocation])
            #expect(try await store.revocations(of: license, after: nil, limit: 9) == [revocation])
            // A login leaves it as it is.
            #expect(try await store.record(try .example("b@example.com", id: 3, at: 6_000)) == disabled)

            let back = try await store.change(
                agent.id, of: license, status: .active, role: nil, allowsLastAdministrator: false, audit: .at(7_000))
            #expect(back.after == agent)
            #expect(back.revocations.isEmpty)
            #expect(try await store.account(agent.email, of: license) == agent)
            #expect(try await store.revocations(of: license, after: nil, limit: 9) == [revocation])
        }
    }

    @Test("changes role and status at once", arguments: StoreUnderTest.allCases)
    func both(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            let agent = try await Self.fill(store).agent
            for (status, role) in [(Account.Status?.some(.disabled), Role?.some(.administrator)), (.active, .agent)] {
                let after = try await store.change(
                    agent.id, of: agent.license, status: status, role: role, allowsLastAdministrator: false,
                    audit: .at(1)
                ).after
                #expect(after.status == status)
                #expect(after.role == role)
                #expect(try await store.account(id: agent.id, of: agent.license) == after)
            }
        }
    }

    @Test("answers not_found for an account the tenant does not have", arguments: StoreUnderTest.allCases)
    func unknown(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            let agent = try await Self.fill(store).agent
            try await store.insert(try .example("other"))
            for (id, name) in [("acc_x", "trial12345"), (agent.id, "other"), (agent.id, "nobody")] {
                await #expect(throws: StoreError(.notFound, "")) {
                    try await store.change(
                        id, of: try .example(name), status: .disabled, role: nil, allowsLastAdministrator: true,
                        audit: .at(1))
                }
            }
            #expect(try await store.account(agent.email, of: agent.license) == agent)
            #expect(try await store.revocations(of: agent.license, after: nil, limit: 9).isEmpty)
        }
    }

    @Test("keeps the last active administrator unless it is meant", arguments: StoreUnderTest.allCases)
    func lastAdministrator(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            let (administrator, agent) = try await Self.fill(store)
            let license = administrator.license
            // Neither an administrator of another tenant counts nor one that is disabled.
            try await store.insert(try .example("other"))
            _ = try await store.record(try .example("c@example.com", id: 3, role: .administrator, of: "other"))
            _ = try await store.change(
                agent.id, of: license, status: .disabled, role: .administrator, allowsLastAdministrator: false,
                audit: .at(1))
            #expect(try await store.hasAdministrator(of: license, besides: agent.id))
            #expect(try await !store.hasAdministrator(of: license, besides: administrator.id))

            for (status, role) in [(Account.Status?.some(.disabled), Role?.none), (nil, .agent), (.disabled, .agent)] {
                let error = await #expect(throws: StoreError(.conflict, "")) {
                    try await store.change(
                        administrator.id, of: license, status: status, role: role, allowsLastAdministrator: false,
                        audit: .at(2))
                }
                #expect(error?.hint?.contains("--yes") == true)
                #expect(try await store.account(administrator.email, of: license) == administrator)
            }
            // What leaves it one is no loss.
            _ = try await store.change(
                administrator.id, of: license, status: .active, role: .administrator, allowsLastAdministrator: false,
                audit: .at(3))
            let taken = try await store.change(
                administrator.id, of: license, status: nil, role: .agent, allowsLastAdministrator: true, audit: .at(3))
            #expect(taken.after.role == .agent)
            #expect(try await store.account(administrator.email, of: license)?.role == .agent)
        }
    }

    @Test("tells the newest decisions with facts of those who are administrators", arguments: StoreUnderTest.allCases)
    func administrators(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            let (administrator, agent) = try await Self.fill(store)
            let license = administrator.license
            func known(_ limit: Int = 9) async throws -> [String: Bool] {
                Dictionary(
                    uniqueKeysWithValues: try await store.latestDecisionsOfAdministrators(of: license, limit: limit)
                        .map { ($0.account.id, $0.decision != nil) })
            }
            let hasFacts = try await store.latestDecisions(of: license, after: nil, limit: 1)[0].decision != nil
            #expect(try await known() == [administrator.id: hasFacts])
            _ = try await store.change(
                agent.id, of: license, status: nil, role: .administrator, allowsLastAdministrator: false, audit: .at(1))
            #expect(try await Set(known().keys) == [administrator.id, agent.id])
            #expect(try await known(1).count == 1)
            _ = try await store.change(
                agent.id, of: license, status: .disabled, role: nil, allowsLastAdministrator: false, audit: .at(2))
            #expect(try await Set(known().keys) == [administrator.id])
            #expect(try await store.latestDecisionsOfAdministrators(of: try .example("other"), limit: 9).isEmpty)
        }
    }

    @Test("lets one of two administrators go, whoever asks first", arguments: StoreUnderTest.allCases)
    func race(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            let (administrator, agent) = try await Self.fill(store)
            _ = try await store.change(
                agent.id, of: agent.license, status: nil, role: .administrator, allowsLastAdministrator: false,
                audit: .at(1))
            let ids = [administrator.id, agent.id]
            let codes = await concurrently(2) { number in
                await code {
                    try await store.change(
                        ids[number], of: agent.license, status: .disabled, role: nil, allowsLastAdministrator: false,
                        audit: .at(2))
                }
            }
            #expect(codes.filter { $0 == nil }.count == 1)
            #expect(codes.filter { $0 == .conflict }.count == 1)
        }
    }
}
