import AuthService
import BridgeCore
import Testing

@Suite("A store of signing keys")
struct SigningKeyConformance {
    private static func key(_ id: String, _ state: StoredSigningKey.State, at seconds: Int64) -> StoredSigningKey {
        StoredSigningKey(
            id: id, state: state, publicKey: Array(id.utf8), sealedPrivateKey: [0, 1, 2],
            createdAt: Timestamp(seconds: seconds))
    }

    @Test("has one key in a state, whoever comes first, newest first", arguments: StoreUnderTest.allCases)
    func keeps(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let store = try await place.open()
            #expect(try await store.signingKeys().isEmpty)
            let current = Self.key("one", .current, at: 1)
            let next = Self.key("two", .next, at: 2)
            #expect(try await store.insertIfNone(current) == current)
            #expect(try await store.insertIfNone(next) == next)
            #expect(try await store.insertIfNone(Self.key("three", .current, at: 3)) == current)
            #expect(try await store.insertIfNone(current) == current)
            await store.close()
            let again = try await place.open()
            #expect(try await again.signingKeys() == [next, current])
            await again.close()
        }
    }

    @Test("refuses a key that is there in another state", arguments: StoreUnderTest.allCases)
    func otherState(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            _ = try await store.insertIfNone(Self.key("one", .current, at: 1))
            await #expect(throws: StoreError(.conflict, "")) {
                _ = try await store.insertIfNone(Self.key("one", .next, at: 1))
            }
            #expect(try await store.signingKeys().count == 1)
        }
    }

    @Test("agrees on one key with another instance that starts at once", arguments: StoreUnderTest.allCases)
    func race(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let stores = [try await place.open(), try await place.open()]
            let keys = await concurrently(40) { number in
                try? await stores[number % 2].insertIfNone(Self.key("key-\(number)", .current, at: Int64(number)))
            }
            #expect(Set(keys.map { $0?.id }).count == 1)
            #expect(try await stores[0].signingKeys() == keys.prefix(1).compactMap(\.self))
            for store in stores { await store.close() }
        }
    }
}
