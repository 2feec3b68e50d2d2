internal import BridgeCore

/// How much work a file may ask for by the iteration counts it announces, so that a hostile one cannot keep us busy.
struct KeyDerivationBudget {
    /// In iterations over the whole file: a thousand times Java's count for a file, some seconds.
    static let standard = 10_000_000

    private let limit: Int
    private var left: Int

    init(limit: Int = standard) {
        (self.limit, left) = (limit, limit)
    }

    /// Takes the work of one derivation away before it is done.
    ///
    /// - Throws: `keystore_unsupported` when there is no more, `certificate_malformed` for a count below 1.
    mutating func spend(_ iterations: Int64, source: String) throws(CryptoError) {
        guard iterations >= 1 else {
            throw CryptoError(.certificateMalformed, "\(source) announces \(iterations) iterations, 1 is the least")
        }
        guard iterations <= left else {
            throw CryptoError(
                .keystoreUnsupported,
                "\(source) announces \(iterations) iterations; more than \(limit) in one file are not carried out",
                hint: "no honest keystore has that many; have it made anew")
        }
        left -= Int(iterations)
    }
}
