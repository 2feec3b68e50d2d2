import AuthService
import BridgeCore
import BridgeCrypto
import Testing

@Suite("A store of the audit trail")
struct AuditConformance {
    private static func entry(
        _ number: Int, action: String = "a.b", actor: String = "cli:root", license: String? = nil,
        account: String? = nil, code: ReasonCode? = nil
    ) -> AuditEntry {
        AuditEntry(
            action, by: Actor(actor), at: Timestamp(seconds: Int64(number)), license: license.flatMap { License($0) },
            account: account, code: code,
            after: .object([JSONMember(name: "n", value: .number(.integer(Int64(number))))])
        )
    }

    /// What the verifier finds in all that is stored.
    private static func fault(in store: any AuditStore) async throws -> AuditFault? {
        var verifier = AuditVerifier()
        for record in try await store.auditRecords(after: 0, limit: .max) {
            if let fault = try verifier.check(record) { return fault }
        }
        return verifier.finish()
    }

    @Test("gives back a chain of what was put in, also after being opened again", arguments: StoreUnderTest.allCases)
    func keeps(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let store = try await place.open()
            let entries = [
                Self.entry(1), Self.entry(2, license: "one", account: "zoë@example.com", code: .roleMissing),
                Self.entry(3, actor: "name \"quoted\" \0 😀"),
            ]
            var expected: [AuditRecord] = []
            for entry in entries { expected.append(try AuditChain.record(entry, after: expected.last?.end)) }
            try await store.append([entries[0]])
            try await store.append([])
            try await store.append(Array(entries[1...]))
            #expect(try await store.auditRecords(after: 0, limit: 10) == expected)
            await store.close()
            let again = try await place.open()
            #expect(try await again.auditRecords(after: 0, limit: 10) == expected)
            #expect(try await Self.fault(in: again) == nil)
            await again.close()
        }
    }

    @Test("hands out pages, both ways", arguments: StoreUnderTest.allCases)
    func pages(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.append((1...7).map { Self.entry($0) })
            func numbers(_ after: Int64?, _ order: AuditOrder, _ limit: Int) async throws -> [Int64] {
                try await store.audit(AuditQuery(), after: after, order: order, limit: limit).map(\.sequence)
            }
            #expect(try await numbers(nil, .oldestFirst, 3) == [1, 2, 3])
            #expect(try await numbers(3, .oldestFirst, 3) == [4, 5, 6])
            #expect(try await numbers(6, .oldestFirst, 3) == [7])
            #expect(try await numbers(nil, .newestFirst, 3) == [7, 6, 5])
            #expect(try await numbers(5, .newestFirst, 9) == [4, 3, 2, 1])
            for (after, order) in [(7, .oldestFirst), (.max, .oldestFirst), (1, .newestFirst)] as [(Int64, AuditOrder)]
            {
                #expect(try await numbers(after, order, 3).isEmpty)
            }
            #expect(try await numbers(.min, .oldestFirst, 2) == [1, 2])
            #expect(try await numbers(.min, .newestFirst, 2).isEmpty)
            #expect(try await numbers(.max, .newestFirst, 2) == [7, 6])
            #expect(try await numbers(nil, .oldestFirst, -1).isEmpty)
            #expect(try await store.auditRecords(after: 5, limit: 9).map(\.sequence) == [6, 7])
            #expect(try await store.auditRecords(after: 0, limit: -1).isEmpty)
        }
    }

    @Test("finds what is asked for, and nothing else", arguments: StoreUnderTest.allCases)
    func filters(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.append([
                Self.entry(10, license: "one", account: "ann@example.com"),
                Self.entry(20, action: "c.d", license: "two", account: "acc_1", code: .roleMissing),
                Self.entry(30, actor: "bridge"),
                Self.entry(40, actor: "bridge", license: "one", account: "acc_1", code: .accountDisabled),
                Self.entry(35, license: "one", code: .roleMissing),
            ])
            let table: [(expected: [Int64], change: (inout AuditQuery) -> Void)] = [
                ([1, 2, 3, 4, 5], { _ in }), ([4, 5], { $0.since = Timestamp(seconds: 31) }),
                ([3, 4, 5], { $0.since = Timestamp(seconds: 30) }), ([1, 2], { $0.until = Timestamp(seconds: 30) }),
                ([3, 5], { ($0.since, $0.until) = (Timestamp(seconds: 30), Timestamp(seconds: 40)) }),
                ([3, 4], { $0.actor = "bridge" }), ([2], { $0.action = "c.d" }), ([], { $0.action = "c" }),
                ([1, 4, 5], { $0.license = License("one") }), ([], { $0.license = License("three") }),
                ([2, 5], { $0.code = .roleMissing }), ([2, 4], { $0.account = .init("acc_1") }),
                ([1, 2, 4], { $0.account = .init("acc_1", or: "ann@example.com") }),
                ([1, 4], { ($0.license, $0.account) = (License("one"), .init("acc_1", or: "ann@example.com")) }),
                ([5], { ($0.license, $0.code) = (License("one"), .roleMissing) }),
                ([4], { ($0.license, $0.actor, $0.since) = (License("one"), "bridge", Timestamp(seconds: 40)) }),
            ]
            for (number, row) in table.enumerated() {
                var query = AuditQuery()
                row.change(&query)
                let oldest = try await store.audit(query, after: nil, order: .oldestFirst, limit: 9)
                let newest = try await store.audit(query, after: nil, order: .newestFirst, limit: 9)
                #expect(oldest.map(\.sequence) == row.expected, "row \(number)")
                #expect(newest == oldest.reversed(), "row \(number)")
            }
        }
    }

    @Test("makes one chain of what several processes add at once", arguments: StoreUnderTest.allCases)
    func race(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let stores = [try await place.open(), try await place.open()]
            let codes = await concurrently(60) { number in
                await code { try await stores[number % 2].append([Self.entry(number), Self.entry(number)]) }
            }
            #expect(codes.allSatisfy { $0 == nil })
            #expect(try await stores[0].auditRecords(after: 0, limit: 1_000).count == 120)
            #expect(try await Self.fault(in: stores[1]) == nil)
            for store in stores { await store.close() }
        }
    }
}

