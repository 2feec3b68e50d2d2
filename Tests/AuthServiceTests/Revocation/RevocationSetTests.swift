import AuthService
import BridgeCore
import BridgeTesting
import Testing

@Suite("A set of revocations")
struct RevocationSetTests {
    /// What the set is meant to do, as simply as it can be said.
    private struct Model {
        var revocations: [Revocation.Name: Revocation] = [:]

        mutating func insert(_ revocation: Revocation) {
            if let known = revocations[revocation.name], known.issuedBefore >= revocation.issuedBefore { return }
            revocations[revocation.name] = revocation
        }

        func covers(_ kind: Revocation.Kind, _ value: String, issuedAt: Timestamp) -> Bool {
            let name = Revocation.Name(kind, kind == .all ? "" : value)
            return revocations[name].map { $0.covers(issuedAt: issuedAt) } ?? false
        }

        mutating func removeExpired(at now: Timestamp) {
            revocations = revocations.filter { $0.value.expiresAt > now }
        }
    }

    @Test("does what a dictionary of revocations does, whatever happens in whatever order", arguments: 0..<40)
    func model(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let variety = [3, 40, 4_000][seed % 3]
        let (set, starts) = (RevocationSet(), Int64(1_800_000_000))
        var model = Model()
        var now = starts
        for _ in 0..<6_000 {
            let kind = Revocation.Kind.allCases[random.below(6)]
            let value = Self.value(kind, random.below(variety))
            switch random.below(1_000) {
            case 0..<5:
                now += Int64(random.below(40_000))
                set.removeExpired(at: Timestamp(seconds: now))
                model.removeExpired(at: Timestamp(seconds: now))
            case 5..<400:
                let time = Timestamp(milliseconds: (now + Int64(random.below(90_000)) - 80_000) * 1000 + 500)
                let revocation = Revocation(kind, kind == .all ? "" : value, issuedBefore: time)
                set.insert(revocation)
                model.insert(revocation)
            default:
                let issuedAt = Timestamp(seconds: now + Int64(random.below(90_000)) - 85_000)
                #expect(
                    set.covers(kind, value, issuedAt: issuedAt) == model.covers(kind, value, issuedAt: issuedAt))
            }
        }
        #expect(set.count == model.revocations.count)
        for kind in Revocation.Kind.allCases {
            #expect(set.has(kind) == model.revocations.keys.contains { $0.kind == kind })
        }
        set.removeExpired(at: Timestamp(seconds: now + 300_000))
        #expect(set.count == 0)
        #expect(set.isEmpty)
        #expect(set.byteSize < 1_000)
    }

    /// Values that are alike in every way in which values can be: prefixes of others, other lengths, equal to the eye.
    private static func value(_ kind: Revocation.Kind, _ number: Int) -> String {
        guard kind != .tokenDigest else { return digest(number) }
        return String(repeating: "x", count: number % 71) + ["", "é", "e\u{301}", "\0"][number % 4] + "\(number / 71)"
    }

    private static func digest(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 64 - digits.count) + digits
    }

    @Test("tells kinds, values that look alike, and parts of values from each other")
    func exact() {
        let time = Timestamp(seconds: 1_000)
        let set = RevocationSet([Revocation(.email, "zoé@example.com", issuedBefore: time)])
        let before = Timestamp(seconds: 999)
        #expect(set.covers(.email, "zoé@example.com", issuedAt: before))
        #expect(!set.covers(.email, "zoe\u{301}@example.com", issuedAt: before))
        for part in ["", "zoé@example.co", "zoé@example.com\0", "oé@example.com"] {
            #expect(!set.covers(.email, part, issuedAt: before))
        }
        for kind in Revocation.Kind.allCases where kind != .email {
            #expect(!set.covers(kind, "zoé@example.com", issuedAt: before))
            #expect(!set.has(kind))
        }
        #expect(!set.coversEverything(issuedAt: before))
    }

    @Test("knows digests by their digits, in lower case only")
    func digests() {
        let digest = Self.digest(0xABC)
        let set = RevocationSet([Revocation(.tokenDigest, digest, issuedBefore: Timestamp(seconds: 1_000))])
        #expect(set.hasTokenDigests)
        #expect(set.covers(.tokenDigest, digest, issuedAt: Timestamp(seconds: 5)))
        for other in [digest.uppercased(), String(digest.dropLast()), digest + "0", digest.dropLast() + "g", ""] {
            #expect(!set.covers(.tokenDigest, other, issuedAt: Timestamp(seconds: 5)))
        }
        // The 32 bytes that such a digest would be kept as are the value of no other.
        set.insert(Revocation(.tokenDigest, String(repeating: "0", count: 32), issuedBefore: Timestamp(seconds: 1_000)))
        #expect(set.count == 1)
        #expect(!set.covers(.tokenDigest, String(repeating: "30", count: 32), issuedAt: Timestamp(seconds: 5)))
    }

    @Test("revokes everything before the latest time that was said")
    func everything() {
        let set = RevocationSet()
        #expect(!set.coversEverything(issuedAt: Timestamp(seconds: .min)))
        for seconds in [Int64(1_000), 2_000, 1_500] {
            set.insert(Revocation(.all, "", issuedBefore: Timestamp(seconds: seconds)))
        }
        #expect(set.count == 1)
        for (seconds, isCovered) in [(Int64(0), true), (1_999, true), (2_000, false)] {
            #expect(set.coversEverything(issuedAt: Timestamp(seconds: seconds)) == isCovered)
            #expect(set.covers(.all, "", issuedAt: Timestamp(seconds: seconds)) == isCovered)
        }
        set.removeExpired(at: Timestamp(seconds: 2_000 + 86_459))
        #expect(set.count == 1)
        set.removeExpired(at: Timestamp(seconds: 2_000 + 86_460))
        #expect(set.isEmpty)
    }

    /// An eighth of a million in an eighth of 64 MiB: the table is as full as with all of them (its size doubles).
    @Test(
        "has a million digests, or addresses of 40 bytes, in 64 MiB", arguments: [Revocation.Kind.tokenDigest, .email])
    func memory(kind: Revocation.Kind) {
        let set = RevocationSet()
        func value(_ number: Int) -> String {
            kind == .email ? "agent-number-\(1_000_000_000 + number)@sub.example.com" : Self.digest(number)
        }
        for number in 0..<125_000 {
            let time = Timestamp(seconds: 1_800_000_000 + Int64(number / 125))
            set.insert(Revocation(kind, value(number), issuedBefore: time))
        }
        #expect(set.count == 125_000)
        #expect(set.byteSize <= 8 << 20)
        let old = Timestamp(seconds: 1_700_000_000)
        for number in stride(from: 0, to: 125_000, by: 97) { #expect(set.covers(kind, value(number), issuedAt: old)) }
        for number in 125_000..<126_000 { #expect(!set.covers(kind, value(number), issuedAt: old)) }

        set.removeExpired(at: Timestamp(seconds: 1_800_000_899 + 86_460))
        #expect(set.count == 12_500)
        #expect(set.byteSize <= 3 << 19)
        for number in stride(from: 0, to: 125_000, by: 97) {
            #expect(set.covers(kind, value(number), issuedAt: old) == (number >= 112_500))
        }
    }

    @Test("stays within its memory however long revocations come and go")
    func turnover() {
        let set = RevocationSet()
        var largest = 0
        for round in 0..<60 {
            let now = Int64(1_800_000_000 + round * 8_640)
            for number in 0..<2_000 {
                set.insert(
                    Revocation(
                        .tokenID, "token-\(round)-\(number)", issuedBefore: Timestamp(seconds: now + Int64(number))))
            }
            set.removeExpired(at: Timestamp(seconds: now))
            #expect(set.count <= 24_000)
            largest = max(largest, set.byteSize)
        }
        #expect(largest <= 24_000 * 64 + 2 << 16)
    }

    @Test("is the same for all threads")
    func threads() async throws {
        let set = RevocationSet()
        let time = Timestamp(seconds: 1_800_000_000)
        await withTaskGroup(of: Int.self) { group in
            for thread in 0..<4 {
                group.addTask {
                    var missing = 0
                    for number in 0..<5_000 {
                        set.insert(Revocation(.tokenID, "\(thread)-\(number)", issuedBefore: time))
                        if !set.covers(.tokenID, "\(thread)-\(number)", issuedAt: Timestamp(seconds: 0)) {
                            missing += 1
                        }
                        if set.covers(.tokenID, "\(thread)+\(number)", issuedAt: Timestamp(seconds: 0)) { missing += 1 }
                        if number % 500 == 0 { set.removeExpired(at: time.adding(seconds: 1)) }
                    }
                    return missing
                }
            }
            for await missing in group { #expect(missing == 0) }
        }
        #expect(set.count == 20_000)
    }
}
