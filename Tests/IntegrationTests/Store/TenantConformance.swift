import AuthService
import BridgeCore
import Testing

@Suite("A store of tenants")
struct TenantConformance {
    @Test("gives back what was put in, also after being opened again", arguments: StoreUnderTest.allCases)
    func keeps(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let tenant = try Tenant.example()
            let store = try await place.open()
            try await store.insert(tenant)
            #expect(try await store.tenant(tenant.license) == tenant)
            await store.close()
            let again = try await place.open()
            #expect(try await again.tenant(tenant.license) == tenant)
            await again.close()
        }
    }

    @Test("keeps the absence of a name", arguments: StoreUnderTest.allCases)
    func nameless(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            let tenant = Tenant(license: try .example(), name: nil, createdAt: Timestamp(seconds: -1))
            try await store.insert(tenant)
            #expect(try await store.tenant(tenant.license) == tenant)
        }
    }

    @Test("answers nil for a license nobody added", arguments: StoreUnderTest.allCases)
    func unknown(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example("Trial"))
            #expect(try await store.tenant(try .example("trial")) == nil)
        }
    }

    @Test("refuses a license it has, and leaves the tenant alone", arguments: StoreUnderTest.allCases)
    func conflict(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            let tenant = try Tenant.example()
            try await store.insert(tenant)
            let other = Tenant(license: tenant.license, name: "other", createdAt: Timestamp(seconds: 1))
            await #expect(throws: StoreError(.conflict, "")) { try await store.insert(other) }
            #expect(try await store.tenant(tenant.license) == tenant)
        }
    }

    @Test("gives one of many that add the same license at once", arguments: StoreUnderTest.allCases)
    func race(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            let license = try License.example()
            let codes = await concurrently(50) { number in
                await code {
                    try await store.insert(
                        Tenant(license: license, name: "\(number)", createdAt: Timestamp(seconds: 1)))
                }
            }
            #expect(codes.filter { $0 == nil }.count == 1)
            #expect(codes.filter { $0 == .conflict }.count == 49)
        }
    }

    @Test("lists in order of the license, page by page", arguments: StoreUnderTest.allCases)
    func pages(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            for name in ["b", "a", "B", "a-1", "0", "_"] { try await store.insert(try .example(name)) }
            var found: [String] = []
            var last: License?
            while true {
                let page = try await store.tenants(after: last, limit: 4)
                if page.isEmpty { break }
                #expect(page.count == 4 || page.count == 2)
                found += page.map(\.license.value)
                last = page.last?.license
            }
            #expect(found == ["0", "B", "_", "a", "a-1", "b"])
            #expect(try await store.tenants(after: nil, limit: 0).isEmpty)
            #expect(try await store.tenants(after: nil, limit: -1).isEmpty)
        }
    }
}
