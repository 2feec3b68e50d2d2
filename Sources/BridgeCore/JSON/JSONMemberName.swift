/// The name of a member, with its first eight bytes at hand to compare it by.
public struct JSONMemberName: Sendable {
    /// Where the name stands.
    public let text: JSONText
    /// Up to eight bytes of the name, the first one highest; 0 for a name with escapes.
    ///
    /// A name of at most eight bytes is equal to another exactly when this is: a name cannot hold a NUL unescaped.
    public let packed: UInt64

    /// Stands for no name; packed as one with escapes is.
    static let none = JSONMemberName(text: JSONText(range: 0..<0, hasEscapes: true), packed: 0)

    private init(text: JSONText, packed: UInt64) {
        self.text = text
        self.packed = packed
    }

    @usableFromInline
    init(_ text: JSONText, in bytes: borrowing Span<UInt8>) {
        self.text = text
        var packed: UInt64 = 0
        if !text.hasEscapes {
            let start = text.range.lowerBound
            for index in start..<start + min(8, text.range.count) { packed = packed << 8 | UInt64(bytes[index]) }
        }
        self.packed = packed
    }

    /// Whether the two are the same name, escapes resolved.
    @usableFromInline
    func equals(_ other: JSONMemberName, in bytes: borrowing Span<UInt8>) -> Bool {
        if text.hasEscapes || other.text.hasEscapes {
            return text.unescaped(in: bytes) == other.text.unescaped(in: bytes)
        }
        guard packed == other.packed, text.range.count == other.text.range.count else { return false }
        for offset in 0..<text.range.count
        where bytes[text.range.lowerBound + offset] != bytes[other.text.range.lowerBound + offset] {
            return false
        }
        return true
    }
}
