/// The member names an object has shown so far, to find one that occurs twice.
///
/// Up to sixteen names without escapes are compared in place, without allocating. The first one more, or the first
/// with an escape, moves all into a set, so that each is unescaped once and the cost stays linear.
public struct JSONMemberNames {
    /// How many names there are.
    @usableFromInline private(set) var count = 0
    /// One bit for each name, chosen by its bytes: a name whose bit is not set yet has not occurred.
    private var marks: UInt64 = 0
    private var packed = InlineArray<16, UInt64>(repeating: 0)
    private var first = InlineArray<16, JSONText>(repeating: JSONText(range: 0..<0, hasEscapes: false))
    private var all: Set<[UInt8]>?

    /// No names yet.
    public init() {}

    /// Adds `name`; `false` when it is there already.
    @usableFromInline
    mutating func insert(_ name: JSONMemberName, of bytes: borrowing Span<UInt8>) -> Bool {
        if all != nil || count >= 16 || name.text.hasEscapes { return insertIntoSet(name.text, of: bytes) }
        let mark: UInt64 = 1 << ((name.packed &* 0x9E37_79B9_7F4A_7C15) >> 58)
        if marks & mark != 0 {
            for index in 0..<count where packed[index] == name.packed {
                if first[index].isSameText(as: name.text, in: bytes) { return false }
            }
        }
        marks |= mark
        packed[count] = name.packed
        first[count] = name.text
        count += 1
        return true
    }

    private mutating func insertIntoSet(_ name: JSONText, of bytes: borrowing Span<UInt8>) -> Bool {
        var names = all ?? []
        all = nil  // so that the set is changed in place
        if names.isEmpty {
            for index in 0..<count { names.insert(first[index].unescaped(in: bytes)) }
        }
        count += 1
        let isNew = names.insert(name.unescaped(in: bytes)).inserted
        all = names
        return isNew
    }
}

extension JSONText {
    /// Whether two names of one text, neither with an escape, are the same.
    fileprivate func isSameText(as other: JSONText, in bytes: borrowing Span<UInt8>) -> Bool {
        guard range.count == other.range.count else { return false }
        for offset in 0..<range.count
        where bytes[range.lowerBound + offset] != bytes[other.range.lowerBound + offset] {
            return false
        }
        return true
    }
}
