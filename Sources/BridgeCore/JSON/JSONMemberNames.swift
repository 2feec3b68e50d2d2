/// The member names an object has shown so far, to find one that occurs twice.
///
/// Sixteen names are compared directly without allocating; more go into a set, so that the cost stays linear.
public struct JSONMemberNames {
    /// How many names there are.
    @usableFromInline private(set) var count = 0
    private var hasEscapes = false
    /// One bit for each name, chosen by its bytes: a name whose bit is not set yet has not occurred.
    private var marks: UInt64 = 0
    private var packed = InlineArray<16, UInt64>(repeating: 0)
    private var first = InlineArray<16, JSONText>(repeating: JSONText(range: 0..<0, hasEscapes: false))
    private var more: Set<[UInt8]>?

    /// No names yet.
    public init() {}

    /// Adds `name`; `false` when it is there already.
    @usableFromInline
    mutating func insert(_ name: JSONMemberName, of bytes: borrowing Span<UInt8>) -> Bool {
        if count >= 16 { return insertIntoSet(name.text, of: bytes) }
        hasEscapes = hasEscapes || name.text.hasEscapes
        let mark: UInt64 = 1 << ((name.packed &* 0x9E37_79B9_7F4A_7C15) >> 58)
        if marks & mark != 0 || hasEscapes {
            for index in 0..<count where packed[index] == name.packed || hasEscapes {
                if first[index].isSameName(as: name.text, in: bytes) { return false }
            }
        }
        marks |= mark
        packed[count] = name.packed
        first[count] = name.text
        count += 1
        return true
    }

    private mutating func insertIntoSet(_ name: JSONText, of bytes: borrowing Span<UInt8>) -> Bool {
        var names = more ?? []
        more = nil  // so that the set is changed in place
        if names.isEmpty {
            for index in 0..<16 { names.insert(first[index].unescaped(in: bytes)) }
        }
        count += 1
        let isNew = names.insert(name.unescaped(in: bytes)).inserted
        more = names
        return isNew
    }
}

extension JSONText {
    /// Whether two names of one text are the same, escapes resolved.
    fileprivate func isSameName(as other: JSONText, in bytes: borrowing Span<UInt8>) -> Bool {
        if hasEscapes || other.hasEscapes { return unescaped(in: bytes) == other.unescaped(in: bytes) }
        guard range.count == other.range.count else { return false }
        for offset in 0..<range.count
        where bytes[range.lowerBound + offset] != bytes[other.range.lowerBound + offset] {
            return false
        }
        return true
    }
}
