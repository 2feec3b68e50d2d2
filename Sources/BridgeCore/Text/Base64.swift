/// Base64 with the standard alphabet and padding (RFC 4648 §4), as PEM blocks carry it.
package enum Base64 {
    private static let sextets = Base64Alphabet.standard.sextets

    /// The text of `bytes` in one line.
    package static func encode(_ bytes: [UInt8]) -> String {
        var characters: [UInt8] = []
        Base64Alphabet.standard.encode(bytes.span, padding: true, appendingTo: &characters)
        return String(decoding: characters, as: UTF8.self)
    }

    /// The bytes of `text`, whose length has to be a multiple of four; `nil` for anything that is not Base64.
    package static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        let characters = Array(text)
        guard characters.count % 4 == 0 else { return nil }
        let padding = characters.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard padding <= 2 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count / 4 * 3)
        var group: UInt32 = 0
        var held = 0
        for character in characters.dropLast(padding) {
            let sextet = sextets[Int(character)]
            guard sextet < 64 else { return nil }
            group = group << 6 | UInt32(sextet)
            held += 1
            guard held == 4 else { continue }
            bytes.append(UInt8(truncatingIfNeeded: group >> 16))
            bytes.append(UInt8(truncatingIfNeeded: group >> 8))
            bytes.append(UInt8(truncatingIfNeeded: group))
            (group, held) = (0, 0)
        }
        switch padding {
        case 2 where group & 0x0F == 0: bytes.append(UInt8(truncatingIfNeeded: group >> 4))
        case 1 where group & 0x03 == 0:
            bytes.append(UInt8(truncatingIfNeeded: group >> 10))
            bytes.append(UInt8(truncatingIfNeeded: group >> 2))
        case 0: break
        default: return nil
        }
        return bytes
    }
}
