import AuthService
import BridgeCore
import BridgeTesting
import Testing

@Suite("A store of accounts")
struct AccountConformance {
    @Test("makes an account by its first login", arguments: StoreUnderTest.allCases)
    func first(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            let login = try Login.example("Zoë@Example.com", role: .administrator, at: 5)
            let account = try await store.record(login)
            #expect(
                account
                    == Account(
                        id: login.newAccountID, license: login.license, email: login.email,
                        displayName: "Agent Example", role: .administrator, status: .active,
                        createdAt: Timestamp(seconds: 5), lastLoginAt: Timestamp(seconds: 5)))
            #expect(try await store.account(login.email, of: login.license) == account)
            #expect(try await store.account(id: account.id, of: login.license) == account)
        }
    }

    @Test("brings it up to date by later ones, the id and the beginning staying", arguments: StoreUnderTest.allCases)
    func later(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            _ = try await store.record(try .example("boss@example.com", id: 9, role: .administrator))
            let first = try await store.record(try .example("a@example.com", id: 1, name: "A", role: .administrator))
            let login = try Login.example("a@example.com", id: 2, name: "B", role: .agent, at: 2_000)
            let second = try await store.record(login)
            #expect(second.id == first.id)
            #expect(second.createdAt == first.createdAt)
            #expect(second.displayName == "B")
            #expect(second.role == .agent)
            #expect(second.lastLoginAt == Timestamp(seconds: 2_000))
            #expect(try await store.account(login.email, of: login.license) == second)
            #expect(try await store.account(id: login.newAccountID, of: login.license) == nil)
        }
    }

    @Test("keeps the name where a login brings none", arguments: StoreUnderTest.allCases)
    func name(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            #expect(try await store.record(try .example("a@example.com", name: nil)).displayName == nil)
            #expect(try await store.record(try .example("a@example.com", name: "Zoë \0 😀")).displayName == "Zoë \0 😀")
            #expect(try await store.record(try .example("a@example.com", name: nil)).displayName == "Zoë \0 😀")
            #expect(try await store.record(try .example("a@example.com", name: "")).displayName == "")
        }
    }

    @Test("takes the same login twice, and one that was overtaken", arguments: StoreUnderTest.allCases)
    func again(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            let login = try Login.example("a@example.com", at: 2_000)
            let account = try await store.record(login)
            #expect(try await store.record(login) == account)
            #expect(try await store.record(try .example("a@example.com", at: 1_000)) == account)
        }
    }

    @Test("refuses logins of a tenant that is not there, one by one", arguments: StoreUnderTest.allCases)
    func unknownTenant(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example("known"))
            let logins = try (0..<100).map {
                try Login.example("a\($0)@example.com", id: $0, of: $0.isMultiple(of: 3) ? "unknown" : "known")
            }
            let codes = await concurrently(100) { number in await code { _ = try await store.record(logins[number]) } }
            #expect(codes == (0..<100).map { $0.isMultiple(of: 3) ? .notFound : nil })
            #expect(try await store.accounts(of: try .example("known"), after: nil, limit: 1_000).count == 66)
            #expect(try await store.accounts(of: try .example("unknown"), after: nil, limit: 1_000).isEmpty)
        }
    }

    @Test("refuses an id that another account has", arguments: StoreUnderTest.allCases)
    func takenID(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            _ = try await store.record(try .example("a@example.com", id: 1))
            let other = try Login.example("b@example.com", id: 1)
            await #expect(throws: StoreError(.conflict, "")) { _ = try await store.record(other) }
            #expect(try await store.account(other.email, of: other.license) == nil)
        }
    }

    @Test("keeps the tenants' people apart", arguments: StoreUnderTest.allCases)
    func tenants(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            for name in ["one", "two"] { try await store.insert(try .example(name)) }
            let one = try await store.record(try .example("a@example.com", id: 1, of: "one"))
            let two = try await store.record(try .example("a@example.com", id: 2, of: "two"))
            #expect(one.id != two.id)
            #expect(try await store.account(id: one.id, of: two.license) == nil)
            #expect(try await store.account(id: two.id, of: two.license) == two)
            #expect(try await store.accounts(of: one.license, after: nil, limit: 9) == [one])
        }
    }

    @Test("makes one account of 200 first logins of one person at once", arguments: StoreUnderTest.allCases)
    func race(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            let logins = try (0..<200).map { try Login.example("a@example.com", id: $0) }
            let ids = await concurrently(200) { number in try? await store.record(logins[number]).id }
            #expect(Set(ids).count == 1)
            #expect(ids.first.map { $0 != nil } == true)
            let stored = try await store.accounts(of: try .example(), after: nil, limit: 10)
            #expect(stored.map(\.id) == [ids.first ?? nil])
        }
    }

    @Test("has all of 5,000 people who came at once, also after being opened again", arguments: StoreUnderTest.allCases)
    func crowd(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let store = try await place.open()
            try await store.insert(try .example())
            let logins = try (0..<5_000).map { try Login.example("a\($0)@example.com", id: $0) }
            let accounts = await concurrently(5_000) { number in try? await store.record(logins[number]) }
            #expect(accounts.map { $0?.id } == logins.map(\.newAccountID))
            await store.close()

            let again = try await place.open()
            let stored = try await again.accounts(of: try .example(), after: nil, limit: 10_000)
            #expect(Set(stored) == Set(accounts.compactMap(\.self)))
            #expect(stored.count == 5_000)
            await again.close()
        }
    }

    @Test("lists in order of the address, page by page", arguments: StoreUnderTest.allCases)
    func pages(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            try await store.insert(try .example("other"))
            let addresses = ["b@example.com", "a@example.com", "zoë@example.com", "a+b@example.com", "a.b@example.com"]
            for (id, address) in addresses.enumerated() { _ = try await store.record(try .example(address, id: id)) }
            _ = try await store.record(try .example("c@example.com", id: 99, of: "other"))
            let first = try await store.accounts(of: try .example(), after: nil, limit: 3)
            let rest = try await store.accounts(of: try .example(), after: first.last?.email, limit: 3)
            #expect(first.map(\.email.value) == ["a+b@example.com", "a.b@example.com", "a@example.com"])
            #expect(rest.map(\.email.value) == ["b@example.com", "zoë@example.com"])
            #expect(try await store.accounts(of: try .example(), after: nil, limit: -1).isEmpty)
        }
    }
}
