/// Walks through bytes with every step checked; numbers are big-endian.
///
/// Nothing is copied: what has a length is handed out as the range where it lies, so that a length that lies costs
/// nothing.
struct BigEndianReader: ~Escapable {
    /// Why the bytes are not what they should be.
    struct Fault: Error {
        /// Where, counted from the start of the file.
        let offset: Int
        /// What was found and what was expected.
        let detail: String
    }

    private let bytes: Span<UInt8>
    private(set) var position: Int
    /// Where the bytes end that may be read.
    let end: Int

    /// Reads `range` of `bytes`, or what of it there is.
    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        self.bytes = bytes
        let range = range.clamped(to: 0..<bytes.count)
        (position, end) = (range.lowerBound, range.upperBound)
    }

    /// How many bytes are left.
    var remaining: Int { end - position }

    /// Steps over `count` bytes and says where they lie; `part` is what they are, for errors.
    @_lifetime(self: copy self)
    mutating func take(_ count: Int, _ part: StaticString) throws(Fault) -> Range<Int> {
        guard count >= 0, count <= remaining else {
            throw fault("\(part) needs \(count) bytes and \(remaining) are left")
        }
        defer { position += count }
        return position..<(position + count)
    }

    /// A number of `width` bytes, 8 at most.
    @_lifetime(self: copy self)
    mutating func number(_ width: Int, _ part: StaticString) throws(Fault) -> UInt64 {
        var value: UInt64 = 0
        for index in try take(width, part) { value = value << 8 | UInt64(bytes[index]) }
        return value
    }

    /// Steps over what follows its own length, a number of `width` bytes.
    @_lifetime(self: copy self)
    mutating func counted(_ width: Int, _ part: StaticString) throws(Fault) -> Range<Int> {
        try take(Int(clamping: try number(width, part)), part)
    }

    /// What is wrong with the bytes here.
    func fault(_ detail: String) -> Fault { Fault(offset: position, detail: detail) }
}
