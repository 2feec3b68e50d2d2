/// The characters of RFC 9110's `token`: what methods and field names are made of.
package enum HTTPToken {
    /// Whether `byte` may stand in a token: `!#$%&'*+-.^_|~`, the back quote, digits and letters.
    @inlinable @inline(__always)
    package static func contains(_ byte: UInt8) -> Bool {
        guard byte < 0x80 else { return false }
        // Bit n stands for the character n, or n + 64.
        let bits: UInt64 = byte < 0x40 ? 0x03FF_6CFA_0000_0000 : 0x57FF_FFFF_C7FF_FFFE
        return (bits >> UInt64(byte & 0x3F)) & 1 == 1
    }

    /// An upper-case ASCII letter in lower case, every other byte as it is.
    @inlinable @inline(__always)
    package static func lowercase(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
}
