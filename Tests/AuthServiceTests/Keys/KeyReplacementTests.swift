import AuthService
import BridgeCore
import Testing

@Suite("The replacement of a certificate")
struct KeyReplacementTests {
    private static func hours(_ hours: Int64) -> Timestamp { keyNow.adding(seconds: hours * 3_600) }

    private static func use(_ id: String, first: Int64, last: Int64) -> KeyUse {
        KeyUse(keyID: id, logins: 3, first: hours(first), last: hours(last))
    }

    private static func verdict(
        _ uses: [KeyUse], old: [TrustedKey]? = nil, silence: Int64 = 24, lifetime: Int64 = 1
    ) throws -> KeyReplacement.Verdict {
        KeyReplacement(
            new: try .made("new"), old: try old ?? [.made("old")], uses: uses, silence: silence * 3_600,
            tokenLifetime: lifetime * 3_600, now: keyNow
        ).verdict
    }

    @Test("retires the old key only when it is silent, and the new one has been heard for as long")
    func verdicts() throws {
        #expect(try Self.verdict([], old: []) == .nothingToRetire)
        #expect(try Self.verdict([], old: [.made("old", retired: -1)]) == .nothingToRetire)
        #expect(try Self.verdict([]) == .newIsUnused)
        #expect(
            try Self.verdict([Self.use("new", first: -23, last: 0)])
                == .newIsRecent(since: Self.hours(-23), until: Self.hours(1)))
        #expect(try Self.verdict([Self.use("new", first: -24, last: -20)]) == .silent)
        let both = [Self.use("old", first: -90, last: -2), Self.use("new", first: -30, last: 0)]
        #expect(
            try Self.verdict(both) == .inUse(keyID: "old", last: Self.hours(-2), until: Self.hours(22)))
        #expect(try Self.verdict(both, silence: 2) == .silent)
        #expect(try Self.verdict([Self.use("old", first: -90, last: -25)]) == .newIsUnused)
        #expect(try Self.verdict([Self.use("other", first: -90, last: 0)]) == .newIsUnused)
    }

    @Test("waits for as long as a token may live, however short a silence was asked for")
    func lifetime() throws {
        let uses = [Self.use("old", first: -90, last: -5), Self.use("new", first: -30, last: 0)]
        #expect(try Self.verdict(uses, silence: 0, lifetime: 4) == .silent)
        #expect(
            try Self.verdict(uses, silence: 0, lifetime: 24)
                == .inUse(keyID: "old", last: Self.hours(-5), until: Self.hours(19)))
    }

    @Test("looks at the loudest of several old keys, and not at those that are retired")
    func several() throws {
        let uses = [
            Self.use("a", first: -9, last: -9), Self.use("b", first: -9, last: -3), Self.use("c", first: -9, last: 0),
            Self.use("new", first: -90, last: 0),
        ]
        let keys = [try TrustedKey.made("a"), try .made("b"), try .made("c", retired: -1)]
        #expect(
            try Self.verdict(uses, old: keys) == .inUse(keyID: "b", last: Self.hours(-3), until: Self.hours(21)))
    }

    @Test("takes the keys of the same subject for the old ones, else the only other one")
    func candidates() throws {
        let new = try TrustedKey.made("new", certificate: [7])
        func names(_ keys: [TrustedKey]) -> [String] {
            KeyReplacement.candidates(for: new, among: keys + [new]) { $0 == [0] ? nil : "\($0)" }.map(\.id)
        }
        let (same, other) = (
            try TrustedKey.made("same", certificate: [7]), try TrustedKey.made("other", certificate: [8])
        )
        let bare = try TrustedKey.made("bare")
        #expect(names([]).isEmpty)
        #expect(names([same, other, bare]) == ["same"])
        #expect(names([same, same]).count == 2)
        #expect(names([other]) == ["other"])
        #expect(names([bare]) == ["bare"])
        #expect(names([other, bare]).isEmpty)
        #expect(names([other, try .made("gone", retired: -1, certificate: [7])]) == ["other"])
    }
}
