import AuthService
import BridgeCore
import Testing

@Suite("A store of trusted keys")
struct TrustedKeyConformance {
    @Test("gives back what was put in, oldest import first", arguments: StoreUnderTest.allCases)
    func keeps(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let store = try await place.open()
            try await store.insert(try .example())
            let bare = TrustedKey(
                id: "bare", license: try .example(), alias: nil, declaredKeyID: nil, publicKey: [], certificate: nil,
                notBefore: nil, notAfter: nil, importedAt: Timestamp(milliseconds: 0))
            let keys = [
                try TrustedKey.example("b", 2, alias: "prod"), try .example("a", 1), bare, try .example("c", 2),
            ]
            let inserted = try await store.insert(keys)
            #expect(inserted.map(\.key) == keys)
            #expect(inserted.map(\.isNew) == [true, true, true, true])
            await store.close()
            let again = try await place.open()
            #expect(try await again.keys(of: try .example()) == [bare, keys[1], keys[0], keys[3]])
            #expect(try await again.keys(of: try .example("other")).isEmpty)
            await again.close()
        }
    }

    @Test("leaves a key alone that is there, but for a missing alias", arguments: StoreUnderTest.allCases)
    func known(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            _ = try await store.insert([try .example("a", 1)])
            let named = try await store.insert([try .example("a", 2, alias: "prod"), try .example("b", 3)])
            #expect(named.map(\.isNew) == [false, true])
            #expect(named.map(\.key) == [try .example("a", 1, alias: "prod"), try .example("b", 3)])
            let renamed = try await store.insert([try .example("a", 4, alias: "test")])
            #expect(renamed.map(\.key) == [try .example("a", 1, alias: "prod")])
            let unnamed = try await store.insert([try .example("a", 4)])
            #expect(unnamed.map(\.key) == [try .example("a", 1, alias: "prod")])
        }
    }

    @Test("answers for a key given twice with what is stored in the end", arguments: StoreUnderTest.allCases)
    func twice(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            let answers = try await store.insert([try .example("a", 1), try .example("a", 2, alias: "prod")])
            #expect(answers.map(\.isNew) == [true, false])
            #expect(answers.map(\.key) == Array(repeating: try .example("a", 1, alias: "prod"), count: 2))
        }
    }

    @Test("takes none of several where one cannot be taken", arguments: StoreUnderTest.allCases)
    func allOrNone(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            _ = try await store.insert([try .example("a", 1, alias: "prod"), try .example("b", 2)])
            let before = try await store.keys(of: try .example())
            let batches: [([TrustedKey], ReasonCode)] = [
                ([try .example("c", 3), try .example("d", 4, alias: "prod")], .conflict),
                ([try .example("b", 3, alias: "test"), try .example("d", 4, alias: "test")], .conflict),
                ([try .example("c", 3), try .example("b", 4, alias: "prod")], .conflict),
                ([try .example("c", 3), try .example("d", 4, alias: "a")], .conflict),
                ([try .example("c", 3), try .example("prod", 4)], .conflict),
                ([try .example("c", 3), try .example("d", 4, of: "unknown")], .notFound),
            ]
            for (batch, expected) in batches {
                await #expect(throws: StoreError(expected, "")) { _ = try await store.insert(batch) }
                #expect(try await store.keys(of: try .example()) == before)
            }
            #expect(try await store.insert([TrustedKey]()).isEmpty)
        }
    }

    @Test("lets tenants have the same key and the same alias", arguments: StoreUnderTest.allCases)
    func tenants(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            for name in ["one", "two"] {
                try await store.insert(try .example(name))
                let answers = try await store.insert([try .example("a", 1, alias: "prod", of: name)])
                #expect(answers.map(\.isNew) == [true])
            }
            _ = try await store.removeKey(named: "prod", of: try .example("one"))
            #expect(try await store.keys(of: try .example("one")).isEmpty)
            #expect(try await store.keys(of: try .example("two")).count == 1)
        }
    }

    @Test("removes by id and by alias, and returns what it removed", arguments: StoreUnderTest.allCases)
    func remove(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            let keys = [try TrustedKey.example("a", 1, alias: "prod"), try .example("b", 2)]
            _ = try await store.insert(keys)
            #expect(try await store.removeKey(named: "prod", of: try .example()) == keys[0])
            #expect(try await store.removeKey(named: "b", of: try .example()) == keys[1])
            #expect(try await store.keys(of: try .example()).isEmpty)
            for name in ["a", "prod", "", "c"] {
                await #expect(throws: StoreError(.notFound, "")) {
                    _ = try await store.removeKey(named: name, of: try .example())
                }
            }
            #expect(try await store.insert([keys[0]]).map(\.isNew) == [true])
        }
    }
}
