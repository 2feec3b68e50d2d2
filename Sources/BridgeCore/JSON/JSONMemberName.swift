/// The name of a member, with its first eight bytes at hand to compare it by.
public struct JSONMemberName: Sendable {
    /// Where the name stands.
    public let text: JSONText
    /// Up to eight bytes of the name, the first one highest; 0 for a name with escapes.
    ///
    /// Names of at most eight bytes are equal exactly when these are: a NUL cannot stand in one unescaped.
    public let packed: UInt64

    @usableFromInline
    init(_ text: JSONText, in bytes: borrowing Span<UInt8>) {
        self.text = text
        var packed: UInt64 = 0
        if !text.hasEscapes {
            let start = text.range.lowerBound
            let count = min(8, text.range.count)
            if start >= 0, start + 8 <= bytes.count {
                let word = unsafe bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: UInt64.self)
                packed = word.bigEndian >> UInt64(64 - 8 * count)
            } else {
                for index in start..<start + count { packed = packed << 8 | UInt64(bytes[index]) }
            }
        }
        self.packed = packed
    }
}
