import AuthService
import BridgeCore
import BridgeTesting
import Testing

@Suite("A store")
struct StoreConformance {
    @Test("tells changes of others from its own", arguments: StoreUnderTest.allCases)
    func outsideChanges(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let store = try await place.open()
            let other = try await place.open()
            let start = try await store.outsideChanges()
            try await store.insert(try .example())
            _ = try await store.record(try .example("a@example.com", id: 1))
            _ = try await store.insert([try .example("a")])
            _ = await code { try await store.insert(try .example("trial12345")) }
            #expect(try await store.outsideChanges() == start)

            _ = try await other.keys(of: try .example())
            #expect(try await store.outsideChanges() == start)

            _ = try await other.removeKey(named: "a", of: try .example())
            let removed = try await store.outsideChanges()
            #expect(removed != start)
            #expect(try await store.outsideChanges() == removed)

            _ = try await other.record(try .example("b@example.com", id: 2))
            _ = try await store.record(try .example("c@example.com", id: 3))
            #expect(try await store.outsideChanges() != removed)
            for opened in [store, other] { await opened.close() }
        }
    }

    @Test("shows another instance what it wrote", arguments: StoreUnderTest.allCases)
    func shared(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let (store, other) = (try await place.open(), try await place.open())
            #expect(try await other.tenant(try .example()) == nil)
            try await store.insert(try .example())
            let tenant = try Tenant.example()
            #expect(try await other.tenant(tenant.license) == tenant)
            let logins = try (0..<400).map { try Login.example("a\($0 / 2)@example.com", id: $0) }
            let accounts = await concurrently(400) { number in
                try? await (number.isMultiple(of: 2) ? store : other).record(logins[number])
            }
            #expect(accounts.allSatisfy { $0 != nil })
            #expect(Set(accounts.map { $0?.id }).count == 200)
            #expect(try await store.accounts(of: try .example(), after: nil, limit: 1_000).count == 200)
            for opened in [store, other] { await opened.close() }
        }
    }

    @Test("proves that it can be read", arguments: StoreUnderTest.allCases)
    func check(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in try await store.check() }
    }

    @Test("finishes what is under way before it closes", arguments: StoreUnderTest.allCases)
    func finishes(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let store = try await place.open()
            try await store.insert(try .example())
            let logins = try (0..<2_000).map { try Login.example("a\($0)@example.com", id: $0) }
            async let closed: Void = store.close()
            let codes = await concurrently(2_000) { number in await code { _ = try await store.record(logins[number]) }
            }
            await closed
            let again = try await place.open()
            let stored = try await again.accounts(of: try .example(), after: nil, limit: 5_000)
            let answered = zip(logins, codes).filter { $0.1 == nil }.map(\.0.newAccountID)
            #expect(Set(stored.map(\.id)) == Set(answered))
            #expect(codes.allSatisfy { $0 == nil || $0 == .internal })
            await again.close()
        }
    }

    @Test("fails once it is closed, and may be closed again", arguments: StoreUnderTest.allCases)
    func closed(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let store = try await place.open()
            await store.close()
            await store.close()
            let license = try License.example()
            let login = try Login.example("a@example.com")
            let tenant = try Tenant.example()
            let key = StoredSigningKey(
                id: "a", state: .next, publicKey: [], sealedPrivateKey: [], createdAt: Timestamp(seconds: 0))
            let entry = AuditEntry("test", by: .bridge, at: Timestamp(seconds: 0), license: nil)
            let change = try KeyRing().change(by: .replace(newKey: "a"), at: Timestamp(seconds: 0), promoteAfter: 0)
            let calls: [@Sendable () async throws -> Void] = [
                { try await store.insert(tenant) },
                { _ = try await store.tenant(license) },
                { _ = try await store.update(tenant, expectedVersion: nil, audit: entry) },
                { try await store.remove(license, audit: entry) },
                { _ = try await store.tenants(after: nil, limit: 1) },
                { _ = try await store.keys(of: license) },
                { _ = try await store.removeKey(named: "a", of: license) },
                { _ = try await store.record(login) },
                { _ = try await store.account(login.email, of: license) },
                { _ = try await store.signingKeys() },
                { _ = try await store.insertIfNone(key, entry) },
                { _ = try await store.apply(change, adding: key, entry) },
                { _ = try await store.keyToSign(in: .current, lasting: 1) },
                { _ = try await store.sealedRecords() },
                { _ = try await store.reseal(entry) { $0.box } },
                { _ = try await store.outsideChanges() },
                { try await store.check() },
            ]
            for call in calls { #expect(await code(call) == .internal) }
        }
    }
}
