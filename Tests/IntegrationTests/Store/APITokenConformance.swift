import AuthService
import BridgeCore
import Testing

@Suite("A store of API tokens")
struct APITokenConformance {
    private static func token(_ number: UInt8, _ grant: APIGrant, lastUsedAt: Timestamp? = nil) -> APIToken {
        APIToken(
            id: "tok_\(number)", digest: Array(repeating: number, count: 32), grant: grant,
            createdAt: Timestamp(milliseconds: 1_001), expiresAt: Timestamp(milliseconds: 2_002), lastUsedAt: lastUsedAt
        )
    }

    private static func tokens() throws -> [APIToken] {
        [
            token(1, .mint(try .example("one"))), token(2, .superuser, lastUsedAt: Timestamp(milliseconds: 1_500)),
            token(3, .admin(try .example("two"))), token(4, .admin(try .example("one"))),
        ]
    }

    private static func fill(_ store: any Store) async throws {
        for name in ["one", "two"] { try await store.insert(try .example(name)) }
        for token in try tokens().reversed() { try await store.insert(token, audit: .test) }
    }

    @Test("gives back what was put in, also after being opened again", arguments: StoreUnderTest.allCases)
    func keeps(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let store = try await place.open()
            try await Self.fill(store)
            await store.close()
            let again = try await place.open()
            for token in try Self.tokens() { #expect(try await again.apiToken(digest: token.digest) == token) }
            #expect(try await again.apiTokens(of: nil, after: nil, limit: 9) == (try Self.tokens()))
            await again.close()
        }
    }

    @Test("knows no other digest", arguments: StoreUnderTest.allCases)
    func unknown(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await Self.fill(store)
            for digest in [[], Array(repeating: 1, count: 31), Array(repeating: 9, count: 32)] as [[UInt8]] {
                #expect(try await store.apiToken(digest: digest) == nil)
            }
        }
    }

    @Test("lists those of one tenant or all, page by page", arguments: StoreUnderTest.allCases)
    func pages(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await Self.fill(store)
            func ids(_ license: String?, _ after: String?, _ limit: Int) async throws -> [String] {
                try await store.apiTokens(of: license.flatMap { License($0) }, after: after, limit: limit).map(\.id)
            }
            #expect(try await ids(nil, nil, 3) == ["tok_1", "tok_2", "tok_3"])
            #expect(try await ids(nil, "tok_3", 3) == ["tok_4"])
            #expect(try await ids("one", nil, 9) == ["tok_1", "tok_4"])
            #expect(try await ids("one", "tok_1", 9) == ["tok_4"])
            #expect(try await ids("three", nil, 9).isEmpty)
            #expect(try await ids(nil, nil, -1).isEmpty)
        }
    }

    @Test("refuses an id and a digest that are there, and a tenant that is not", arguments: StoreUnderTest.allCases)
    func refuses(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await Self.fill(store)
            let base = Self.token(5, .superuser)
            let sameID = APIToken(
                id: "tok_1", digest: base.digest, grant: .superuser, createdAt: base.createdAt,
                expiresAt: base.expiresAt)
            let sameDigest = APIToken(
                id: base.id, digest: Array(repeating: 1, count: 32), grant: .superuser, createdAt: base.createdAt,
                expiresAt: base.expiresAt)
            for (token, expected) in [
                (sameID, ReasonCode.conflict), (sameDigest, .conflict),
                (Self.token(5, .admin(try .example("three"))), .notFound),
            ] {
                await #expect(throws: StoreError(expected, "")) { try await store.insert(token, audit: .test) }
            }
            #expect(try await store.apiTokens(of: nil, after: nil, limit: 9) == (try Self.tokens()))
        }
    }

    @Test("removes for good", arguments: StoreUnderTest.allCases)
    func removes(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await Self.fill(store)
            let token = try Self.tokens()[2]
            #expect(try await store.removeAPIToken(id: token.id, audit: .test) == token)
            #expect(try await store.apiToken(digest: token.digest) == nil)
            for id in [token.id, "", "tok_"] {
                await #expect(throws: StoreError(.notFound, "")) {
                    _ = try await store.removeAPIToken(id: id, audit: .test)
                }
            }
            #expect(try await store.apiTokens(of: nil, after: nil, limit: 9).count == 3)
        }
    }

    @Test("writes a use down at most once an hour", arguments: StoreUnderTest.allCases)
    func uses(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await Self.fill(store)
            for (time, expected) in [(100, 100), (99, 100), (3_699, 100), (3_700, 3_700), (3_701, 3_700)]
                as [(Int64, Int64)]
            {
                try await store.recordUse(ofAPIToken: "tok_1", at: Timestamp(seconds: time))
                let token = try await store.apiToken(digest: Array(repeating: 1, count: 32))
                #expect(token?.lastUsedAt == Timestamp(seconds: expected))
            }
            try await store.recordUse(ofAPIToken: "tok_9", at: Timestamp(seconds: 1))
            #expect(try await store.apiTokens(of: nil, after: "tok_1", limit: 9) == Array(try Self.tokens()[1...]))
        }
    }
}
