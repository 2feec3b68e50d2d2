import AuthService
import BridgeCore
import BridgeTesting
import Testing

@Suite("The versions of a tenant in a store")
struct TenantVersionConformance {
    private static func entry(_ action: String = "tenant.apply") throws -> AuditEntry {
        AuditEntry(action, by: Actor("cli:root"), at: Timestamp(seconds: 5_000), license: try .example())
    }

    private static func changed(_ name: String) throws -> Tenant {
        var tenant = try Tenant.example()
        tenant.name = name
        tenant.settings.tokenLifetime = 60
        tenant.settings.handOff = .token
        return tenant
    }

    @Test("begin at 1 and count what is written, also after being opened again", arguments: StoreUnderTest.allCases)
    func counts(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let store = try await place.open()
            var tenant = try Tenant.example()
            tenant.version = 77  // not for the caller to say
            try await store.insert(tenant)
            #expect(try await store.tenant(tenant.license)?.version == 1)
            let changed = try Self.changed("second")
            #expect(try await store.update(changed, expectedVersion: 1, audit: Self.entry()) == 2)
            #expect(try await store.update(changed, expectedVersion: nil, audit: Self.entry()) == 3)
            await store.close()

            let again = try await place.open()
            var expected = changed
            expected.version = 3
            #expect(try await again.tenant(tenant.license) == expected)
            #expect(try await again.tenants(after: nil, limit: 10) == [expected])
            await again.close()
        }
    }

    @Test("tell the second of two writers, and change nothing for it", arguments: StoreUnderTest.allCases)
    func stale(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let (store, other) = (try await place.open(), try await place.open())
            try await store.insert(try .example())
            _ = try await store.update(Self.changed("first"), expectedVersion: 1, audit: Self.entry())
            for version in [1, 0, 3, -1] as [Int64] {
                let code = await code {
                    _ = try await other.update(Self.changed("late"), expectedVersion: version, audit: Self.entry())
                }
                #expect(code == .conflict)
            }
            let stored = try await other.tenant(try .example())
            #expect(stored?.name == "first")
            #expect(stored?.version == 2)
            for opened in [store, other] { await opened.close() }
        }
    }

    @Test("let one of many writers of one version through", arguments: StoreUnderTest.allCases)
    func race(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            let codes = await concurrently(50) { number in
                await code {
                    _ = try await store.update(
                        Self.changed("\(number)"), expectedVersion: 1, audit: Self.entry())
                }
            }
            #expect(codes.filter { $0 == nil }.count == 1)
            #expect(codes.filter { $0 == .conflict }.count == 49)
            #expect(try await store.tenant(License.example())?.version == 2)
        }
    }

    @Test("are not made for a tenant that is not there", arguments: StoreUnderTest.allCases)
    func unknown(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            let license = try License.example()
            for version in [nil, 1] as [Int64?] {
                let code = await code {
                    _ = try await store.update(Self.changed("a"), expectedVersion: version, audit: Self.entry())
                }
                #expect(code == .notFound)
            }
            #expect(try await store.tenant(license) == nil)
        }
    }

    @Test("leave what else a tenant has alone", arguments: StoreUnderTest.allCases)
    func others(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            _ = try await store.insert([try .example("a")])
            let account = try await store.record(try .example("a@example.com"))
            _ = try await store.update(Self.changed("a"), expectedVersion: 1, audit: Self.entry())
            #expect(try await store.keys(of: try .example()).count == 1)
            #expect(try await store.account(account.email, of: try .example()) == account)
        }
    }

    @Test("end with everything the tenant had, and with nothing of another", arguments: StoreUnderTest.allCases)
    func remove(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            let (license, other) = (try License.example(), try License.example("other"))
            for (number, name) in ["trial12345", "other"].enumerated() {
                try await store.insert(try .example(name))
                _ = try await store.insert([try .example("a", of: name)])
                _ = try await store.record(try .example("a@example.com", id: number + 1, of: name))
            }
            let account = try await store.account(try .example("a@example.com"), of: license)
            try await store.remove(license, audit: Self.entry("tenant.remove"))

            #expect(try await store.tenant(license) == nil)
            #expect(try await store.keys(of: license).isEmpty)
            #expect(try await store.accounts(of: license, after: nil, limit: 10).isEmpty)
            #expect(try await store.account(id: account?.id ?? "", of: license) == nil)
            #expect(try await store.tenant(other) == Tenant.example("other"))
            #expect(try await store.keys(of: other).count == 1)
            #expect(try await store.accounts(of: other, after: nil, limit: 10).count == 1)
            let login = await code { _ = try await store.record(try .example("a@example.com")) }
            let again = await code { try await store.remove(license, audit: Self.entry()) }
            #expect(login == .notFound)
            #expect(again == .notFound)

            // The license may come back; nobody of before does, and no version either.
            #expect(try await store.insert(try .example()) == 2)
            #expect(try await store.tenant(license)?.version == 2)
            #expect(try await store.keys(of: license).isEmpty)
            #expect(try await store.accounts(of: license, after: nil, limit: 10).isEmpty)
        }
    }

    @Test("are never two documents, however often a license comes back", arguments: StoreUnderTest.allCases)
    func comingBack(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            var store = try await place.open()
            let license = try License.example()
            var versions: [Int64] = []
            for round in 0..<4 {
                versions.append(try await store.insert(try .example()))
                for name in ["a", "b"].prefix(round) {
                    versions.append(
                        try await store.update(Self.changed(name), expectedVersion: nil, audit: Self.entry()))
                }
                // Whoever has read an earlier tenant of the license writes nothing over this one.
                for old in versions.dropLast() {
                    let stale = await code {
                        _ = try await store.update(Self.changed("x"), expectedVersion: old, audit: Self.entry())
                    }
                    #expect(stale == .conflict)
                }
                try await store.remove(license, audit: Self.entry("tenant.remove"))
                await store.close()
                store = try await place.open()
            }
            #expect(versions == Array(1...Int64(versions.count)))
            await store.close()
        }
    }

    @Test("are looked at where a tenant is removed", arguments: StoreUnderTest.allCases)
    func removeVersion(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            _ = try await store.update(Self.changed("a"), expectedVersion: 1, audit: Self.entry())
            let license = try License.example()
            for version in [1, 3] as [Int64] {
                let stale = await code {
                    try await store.remove(license, expectedVersion: version, audit: Self.entry("tenant.remove"))
                }
                #expect(stale == .conflict)
            }
            #expect(try await store.tenant(license)?.version == 2)
            try await store.remove(license, expectedVersion: 2, audit: Self.entry("tenant.remove"))
            #expect(try await store.tenant(license) == nil)
        }
    }
}
