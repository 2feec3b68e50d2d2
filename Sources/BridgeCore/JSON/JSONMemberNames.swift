/// The member names an object has shown so far, to find one that occurs twice.
///
/// Sixteen names are compared directly without allocating; more go into a set, so that the cost stays linear.
public struct JSONMemberNames {
    @usableFromInline var first: InlineArray<16, JSONText>
    @usableFromInline var more: Set<[UInt8]>?
    /// How many names there are.
    @usableFromInline var count: Int

    @inlinable
    init() {
        first = InlineArray(repeating: JSONText(range: 0..<0, hasEscapes: false))
        more = nil
        count = 0
    }

    /// Adds `name`; `false` when it is there already.
    @inlinable
    mutating func insert(_ name: JSONText, of bytes: borrowing Span<UInt8>) -> Bool {
        if count >= 16 { return insertIntoSet(name, of: bytes) }
        for index in 0..<count where Self.same(first[index], name, of: bytes) { return false }
        first[count] = name
        count += 1
        return true
    }

    @usableFromInline
    mutating func insertIntoSet(_ name: JSONText, of bytes: borrowing Span<UInt8>) -> Bool {
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

    @inlinable
    static func same(_ left: JSONText, _ right: JSONText, of bytes: borrowing Span<UInt8>) -> Bool {
        if left.hasEscapes || right.hasEscapes { return left.unescaped(in: bytes) == right.unescaped(in: bytes) }
        guard left.range.count == right.range.count else { return false }
        for index in 0..<left.range.count
        where bytes[left.range.lowerBound + index] != bytes[right.range.lowerBound + index] {
            return false
        }
        return true
    }
}
