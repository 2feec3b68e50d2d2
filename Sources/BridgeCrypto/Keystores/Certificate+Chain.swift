extension Certificate {
    /// All certificates of a file in its order: those of a PEM file, or the one of a DER file.
    ///
    /// - Throws: as `init(reading:source:)`; one that cannot be read is not passed over.
    package static func chain(reading bytes: [UInt8], source: String) throws(CryptoError) -> [Certificate] {
        let starts = starts(in: bytes)
        guard starts.count > 1 else { return [try Certificate(reading: bytes, source: source)] }
        var chain: [Certificate] = []
        for (number, (start, end)) in zip(starts, starts.dropFirst() + [bytes.count]).enumerated() {
            chain.append(
                try Certificate(reading: Array(bytes[start..<end]), source: "certificate \(number + 1) of \(source)"))
        }
        return chain
    }

    private static func starts(in bytes: [UInt8]) -> [Int] {
        let begin = Array("-----BEGIN CERTIFICATE-----".utf8)
        var starts: [Int] = []
        while let start = ByteSearch.first(begin, in: bytes, from: starts.last.map { $0 + begin.count } ?? 0) {
            starts.append(start)
        }
        return starts
    }
}
