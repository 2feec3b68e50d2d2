internal import BridgeCore
internal import BridgeTesting

/// Makes the file of each number, the same in every run with the same seed.
struct CaseMaker {
    private static let generatedCount = 400

    private let seed: UInt64
    /// DER certificates: generated ones and the samples'.
    private let certificates: [[UInt8]]
    /// Sample files, whole.
    private let samples: [[UInt8]]

    /// - Throws: `OracleFailure`, `SystemFailure`.
    init(seed: UInt64) throws {
        self.seed = seed
        var random = SeededGenerator(seed: seed)
        let maker = try CertificateMaker()
        var made: [[UInt8]] = []
        for _ in 0..<Self.generatedCount { if let der = try maker.make(using: &random) { made.append(der) } }
        guard made.count > Self.generatedCount / 2 else { throw OracleFailure("few certificates can be made") }
        var samples: [[UInt8]] = []
        // Keystores have passwords, and changed ones ask for any amount of work.
        for folder in ["salesforce", "shapes", "weak", "foreign", "keys"] {
            for name in try RepositoryFile.names(in: "Certificates/\(folder)") {
                samples.append(try RepositoryFile("Certificates/\(folder)/\(name)").bytes())
            }
        }
        self.samples = samples
        certificates = made + samples.filter { $0.starts(with: [0x30, 0x82]) }
    }

    /// The file of that number.
    func make(_ number: UInt64) -> [UInt8] {
        var random = SeededGenerator(seed: seed &+ (number + 1) &* 0x9E37_79B9_7F4A_7C15)
        var bytes =
            switch random.below(10) {
            case 0...3: block(using: &random)
            case 4, 5: several(using: &random)
            case 6, 7: values(using: &random)
            default: random.one(of: samples)
            }
        if random.below(12) == 0 { bytes = spoilt(bytes, using: &random) }
        let count = max(0, random.below(6) - 3)
        let alphabet = random.below(2) == 0 ? [] : Array("ABCXYZabcxyz0189+/=- \n\r:>\"\\n".utf8)
        for _ in 0..<count { Mutation.apply(to: &bytes, alphabet: alphabet, using: &random) }
        return bytes
    }

    /// A certificate, changed or not, as a PEM block.
    private func block(using random: inout SeededGenerator) -> [UInt8] {
        let layout = PEMLayout(oddities: max(0, random.below(4) - 1), using: &random)
        return surroundings(using: &random) + layout.text(value(using: &random)) + surroundings(using: &random)
    }

    private func value(using random: inout SeededGenerator) -> [UInt8] {
        var der = random.one(of: certificates)
        for _ in 0..<max(0, random.below(6) - 3) { Mutation.apply(to: &der, using: &random) }
        if random.below(10) == 0 { der += random.bytes(random.below(20)) }
        return der
    }

    private func surroundings(using random: inout SeededGenerator) -> [UInt8] {
        switch random.below(12) {
        case 0: Array("Bag Attributes\n    friendlyName: cobrowseio\n".utf8)
        case 1: [0xEF, 0xBB, 0xBF]
        case 2: Array("\n\n".utf8)
        case 3: Array("-----".utf8)
        case 4: Array("-----BEGIN CERTIFICATE-----\n".utf8)
        case 5: random.bytes(random.below(20))
        case 6: Array("-----END CERTIFICATE-----\n".utf8)
        default: []
        }
    }

    /// PEM blocks and sample files, one after the other.
    private func several(using random: inout SeededGenerator) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<(2 + random.below(2)) {
            bytes += random.below(2) == 0 ? block(using: &random) : random.one(of: samples)
        }
        return bytes
    }

    /// DER values, one or several.
    private func values(using random: inout SeededGenerator) -> [UInt8] {
        guard random.below(3) == 0 else { return value(using: &random) }
        let other = random.one(of: samples.filter { $0.first == 0x30 } + [Array(random.bytes(random.below(40)))])
        return random.below(2) == 0 ? other + value(using: &random) : value(using: &random) + other
    }

    /// What `cert pubkey` repairs and `openssl` refuses.
    private func spoilt(_ bytes: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
        let text = String(decoding: bytes, as: UTF8.self)
        return switch random.below(6) {
        case 0: [0xFF, 0xFE] + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        case 1: Array(text.replacing("\n", with: "\\n").utf8)
        case 2: Array(text.replacing("\n", with: " ").utf8)
        case 3: Array(text.replacing("\n", with: "\n> ").utf8)
        case 4: Array(text.replacing("-----", with: "—").utf8)
        default: Array("\"\(text)\"".utf8)
        }
    }
}