@Suite("A change of a store")
struct AuditedChangeConformance {
    /// The lines written since `last`, without their number and the hash before them.
    private static func news(_ store: any Store, _ last: inout Int64) async throws -> [String] {
        let records = try await store.auditRecords(after: last, limit: 100)
        last = records.last?.sequence ?? last
        return try records.map { record in
            let value = try JSONValue(parsing: record.line.utf8)
            let members = try #require(value.objectValue).filter { !["sequence", "previous"].contains($0.name) }
            var writer = JSONWriter()
            writer.value(.object(members.filter { !["settings", "time"].contains($0.name) }))
            return writer.text
        }
    }

    @Test("of keys leaves an entry each, where it changed something", arguments: StoreUnderTest.allCases)
    func keys(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            let stamp = AuditStamp(Actor("cli:ann", requestID: "r"), at: Timestamp(seconds: 5))
            var last: Int64 = 0
            try await store.insert(try .example(), audit: stamp)
            #expect(try await Self.news(store, &last).count == 1)
            let start = #"{"actor":"cli:ann","requestId":"r","action":"key."#
            func key(_ alias: String, _ certificate: String, _ end: String) -> String {
                #"{"keyId":"a",\#(alias)"kid":"kid-a","certificateSHA256":"\#(certificate)","notAfter":"\#(end)"}"#
            }
            let old = Hex.encode(try SHA256Digest(of: [0x30, 0x00, 1]).bytes)
            let new = Hex.encode(try SHA256Digest(of: [0x30, 0x00, 3]).bytes)
            let (first, later) = ("1969-12-31T23:26:40Z", "1970-01-01T01:23:20Z")
            let alias = #""alias":"crm","#

            _ = try await store.insert([try .example("a", 1)], audit: stamp)
            #expect(
                try await Self.news(store, &last) == [
                    start + #"import","license":"trial12345","after":\#(key("", old, first))}"#
                ])
            _ = try await store.insert([try .example("a", 2)], audit: stamp)
            #expect(try await Self.news(store, &last).isEmpty)
            _ = try await store.insert([try .example("a", 2, alias: "crm")], audit: stamp)
            _ = try await store.insert([try .example("a", 3, endingAt: 5_000)], audit: stamp)
            #expect(
                try await Self.news(store, &last) == [
                    start + #"refresh","license":"trial12345","before":\#(key("", old, first)),"#
                        + #""after":\#(key(alias, old, first))}"#,
                    start + #"refresh","license":"trial12345","before":\#(key(alias, old, first)),"#
                        + #""after":\#(key(alias, new, later))}"#,
                ])
            _ = try await store.removeKey(named: "crm", of: try .example(), audit: stamp)
            #expect(
                try await Self.news(store, &last) == [
                    start + #"remove","license":"trial12345","before":\#(key(alias, new, later))}"#
                ])
        }
    }

    @Test("of tenants, signing keys and API tokens leaves an entry", arguments: StoreUnderTest.allCases)
    func others(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            let stamp = AuditStamp(.bridge, at: Timestamp(seconds: 5))
            var last: Int64 = 0
            let tenant = Tenant(license: try .example(), name: "Acme", createdAt: Timestamp(seconds: 1))
            try await store.insert(tenant, audit: stamp)
            let line = try #require(try await store.auditRecords(after: 0, limit: 1).first?.line)
            let settings = try #require(try JSONValue(parsing: line.utf8)["after"]?["settings"])
            #expect(settings == (try JSONValue(parsing: tenant.settings.json.utf8)))
            _ = try await Self.news(store, &last)

            let key = StoredSigningKey(
                id: "key", state: .current, publicKey: [1], sealedPrivateKey: [2], createdAt: Timestamp(seconds: 1))
            _ = try await store.insertIfNone(key, .created(key, stamp))
            _ = try await store.insertIfNone(key, .created(key, stamp))
            let token = APIToken(
                id: "tok_1", digest: [1], grant: .admin(try .example()), createdAt: Timestamp(seconds: 1),
                expiresAt: Timestamp(seconds: 2))
            try await store.insert(token, audit: stamp)
            try await store.recordUse(ofAPIToken: "tok_1", at: Timestamp(seconds: 1))
            _ = try await store.removeAPIToken(id: "tok_1", audit: stamp)
            let members = #"{"id":"tok_1","scope":"admin","expiresAt":"1970-01-01T00:00:02Z"}}"#
            #expect(
                try await Self.news(store, &last) == [
                    #"{"actor":"bridge","action":"signingKey.create","after":{"keyId":"key","state":"current"}}"#,
                    #"{"actor":"bridge","action":"apiToken.create","license":"trial12345","after":"# + members,
                    #"{"actor":"bridge","action":"apiToken.revoke","license":"trial12345","before":"# + members,
                ])
        }
    }

    @Test("that is refused leaves none", arguments: StoreUnderTest.allCases)
    func refused(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            _ = try await store.insert([try .example("a", 1, alias: "prod")])
            _ = try await store.insertIfNone(
                StoredSigningKey(
                    id: "key", state: .current, publicKey: [1], sealedPrivateKey: [2], createdAt: Timestamp(seconds: 1))
            )
            let before = try await store.auditRecords(after: 0, limit: 100)
            let codes = [
                await code { try await store.insert(try .example()) },
                await code { _ = try await store.insert([try .example("c", 3), try .example("d", 4, alias: "prod")]) },
                await code { _ = try await store.insert([try .example("c", 3), try .example("d", 4, of: "unknown")]) },
                await code { _ = try await store.removeKey(named: "c", of: try .example()) },
                await code {
                    _ = try await store.insertIfNone(
                        StoredSigningKey(
                            id: "key", state: .next, publicKey: [1], sealedPrivateKey: [2],
                            createdAt: Timestamp(seconds: 1)))
                },
                await code { _ = try await store.removeAPIToken(id: "tok_1", audit: .test) },
                await code {
                    let grant = APIGrant.mint(try .example("unknown"))
                    try await store.insert(
                        APIToken(
                            id: "tok_1", digest: [1], grant: grant, createdAt: Timestamp(seconds: 1),
                            expiresAt: Timestamp(seconds: 2)), audit: .test)
                },
            ]
            #expect(codes == [.conflict, .conflict, .notFound, .notFound, .conflict, .notFound, .notFound])
            #expect(try await store.auditRecords(after: 0, limit: 100) == before)
        }
    }
}
