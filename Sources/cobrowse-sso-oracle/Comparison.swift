internal import BridgeCore
internal import BridgeCrypto

/// What came of a number of cases.
struct Comparison {
    private(set) var count = 0
    private(set) var sameKey = 0
    private(set) var refusedByBoth = 0
    private(set) var known: [KnownDifference: Int] = [:]
    /// Differences that are on no list, and what they are.
    private(set) var unknown: [(number: UInt64, what: String)] = []

    /// Compares what the judge said about the case of that number with what is read here.
    mutating func add(_ number: UInt64, _ bytes: [UInt8], _ judged: Verdict) {
        count += 1
        let strict = Self.strict(bytes)
        guard strict == judged else {
            unknown.append((number, "openssl \(Self.words(judged)), read strictly \(Self.words(strict))"))
            return
        }
        let (verdict, isRepaired) = Self.command(bytes)
        switch (judged, verdict) {
        case (.key, _) where verdict == judged && !isRepaired: sameKey += 1
        case (.refused, .refused): refusedByBoth += 1
        case (.refused, .key) where isRepaired: known[.repaired, default: 0] += 1
        default:
            unknown.append((number, "openssl \(Self.words(judged)), cert pubkey \(Self.words(verdict))"))
        }
    }

    private static func words(_ verdict: Verdict) -> String {
        switch verdict {
        case .refused: "refuses"
        case .key(let bytes):
            "prints a key (\((try? SHA256Digest(of: bytes)).map { Hex.encode($0.bytes).prefix(8) } ?? ""))"
        }
    }

    /// The reading that needs no repair, which has to be OpenSSL's.
    private static func strict(_ bytes: [UInt8]) -> Verdict {
        (try? Certificate(reading: bytes, source: "case").publicKeyPEM()).map { .key($0) } ?? .refused
    }

    /// What `cert pubkey` prints, and whether it says that the file is not as OpenSSL reads it.
    private static func command(_ bytes: [UInt8]) -> (verdict: Verdict, isRepaired: Bool) {
        guard let found = try? Certificate.find(in: bytes, source: "case"), let pem = try? found.content.publicKeyPEM()
        else { return (.refused, false) }
        let isRepaired = found.remarks.contains {
            $0.text.hasPrefix("case was repaired") || $0.text.hasPrefix("case is a PKCS#7 file")
        }
        return (.key(pem), isRepaired)
    }
}
