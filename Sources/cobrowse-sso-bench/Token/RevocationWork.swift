internal import AuthService
internal import BridgeCore

/// What revocations cost a tenant that has a million of them, and one that has none.
struct RevocationWork {
    static let count = 1_000_000

    private let set: RevocationSet
    private let known: [String]
    private let unknown: [String]
    private let issuedAt = Timestamp(seconds: 1_800_000_000)

    /// - Parameter count: how many tokens are revoked by their digest.
    init(count: Int) throws {
        set = RevocationSet()
        for number in 0..<count { set.insert(Revocation(.tokenDigest, Self.digest(number), issuedBefore: issuedAt)) }
        guard set.count == count else { throw BenchError.wrong("revocations are missing") }
        // Spread over the table, so that what is measured is not what the cache of the processor holds.
        known = (0..<4_096).map { Self.digest($0 &* 211 % max(count, 1)) }
        unknown = (0..<4_096).map { Self.digest(count + $0) }
    }

    /// MiB of memory.
    var size: Double { Double(set.byteSize) / 1_048_576 }

    /// Looks-up of tokens that are revoked, a second.
    func found(seconds: Double) throws -> Double { try lookUps(of: known, are: true, seconds: seconds) }

    /// Looks-up of tokens that are not, a second.
    func missed(seconds: Double) throws -> Double { try lookUps(of: unknown, are: false, seconds: seconds) }

    private func lookUps(of digests: [String], are isCovered: Bool, seconds: Double) throws -> Double {
        let before = issuedAt.adding(seconds: -1)
        var next = 0
        return try rate(seconds: seconds) {
            for _ in 0..<blockSize {
                next = (next + 1) % digests.count
                guard set.covers(.tokenDigest, digests[next], issuedAt: before) == isCovered else {
                    throw BenchError.wrong("a revocation was not found, or one that is not there was")
                }
            }
        }
    }

    private static func digest(_ number: Int) -> String {
        // Every digest looks random; these are at least as different.
        var generator = UInt64(number)
        return (0..<4).map { _ in
            generator = (generator &+ 0x9E37_79B9_7F4A_7C15) &* 0xBF58_476D_1CE4_E5B9
            let digits = String(generator, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
