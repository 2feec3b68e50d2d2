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

    private static let entry = AuditEntry("signingKey.create", by: .bridge, at: Timestamp(seconds: 1), license: nil)

    @Test("has one key in a state, whoever comes first, newest first", arguments: StoreUnderTest.allCases)
    func keeps(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let store = try await place.open()
            #expect(try await store.signingKeys().isEmpty)
            let current = Self.key("one", .current, at: 1)
            let next = Self.key("two", .next, at: 2)
            #expect(try await store.insertIfNone(current, Self.entry) == current)
            #expect(try await store.insertIfNone(next, Self.entry) == next)
            #expect(try await store.insertIfNone(Self.key("three", .current, at: 3), Self.entry) == current)
            #expect(try await store.insertIfNone(current, Self.entry) == current)
            await store.close()
            let again = try await place.open()
            #expect(try await again.signingKeys() == [next, current])
            await again.close()
        }
    }

    @Test("refuses a key that is there in another state", arguments: StoreUnderTest.allCases)
    func otherState(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            _ = try await store.insertIfNone(Self.key("one", .current, at: 1), Self.entry)
            await #expect(throws: StoreError(.conflict, "")) {
                _ = try await store.insertIfNone(Self.key("one", .next, at: 1), Self.entry)
            }
            #expect(try await store.signingKeys().count == 1)
        }
    }

    @Test("agrees on one key with another instance that starts at once", arguments: StoreUnderTest.allCases)
    func race(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let stores = [try await place.open(), try await place.open()]
            let keys = await concurrently(40) { number in
                try? await stores[number % 2].insertIfNone(
                    Self.key("key-\(number)", .current, at: Int64(number)), Self.entry)
            }
            #expect(Set(keys.map { $0?.id }).count == 1)
            #expect(try await stores[0].signingKeys() == keys.prefix(1).compactMap(\.self))
            for store in stores { await store.close() }
        }
    }

    /// Decides a change from what is stored; times are seconds, and nothing has to wait.
    private static func change(
        _ store: any Store, _ event: KeyRing.Event, at seconds: Int64
    ) async throws -> KeyRingChange {
        try KeyRing(try await store.signingKeys())
            .change(by: event, at: Timestamp(seconds: seconds), promoteAfter: 0)
    }

    @discardableResult
    private static func apply(
        _ store: any Store, _ event: KeyRing.Event, at seconds: Int64, adding key: StoredSigningKey? = nil
    ) async throws -> [StoredSigningKey] {
        let change = try await change(store, event, at: seconds)
        return try await store.apply(change, adding: key, change.auditEntry(by: .bridge))
    }

    @Test("takes a key through its whole life", arguments: StoreUnderTest.allCases)
    func life(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let store = try await place.open()
            let (a, b) = (Self.key("a", .current, at: 1), Self.key("b", .next, at: 2))
            _ = try await store.insertIfNone(a, Self.entry)
            #expect(try await Self.apply(store, .rotate(newKey: "b"), at: 2, adding: b) == [b, a])
            let promoted = try await Self.apply(store, .promote(isEmergency: false), at: 3)
            #expect(promoted.map(\.state) == [.current, .previous])
            #expect(promoted.allSatisfy { $0.stateSince == Timestamp(seconds: 3) })
            #expect(promoted.map(\.createdAt) == [b.createdAt, a.createdAt])
            #expect(promoted.map(\.sealedPrivateKey) == [b.sealedPrivateKey, a.sealedPrivateKey])
            #expect(try await Self.apply(store, .stepBack, at: 4).map(\.state) == [.previous, .current])
            await store.close()

            let again = try await place.open()
            #expect(try await again.signingKeys().map(\.stateSince) == [Timestamp(seconds: 4), Timestamp(seconds: 4)])
            let rest = try await Self.apply(again, .retire(isEmergency: true), at: 5)
            #expect(rest.map(\.id) == ["a"])
            let replaced = try await Self.apply(
                again, .replace(newKey: "c"), at: 6, adding: Self.key("c", .current, at: 6))
            #expect(replaced.map(\.id) == ["c"])
            #expect(try await again.signingKeys() == replaced)
            await again.close()
        }
    }

    @Test("refuses a change that was decided from other keys, and changes nothing", arguments: StoreUnderTest.allCases)
    func compareAndSet(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            _ = try await store.insertIfNone(Self.key("a", .current, at: 1), Self.entry)
            try await Self.apply(store, .rotate(newKey: "b"), at: 2, adding: Self.key("b", .next, at: 2))
            let stale = try await Self.change(store, .promote(isEmergency: false), at: 3)
            try await Self.apply(store, .promote(isEmergency: false), at: 4)
            let before = try await store.signingKeys()
            for (change, key) in [(stale, nil), (stale, Self.key("x", .next, at: 1))] {
                await #expect(throws: StoreError(.conflict, "")) {
                    _ = try await store.apply(change, adding: key, Self.entry)
                }
            }
            // A longer token since: when its key may be retired has to be decided again.
            let early = try await Self.change(store, .retire(isEmergency: true), at: 5)
            _ = try await store.keyToSign(in: .previous, lasting: 900)
            await #expect(throws: StoreError(.conflict, "")) {
                _ = try await store.apply(early, adding: nil, Self.entry)
            }
            let rotation = try await Self.change(store, .rotate(newKey: "c"), at: 5)
            for key in [nil, Self.key("d", .next, at: 5)] {
                await #expect(throws: StoreError(.internal, "")) {
                    _ = try await store.apply(rotation, adding: key, Self.entry)
                }
            }
            #expect(try await store.signingKeys().map(\.state) == before.map(\.state))
        }
    }

    @Test("lets one of many changes that are decided at once come true", arguments: StoreUnderTest.allCases)
    func changesAtOnce(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let stores = [try await place.open(), try await place.open()]
            _ = try await stores[0].insertIfNone(Self.key("a", .current, at: 1), Self.entry)
            let ring = KeyRing(try await stores[0].signingKeys())
            let codes = await concurrently(20) { number in
                await code {
                    let id = "key-\(number)"
                    let change = try ring.change(
                        by: .rotate(newKey: id), at: Timestamp(seconds: 2), promoteAfter: 0)
                    let key = Self.key(id, .next, at: 2)
                    _ = try await stores[number % 2].apply(change, adding: key, Self.entry)
                }
            }
            #expect(codes.filter { $0 == nil }.count == 1)
            #expect(codes.filter { $0 == .conflict }.count == 19)
            #expect(try await stores[1].signingKeys().count == 2)
            for store in stores { await store.close() }
        }
    }

    @Test("remembers the longest token of a key", arguments: StoreUnderTest.allCases)
    func longest(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let store = try await place.open()
            #expect(try await store.keyToSign(in: .current, lasting: 900) == nil)
            _ = try await store.insertIfNone(Self.key("a", .current, at: 1), Self.entry)
            _ = try await store.insertIfNone(Self.key("b", .next, at: 1), Self.entry)
            for (life, longest) in [(Int64(900), Int64(900)), (60, 900), (3_600, 3_600), (900, 3_600)] {
                let key = try await store.keyToSign(in: .current, lasting: life)
                #expect(key?.id == "a" && key?.longestToken == longest)
            }
            #expect(try await store.keyToSign(in: .next, lasting: 60)?.id == "b")
            await store.close()
            let again = try await place.open()
            #expect(Set(try await again.signingKeys().map(\.longestToken)) == [60, 3_600])
            await again.close()
        }
    }

    @Test("gives every sealed record a new box, or none", arguments: StoreUnderTest.allCases)
    func reseal(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            _ = try await store.insertIfNone(Self.key("a", .current, at: 1), Self.entry)
            _ = try await store.insertIfNone(Self.key("b", .next, at: 2), Self.entry)
            let records = try await store.sealedRecords()
            #expect(Set(records.map(\.name)) == ["signing key a", "signing key b"])
            #expect(try await store.reseal(Self.entry) { Array($0.name.utf8) } == 2)
            #expect(try await store.sealedRecords().allSatisfy { $0.box == Array($0.name.utf8) })
            await #expect(throws: StoreError(.passwordWrong, "")) {
                _ = try await store.reseal(Self.entry) { record throws(StoreError) in
                    if record.name.hasSuffix("a") { throw StoreError(.passwordWrong, "not this one") }
                    return []
                }
            }
            #expect(try await store.sealedRecords().allSatisfy { $0.box == Array($0.name.utf8) })
        }
    }
}
