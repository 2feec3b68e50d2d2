/// Reads JSON from left to right without copying: values come out as places in the text.
///
/// Strict on purpose, because two readers that disagree about a text are an attack: the text has to be UTF-8, member
/// names are unique within their object (compared after unescaping), escapes are complete, surrogates paired,
/// numbers grammatical and finite, nesting bounded. Nothing is allocated for objects of up to 16 members.
///
/// The caller walks: `beginObject`, then `nextMember` and one value each until it returns `nil`; `finish` at last.
public struct JSONReader: ~Escapable {
    @usableFromInline let bytes: Span<UInt8>
    @usableFromInline var position: Int  // 0...end
    @usableFromInline let end: Int  // at most bytes.count: reading below it needs no second check
    @usableFromInline let maximumDepth: Int

    /// Reads `text` from `range`; at most `maximumDepth` objects and arrays lie inside one another.
    @inlinable
    @_lifetime(copy text)
    public init(_ text: Span<UInt8>, in range: Range<Int>, maximumDepth: Int = 32) {
        bytes = text
        end = min(max(range.upperBound, 0), text.count, JSONText.largestOffset)
        position = min(max(range.lowerBound, 0), end)
        self.maximumDepth = maximumDepth
    }

    /// Reads all of `text`.
    @inlinable
    @_lifetime(copy text)
    public init(_ text: Span<UInt8>, maximumDepth: Int = 32) {
        self.init(text, in: 0..<text.count, maximumDepth: maximumDepth)
    }

    /// What kind of value starts here.
    public enum ValueKind: Sendable, Hashable {
        case object, array, string, number, bool, null
    }

    /// Tells by its first character what comes next, without reading it.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func peek() throws(JSONError) -> ValueKind {
        skipSpace()
        switch try current() {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw JSONError(.unexpectedCharacter, at: position)
        }
    }

    /// Whether a value of this kind comes next; cheaper than `peek` where one kind is expected.
    @inlinable
    @inline(__always)
    @_lifetime(self: copy self)
    public mutating func isNext(_ kind: ValueKind) throws(JSONError) -> Bool {
        skipSpace()
        let first = try current()
        switch kind {
        case .object: return first == UInt8(ascii: "{")
        case .array: return first == UInt8(ascii: "[")
        case .string: return first == UInt8(ascii: "\"")
        case .number: return first == UInt8(ascii: "-") || first &- UInt8(ascii: "0") < 10
        case .bool: return first == UInt8(ascii: "t") || first == UInt8(ascii: "f")
        case .null: return first == UInt8(ascii: "n")
        }
    }

    /// Enters an object; its names are kept in a `JSONMemberNames` of its own.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func beginObject() throws(JSONError) {
        try expect(UInt8(ascii: "{"))
    }

    /// The name of the object's next member, placed before its value; `nil` once the object has ended.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func nextMember(_ names: inout JSONMemberNames) throws(JSONError) -> JSONMemberName? {
        skipSpace()
        if try current() == UInt8(ascii: "}") {
            position += 1
            return nil
        }
        if names.count > 0 {
            try expect(UInt8(ascii: ","))
            skipSpace()
        }
        let name = JSONMemberName(try string(), in: bytes)
        guard names.insert(name, of: bytes) else { throw JSONError(.duplicateMember, at: name.text.range.lowerBound) }
        try expect(UInt8(ascii: ":"))
        return name
    }

    /// Enters an array.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func beginArray() throws(JSONError) {
        try expect(UInt8(ascii: "["))
    }

    /// Whether another element follows, the reader then placed before it; `isFirst` is true for the first call.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func nextElement(isFirst: Bool) throws(JSONError) -> Bool {
        skipSpace()
        if try current() == UInt8(ascii: "]") {
            position += 1
            return false
        }
        if !isFirst {
            try expect(UInt8(ascii: ","))
            skipSpace()
        }
        return true
    }

    /// Reads `true` or `false`.
    @_lifetime(self: copy self)
    public mutating func bool() throws(JSONError) -> Bool {
        skipSpace()
        if try current() == UInt8(ascii: "t") {
            try word("true")
            return true
        }
        try word("false")
        return false
    }

    /// Reads `null`.
    @_lifetime(self: copy self)
    public mutating func null() throws(JSONError) {
        skipSpace()
        try word("null")
    }

    /// Checks that nothing but white space is left.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func finish() throws(JSONError) {
        skipSpace()
        guard position == end else { throw JSONError(.trailingCharacters, at: position) }
    }

    /// Reads one value of any kind, checked in full, and returns where it stands.
    @_lifetime(self: copy self)
    public mutating func skipValue(depth: Int = 1) throws(JSONError) -> Range<Int> {
        let kind = try peek()
        let start = position
        switch kind {
        case .string: _ = try string()
        case .number: _ = try number()
        case .bool: _ = try bool()
        case .null: try null()
        case .object:
            guard depth <= maximumDepth else { throw JSONError(.tooDeep, at: start) }
            var names = JSONMemberNames()
            try beginObject()
            while try nextMember(&names) != nil { _ = try skipValue(depth: depth + 1) }
        case .array:
            guard depth <= maximumDepth else { throw JSONError(.tooDeep, at: start) }
            try beginArray()
            var isFirst = true
            while try nextElement(isFirst: isFirst) {
                _ = try skipValue(depth: depth + 1)
                isFirst = false
            }
        }
        return start..<position
    }
}

extension JSONReader {
    @inlinable
    @inline(__always)
    @_lifetime(self: copy self)
    mutating func skipSpace() {
        while position < end {
            let byte = unsafe bytes[unchecked: position]
            guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position += 1
        }
    }

    @inlinable
    @inline(__always)
    func current() throws(JSONError) -> UInt8 {
        guard position < end else { throw JSONError(.unexpectedEnd, at: position) }
        return unsafe bytes[unchecked: position]
    }

    @inlinable
    @inline(__always)
    @_lifetime(self: copy self)
    mutating func expect(_ character: UInt8) throws(JSONError) {
        skipSpace()
        guard try current() == character else { throw JSONError(.unexpectedCharacter, at: position) }
        position += 1
    }

    @_lifetime(self: copy self)
    private mutating func word(_ word: StaticString) throws(JSONError) {
        for index in 0..<word.utf8CodeUnitCount {
            let expected = unsafe word.utf8Start[index]
            guard try current() == expected else { throw JSONError(.unexpectedCharacter, at: position) }
            position += 1
        }
    }
}
