/// Where the content of a string stands in a JSON text, between its quotes.
public struct JSONText: Sendable, Hashable {
    // Eight bytes in all: a token's claims are a dozen of these, and they are copied about.
    @usableFromInline let start: UInt32
    @usableFromInline let countAndEscapes: UInt32  // the lowest bit says whether there is an escape

    /// - Parameter range: within the first `largestOffset` bytes, as every text a `JSONReader` reads is.
    @inlinable
    public init(range: Range<Int>, hasEscapes: Bool) {
        start = UInt32(truncatingIfNeeded: range.lowerBound)
        countAndEscapes = UInt32(truncatingIfNeeded: range.count) << 1 | (hasEscapes ? 1 : 0)
    }

    /// How far into a text a string can be placed, in bytes.
    @inlinable
    static var largestOffset: Int { 0x7FFF_FFFF }

    /// The bytes between the quotes, escapes as written.
    @inlinable
    public var range: Range<Int> { Int(start)..<Int(start) + Int(countAndEscapes >> 1) }

    /// Whether there is an escape, so that the bytes are not yet the text.
    @inlinable
    public var hasEscapes: Bool { countAndEscapes & 1 == 1 }

    /// Whether the text equals the ASCII literal `word`.
    @inlinable
    public func equals(_ word: StaticString, in bytes: borrowing Span<UInt8>) -> Bool {
        if hasEscapes { return unescaped(in: bytes).elementsEqual(word.description.utf8) }
        guard range.count == word.utf8CodeUnitCount, range.lowerBound >= 0, range.upperBound <= bytes.count else {
            return false
        }
        var (own, other) = unsafe (range.lowerBound, UnsafeRawPointer(word.utf8Start))
        while own &+ 8 <= range.upperBound {
            let (left, right) = unsafe (
                bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: own, as: UInt64.self),
                other.loadUnaligned(as: UInt64.self)
            )
            guard left == right else { return false }
            unsafe (own, other) = (own &+ 8, other + 8)
        }
        while own < range.upperBound {
            let (left, right) = unsafe (bytes[unchecked: own], other.load(as: UInt8.self))
            guard left == right else { return false }
            unsafe (own, other) = (own &+ 1, other + 1)
        }
        return true
    }

    /// Whether the text equals the UTF-8 of `other`.
    public func equals(_ other: borrowing Span<UInt8>, in bytes: borrowing Span<UInt8>) -> Bool {
        if hasEscapes {
            let own = unescaped(in: bytes)
            return JSONText(range: 0..<own.count, hasEscapes: false).equals(other, in: own.span)
        }
        guard range.count == other.count else { return false }
        for index in 0..<other.count where bytes[range.lowerBound + index] != other[index] { return false }
        return true
    }

    /// The text; the reader has checked that it is UTF-8 with whole escapes.
    public func string(in bytes: borrowing Span<UInt8>) -> String {
        if hasEscapes { return String(decoding: unescaped(in: bytes), as: UTF8.self) }
        guard let text = try? UTF8Span(validating: bytes.extracting(range)) else { return "" }
        return String(copying: text)
    }

    /// The UTF-8 of the text, escapes resolved.
    @usableFromInline
    func unescaped(in bytes: borrowing Span<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            index += 1
            guard byte == UInt8(ascii: "\\"), index < range.upperBound else {
                output.append(byte)
                continue
            }
            let escape = bytes[index]
            index += 1
            switch escape {
            case UInt8(ascii: "b"): output.append(0x08)
            case UInt8(ascii: "f"): output.append(0x0C)
            case UInt8(ascii: "n"): output.append(0x0A)
            case UInt8(ascii: "r"): output.append(0x0D)
            case UInt8(ascii: "t"): output.append(0x09)
            case UInt8(ascii: "u"):
                var scalar = Self.unit(in: bytes, at: index)
                index += 4
                if (0xD800...0xDBFF).contains(scalar) {
                    scalar = 0x10000 + (scalar - 0xD800) << 10 + (Self.unit(in: bytes, at: index + 2) - 0xDC00)
                    index += 6
                }
                if let encoded = Unicode.Scalar(scalar).flatMap({ UTF8.encode($0) }) {
                    output.append(contentsOf: encoded)
                }
            default: output.append(escape)
            }
        }
        return output
    }

    private static func unit(in bytes: borrowing Span<UInt8>, at index: Int) -> UInt32 {
        var unit: UInt32 = 0
        for offset in 0..<4 { unit = unit << 4 | UInt32(Hex.value(of: bytes[index + offset]) ?? 0) }
        return unit
    }
}
