import AuthService
import BridgeCore
import BridgeTesting
import Testing

@Suite("A store that counts which keys sign")
struct KeyUseConformance {
    private static func decision(
        _ number: Int, key: String?, at seconds: Int64, of name: String = "trial12345"
    ) throws -> Decision {
        let digits = String(number, radix: 16)
        return Decision(
            id: "dec_" + String(repeating: "0", count: 32 - digits.count) + digits, license: try .example(name),
            time: Timestamp(seconds: seconds), source: .token, requestID: nil, facts: nil, email: nil,
            outcome: .denied(code: .roleMissing, detail: "no rule", hint: nil), checks: [], keyID: key)
    }

    @Test("adds up decisions by key and hour, let in or not", arguments: StoreUnderTest.allCases)
    func counts(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            try await store.insert(try .example("other"))
            let hour: Int64 = 3_600
            try await store.append(try Self.decision(1, key: "a", at: 10 * hour))
            try await store.append(try Self.decision(2, key: "a", at: 10 * hour + 5))
            #expect(store.note(try Self.decision(3, key: "a", at: 12 * hour + 1)))
            #expect(store.note(try Self.decision(4, key: "b", at: 11 * hour)))
            #expect(store.note(try Self.decision(5, key: nil, at: 11 * hour)))
            try await store.append(try Self.decision(6, key: "a", at: 13 * hour, of: "other"))
            let all = try await store.keyUses(of: try .example(), since: Timestamp(seconds: 0))
            let first = KeyUse(
                keyID: "a", logins: 3, first: Timestamp(seconds: 10 * hour), last: Timestamp(seconds: 12 * hour + 1))
            let second = KeyUse(
                keyID: "b", logins: 1, first: Timestamp(seconds: 11 * hour), last: Timestamp(seconds: 11 * hour))
            #expect(all == [first, second])
            let late = try await store.keyUses(of: try .example(), since: Timestamp(seconds: 11 * hour + 900))
            #expect(late.map(\.logins) == [1, 1])
            #expect(try await store.removeKeyUses(before: Timestamp(seconds: 12 * hour)) == 2)
            #expect(try await store.keyUses(of: try .example(), since: Timestamp(seconds: 0)).map(\.keyID) == ["a"])
            #expect(try await store.keyUses(of: try .example("other"), since: Timestamp(seconds: 0)).count == 1)
        }
    }

    @Test(
        "retires a key once, with a line in the audit trail, and shows whose certificates end",
        arguments: StoreUnderTest.allCases)
    func retirement(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.insert(try .example())
            try await store.insert(try .example("other"))
            var bare = try TrustedKey.example("bare")
            (bare.certificate, bare.notAfter) = (nil, nil)
            _ = try await store.insert([
                try .example("late", 1, endingAt: 9_000), try .example("soon", 2, alias: "crm", endingAt: 5_000),
                try .example("next", 3, endingAt: 7_000, of: "other"), bare,
            ])
            #expect(try await store.keyEnds(limit: 10).map(\.keyID) == ["soon", "next", "late"])
            #expect(try await store.keyEnds(limit: 1).first?.alias == "crm")
            let stamp = AuditStamp(Actor("cli:test"), at: Timestamp(seconds: 3_000))
            let retired = try await store.retireKey(named: "crm", of: try .example(), audit: stamp)
            #expect(retired.retiredAt == stamp.time)
            let again = AuditStamp(Actor("cli:test"), at: Timestamp(seconds: 4_000))
            #expect(try await store.retireKey(named: "soon", of: try .example(), audit: again) == retired)
            #expect(try await store.keys(of: try .example()).contains(retired))
            #expect(try await store.keyEnds(limit: 10).map(\.keyID) == ["next", "late"])
            let lines = try await store.auditRecords(after: 0, limit: 50).map(\.line)
            #expect(lines.count { $0.contains("\"key.retire\"") } == 1)
            let imported = try await store.insert([try .example("soon", 2, endingAt: 5_000)])
            #expect(imported.first?.outcome == .unchanged)
            #expect(imported.first?.key.retiredAt == stamp.time)
            await #expect(throws: StoreError.self) {
                try await store.retireKey(named: "none", of: try .example(), audit: stamp)
            }
        }
    }
}
