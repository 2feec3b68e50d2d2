/// Small damage to bytes, as a fuzzer does it.
package enum Mutation {
    /// Applies one random operation to `bytes`: flips a bit, replaces, removes, inserts, repeats or cuts.
    ///
    /// - Parameter alphabet: the bytes that are inserted; empty means any.
    package static func apply(to bytes: inout [UInt8], alphabet: [UInt8] = [], using random: inout SeededGenerator) {
        guard !bytes.isEmpty else {
            bytes.append(byte(of: alphabet, using: &random))
            return
        }
        let index = random.below(bytes.count)
        switch random.below(8) {
        case 0, 1: bytes[index] ^= 1 << UInt8(random.below(8))
        case 2, 3: bytes[index] = byte(of: alphabet, using: &random)
        case 4: bytes.remove(at: index)
        case 5: bytes.insert(byte(of: alphabet, using: &random), at: index)
        case 6:
            let end = min(bytes.count, index + 1 + random.below(16))
            bytes.insert(contentsOf: Array(bytes[index..<end]), at: random.below(bytes.count + 1))
        default: bytes.removeSubrange(index..<min(bytes.count, index + 1 + random.below(16)))
        }
    }

    private static func byte(of alphabet: [UInt8], using random: inout SeededGenerator) -> UInt8 {
        alphabet.isEmpty ? UInt8(truncatingIfNeeded: random.next() >> 32) : alphabet[random.below(alphabet.count)]
    }
}
