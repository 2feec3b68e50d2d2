/// The member names an object has shown so far, to find one that occurs twice.
///
/// Sixteen names are compared directly without allocating; more go into a set, so that the cost stays linear.
public struct JSONMemberNames {
    /// How many names there are.
    @usableFromInline var count = 0
    @usableFromInline var first: InlineArray<16, JSONMemberName>
    @usableFromInline var more: Set<[UInt8]>?

    /// No names yet.
    public init() {
        first = InlineArray(repeating: JSONMemberName.none)
    }

    /// Adds `name`; `false` when it is there already.
    @usableFromInline
    mutating func insert(_ name: JSONMemberName, of bytes: borrowing Span<UInt8>) -> Bool {
        if count >= 16 { return insertIntoSet(name, of: bytes) }
        for index in 0..<count {
            let isCandidate = first[index].packed == name.packed || name.packed == 0 || first[index].packed == 0
            if isCandidate, first[index].equals(name, in: bytes) { return false }
        }
        first[count] = name
        count += 1
        return true
    }

    private mutating func insertIntoSet(_ name: JSONMemberName, of bytes: borrowing Span<UInt8>) -> Bool {
        var names = more ?? []
        more = nil  // so that the set is changed in place
        if names.isEmpty {
            for index in 0..<16 { names.insert(first[index].text.unescaped(in: bytes)) }
        }
        count += 1
        let isNew = names.insert(name.text.unescaped(in: bytes)).inserted
        more = names
        return isNew
    }
}
