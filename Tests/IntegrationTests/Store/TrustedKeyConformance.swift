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
            #expect(inserted.map(\.outcome) == [.new, .new, .new, .new])
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
            #expect(named.map(\.outcome) == [.aliasAdded, .new])
            #expect(named.map(\.key) == [try .example("a", 1, alias: "prod"), try .example("b", 3)])
            let unnamed = try await store.insert([try .example("a", 4)])
            #expect(unnamed == [ImportedKey(key: try .example("a", 1, alias: "prod"), outcome: .unchanged)])
        }
    }

    @Test("takes over a certificate that ends later, and no other", arguments: StoreUnderTest.allCases)
    func renewal(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            _ = try await store.insert([try .example("a", 1)])
            var bare = try TrustedKey.example("a", 2)
            (bare.certificate, bare.notBefore, bare.notAfter) = (nil, nil, nil)
            let table: [(TrustedKey, ImportedKey.Outcome, end: Int64)] = [
                (try .example("a", 2, endingAt: -2_001), .unchanged, -2_000),
                (try .example("a", 3, endingAt: 5_000), .certificateRenewed, 5_000),
                (try .example("a", 4, endingAt: 5_000), .unchanged, 5_000),
                (bare, .unchanged, 5_000),
                (try .example("a", 5, alias: "prod", endingAt: 6_000), .certificateRenewedAndAliasAdded, 6_000),
            ]
            for (key, outcome, end) in table {
                let answer = try #require(try await store.insert([key]).first)
                #expect(answer.outcome == outcome)
                #expect(answer.key.notAfter == Timestamp(seconds: end))
                #expect(answer.key.publicKey == [0x30, 1, 0x00])
                #expect(try await store.keys(of: try .example()) == [answer.key])
            }
            #expect(try await store.keys(of: try .example()).map(\.certificate) == [[0x30, 0x00, 5]])
        }
    }

    @Test("gives a bare key the certificate that comes later", arguments: StoreUnderTest.allCases)
    func firstCertificate(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            let certified = try TrustedKey.example("a", 1)
            var bare = certified
            (bare.certificate, bare.notBefore, bare.notAfter) = (nil, nil, nil)
            #expect(try await store.insert([bare]).map(\.outcome) == [.new])
            #expect(
                try await store.insert([certified]) == [ImportedKey(key: certified, outcome: .certificateRenewed)])
            #expect(try await store.keys(of: try .example()) == [certified])
        }
    }

    @Test("refuses another alias or kid than a key has, and no alias", arguments: StoreUnderTest.allCases)
    func otherNames(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            func key(_ id: String, alias: String?, kid: String?) throws -> TrustedKey {
                TrustedKey(
                    id: id, license: try .example(), alias: alias, declaredKeyID: kid, publicKey: [0x30],
                    certificate: nil, notBefore: nil, notAfter: nil, importedAt: Timestamp(seconds: 1))
            }
            let stored = [try key("a", alias: "prod", kid: "k"), try key("b", alias: nil, kid: nil)]
            _ = try await store.insert(stored)
            let refused: [(TrustedKey, ReasonCode)] = [
                (try key("a", alias: "test", kid: "k"), .conflict), (try key("a", alias: "prod", kid: "x"), .conflict),
                (try key("b", alias: nil, kid: "k"), .conflict),
                (try key("c", alias: "", kid: nil), .configurationInvalid),
                (try key("c", alias: "a\nb", kid: nil), .configurationInvalid),
            ]
            for (key, code) in refused {
                await #expect(throws: StoreError(code, "")) { _ = try await store.insert([key]) }
            }
            #expect(try await store.insert([try key("a", alias: nil, kid: nil)]).map(\.outcome) == [.unchanged])
            #expect(try await store.keys(of: try .example()) == stored)
        }
    }

    @Test("answers for a key given twice with what is stored in the end", arguments: StoreUnderTest.allCases)
    func twice(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            let answers = try await store.insert([try .example("a", 1), try .example("a", 2, alias: "prod")])
            #expect(answers.map(\.outcome) == [.new, .aliasAdded])
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
                #expect(answers.map(\.outcome) == [.new])
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
            #expect(try await store.insert([keys[0]]).map(\.outcome) == [.new])
        }
    }
}
