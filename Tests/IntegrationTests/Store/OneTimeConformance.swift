import AuthService
import BridgeCore
import BridgeTesting
import Testing

@Suite("A store of one-time records")
struct OneTimeConformance {
    private static let now = Timestamp(seconds: 1_000)
    private static let limits = OneTimeLimits(perSource: 3, total: 5)

    private static func record(
        _ id: String, _ kind: OneTimeRecord.Kind = .signIn, of license: String = "trial12345",
        source: String = "192.0.2.1", endingAt end: Int64 = 1_600
    ) throws -> OneTimeRecord {
        OneTimeRecord(
            id: id, kind: kind, license: try .example(license), source: source, content: Array("\(id) \0".utf8) + [255],
            expiresAt: Timestamp(seconds: end))
    }

    @Test("gives a record to the first who asks, also after being opened again", arguments: StoreUnderTest.allCases)
    func once(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let store = try await place.open()
            try await store.insert(try .example())
            for kind in OneTimeRecord.Kind.allCases {
                try await store.keep(try Self.record("a \(kind)", kind), at: Self.now)
            }
            await store.close()
            let again = try await place.open()
            for kind in OneTimeRecord.Kind.allCases {
                let record = try Self.record("a \(kind)", kind)
                for _ in 0..<2 { #expect(try await again.record("a \(kind)", kind, at: Self.now) == record) }
                #expect(try await again.record("a \(kind)", kind, at: Timestamp(seconds: 1_600)) == nil)
                for other in OneTimeRecord.Kind.allCases where other != kind {
                    #expect(try await again.takeRecord("a \(kind)", other, at: Self.now) == nil)
                    #expect(try await again.record("a \(kind)", other, at: Self.now) == nil)
                }
                #expect(try await again.takeRecord("a \(kind)", kind, at: Self.now) == Self.record("a \(kind)", kind))
                #expect(try await again.takeRecord("a \(kind)", kind, at: Self.now) == nil)
            }
            #expect(try await again.takeRecord("b", .signIn, at: Self.now) == nil)
            await again.close()
        }
    }

    @Test("gives it to one of many who ask at once, in two processes", arguments: StoreUnderTest.allCases)
    func race(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let stores = [try await place.open(), try await place.open()]
            try await stores[0].insert(try .example())
            for round in 0..<20 {
                let record = try Self.record("a\(round)")
                try await stores[round % 2].keep(record, at: Self.now)
                let taken = await concurrently(40) { number in
                    (try? await stores[number % 2].takeRecord(record.id, .signIn, at: Self.now)) ?? nil
                }
                #expect(taken.compactMap(\.self) == [record])
            }
            for store in stores { await store.close() }
        }
    }

    @Test("gives nothing that has ended, and removes it", arguments: StoreUnderTest.allCases)
    func ended(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            try await store.keep(try Self.record("a"), at: Self.now)
            #expect(try await store.takeRecord("a", .signIn, at: Timestamp(seconds: 1_600)) == nil)
            #expect(try await store.takeRecord("a", .signIn, at: Self.now) == nil)
            for number in 0..<9 { try await store.keep(try Self.record("b\(number)", endingAt: 2_000), at: Self.now) }
            try await store.keep(try Self.record("c", .consent, endingAt: 2_001), at: Self.now)
            #expect(try await store.removeEndedRecords(at: Timestamp(seconds: 1_999)) == 0)
            #expect(try await store.removeEndedRecords(at: Timestamp(seconds: 2_000)) == 9)
            #expect(try await store.takeRecord("c", .consent, at: Self.now)?.id == "c")
        }
    }

    @Test("refuses the source that has too many, and nobody else", arguments: StoreUnderTest.allCases)
    func perSource(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            func keep(_ record: OneTimeRecord, at now: Timestamp = Self.now) async -> ReasonCode? {
                await code { try await store.keep(record, limits: Self.limits, at: now) }
            }
            for number in 0..<3 { #expect(await keep(try Self.record("a\(number)")) == nil) }
            #expect(await keep(try Self.record("a3")) == .rateLimited)
            #expect(await keep(try Self.record("b", source: "192.0.2.2")) == nil)
            #expect(await keep(try Self.record("c", .consent)) == nil)
            #expect(try await store.takeRecord("a1", .signIn, at: Self.now) != nil)
            #expect(await keep(try Self.record("a3")) == nil)
            // What has ended is in nobody's way.
            #expect(await keep(try Self.record("a4")) == .rateLimited)
            #expect(await keep(try Self.record("a4", endingAt: 9_000), at: Timestamp(seconds: 1_600)) == nil)
        }
    }

    @Test("makes room for the newest of too many by the one that ends first", arguments: StoreUnderTest.allCases)
    func total(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            for number in 0..<8 {
                let record = try Self.record("a\(number)", source: "192.0.2.\(number)", endingAt: 1_600 + Int64(number))
                try await store.keep(record, limits: Self.limits, at: Self.now)
            }
            var left: [Int] = []
            for number in 0..<8 where try await store.takeRecord("a\(number)", .signIn, at: Self.now) != nil {
                left.append(number)
            }
            #expect(left == [3, 4, 5, 6, 7])
        }
    }

    @Test("keeps none of a tenant that is not there, and none of one that is gone", arguments: StoreUnderTest.allCases)
    func tenants(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            #expect(await code { try await store.keep(try Self.record("a"), at: Self.now) } == .notFound)
            try await store.insert(try .example())
            try await store.keep(try Self.record("a"), at: Self.now)
            try await store.keep(try Self.record("b"), at: Self.now)
            let entry = AuditEntry("test", by: .bridge, at: Self.now, license: try .example())
            try await store.remove(try .example(), audit: entry)
            #expect(try await store.takeRecord("a", .signIn, at: Self.now) == nil)
            try await store.removeRemains(of: nil)
            try await store.insert(try .example())
            #expect(try await store.takeRecord("b", .signIn, at: Self.now) == nil)
        }
    }

    @Test("refuses an id that is there", arguments: StoreUnderTest.allCases)
    func conflict(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            try await store.keep(try Self.record("a"), at: Self.now)
            #expect(await code { try await store.keep(try Self.record("a", .consent), at: Self.now) } == .conflict)
            #expect(try await store.takeRecord("a", .signIn, at: Self.now) != nil)
        }
    }
}
