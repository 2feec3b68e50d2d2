import AuthService
import BridgeCore
import Testing

extension AuditStamp {
    /// Somebody at the command line.
    static func at(_ seconds: Int64) -> AuditStamp { AuditStamp(Actor("cli:test"), at: Timestamp(seconds: seconds)) }
}

@Suite("A store of revocations")
struct RevocationConformance {
    private static func revocation(
        _ value: String, kind: Revocation.Kind = .tokenID, before seconds: Int64 = 1_000
    ) -> Revocation {
        Revocation(kind, value, issuedBefore: Timestamp(seconds: seconds))
    }

    @Test("gives back what was put in, also after being opened again", arguments: StoreUnderTest.allCases)
    func keeps(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let store = try await place.open()
            try await store.insert(try .example())
            let revocations = Revocation.Kind.allCases.map { kind in
                Self.revocation(kind == .all ? "" : "Zoë \0 😀 '\(kind)'", kind: kind, before: 2_000)
            }
            for revocation in revocations {
                #expect(try await store.revoke(revocation, of: try .example(), audit: .at(1)) == revocation)
            }
            await store.close()
            let again = try await place.open()
            let stored = try await again.revocations(of: try .example(), after: nil, limit: 100)
            #expect(Set(stored) == Set(revocations))
            #expect(stored.count == revocations.count)
            await again.close()
        }
    }

    @Test("refuses those of a tenant that is not there", arguments: StoreUnderTest.allCases)
    func unknownTenant(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            let revocation = Self.revocation("a")
            await #expect(throws: StoreError(.notFound, "")) {
                try await store.revoke(revocation, of: try .example(), audit: .at(1))
            }
            try await store.insert(try .example())
            #expect(try await store.revocations(of: try .example(), after: nil, limit: 9).isEmpty)
        }
    }

    @Test("keeps the later time of two, whichever came first", arguments: StoreUnderTest.allCases)
    func later(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            for (time, stored) in [(Int64(1_000), Int64(1_000)), (3_000, 3_000), (2_000, 3_000), (3_000, 3_000)] {
                let answer = try await store.revoke(
                    Self.revocation("a", before: time), of: try .example(), audit: .at(time))
                #expect(answer == Self.revocation("a", before: stored))
                #expect(try await store.revocations(of: try .example(), after: nil, limit: 9) == [answer])
            }
        }
    }

    @Test("lists in order of kind and value, page by page, each tenant's own", arguments: StoreUnderTest.allCases)
    func pages(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            for name in ["one", "two"] { try await store.insert(try .example(name)) }
            let names: [(Revocation.Kind, String)] = [
                (.tokenID, "b"), (.email, "é"), (.all, ""), (.email, "z"), (.tokenID, "a"), (.email, "a"),
                (.tokenID, ""),
                (.account, "z"),
            ]
            for (kind, value) in names {
                _ = try await store.revoke(Self.revocation(value, kind: kind), of: try .example("one"), audit: .at(1))
            }
            _ = try await store.revoke(Self.revocation("c"), of: try .example("two"), audit: .at(1))
            var found: [String] = []
            var last: Revocation.Name?
            while true {
                let page = try await store.revocations(of: try .example("one"), after: last, limit: 3)
                if page.isEmpty { break }
                #expect(page.count <= 3)
                found += page.map { "\($0.kind.rawValue) \($0.value)" }
                last = page.last?.name
            }
            #expect(
                found == [
                    "accountId z", "all ", "email a", "email z", "email é", "tokenId ", "tokenId a", "tokenId b",
                ])
            #expect(try await store.revocations(of: try .example("one"), after: nil, limit: -1).isEmpty)
        }
    }

    @Test("removes what has expired, of all tenants, and nothing else", arguments: StoreUnderTest.allCases)
    func expired(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            for name in ["one", "two"] { try await store.insert(try .example(name)) }
            for number in 0..<2_500 {
                let license = try License.example(number.isMultiple(of: 2) ? "one" : "two")
                _ = try await store.revoke(
                    Self.revocation("\(number)", before: Int64(number)), of: license, audit: .at(1))
            }
            #expect(try await store.removeExpiredRevocations(at: Timestamp(seconds: 86_459)) == 0)
            #expect(try await store.removeExpiredRevocations(at: Timestamp(seconds: 86_460 + 2_099)) == 2_100)
            #expect(try await store.removeExpiredRevocations(at: Timestamp(seconds: 86_460 + 2_099)) == 0)
            for (name, first) in [("one", 2_100), ("two", 2_101)] {
                let rest = try await store.revocations(of: try .example(name), after: nil, limit: 9_999)
                #expect(Set(rest.map(\.value)) == Set(stride(from: first, to: 2_500, by: 2).map { "\($0)" }))
            }
        }
    }

    @Test("says what was added or changed since, in that order, page by page", arguments: StoreUnderTest.allCases)
    func since(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            for name in ["one", "two"] { try await store.insert(try .example(name)) }
            let one = try License.example("one")
            #expect(try await store.lastRevocation(of: one) == 0)
            for value in ["c", "a"] {
                _ = try await store.revoke(Self.revocation(value), of: one, audit: .at(1))
            }
            let start = try await store.lastRevocation(of: one)
            #expect(try await store.revocations(of: one, beyond: start, limit: 9).isEmpty)
            _ = try await store.revoke(Self.revocation("z"), of: try .example("two"), audit: .at(1))
            for (value, time) in [("b", Int64(1_000)), ("c", 2_000), ("a", 500), ("d", 1)] {
                _ = try await store.revoke(Self.revocation(value, before: time), of: one, audit: .at(1))
            }
            var found: [NumberedRevocation] = []
            var last = start
            while let end = try await store.revocations(of: one, beyond: last, limit: 2).last {
                found += try await store.revocations(of: one, beyond: last, limit: 2)
                last = end.number
            }
            // The earlier time of `a` changed nothing.
            #expect(found.map(\.revocation.value) == ["b", "c", "d"])
            #expect(found.map(\.revocation.issuedBefore.seconds) == [1_000, 2_000, 1])
            #expect(found.map(\.number) == found.map(\.number).sorted())
            #expect(try await store.lastRevocation(of: one) == last)
            #expect(try await store.revocations(of: one, beyond: 0, limit: 9).count == 4)

            // No number comes back when what had it is gone.
            _ = try await store.removeExpiredRevocations(at: Timestamp(seconds: 1_000_000))
            _ = try await store.revoke(Self.revocation("e"), of: one, audit: .at(1))
            #expect(try await store.revocations(of: one, beyond: last, limit: 9).map(\.revocation.value) == ["e"])
        }
    }
}
