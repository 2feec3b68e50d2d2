extension JSONReader {
    /// Reads a number (RFC 8259 §6) and returns it; see `JSONNumber` for its range.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func number() throws(JSONError) -> JSONNumber {
        skipSpace()
        let start = position
        let isNegative = try current() == UInt8(ascii: "-")
        if isNegative { position += 1 }
        // Whole numbers of up to 15 digits are exact in every reader there is; all else takes the slow road.
        var magnitude: Int64 = 0
        let firstDigit = position
        var index = firstDigit
        let limit = min(end, firstDigit + 16)
        while index < limit {
            let digit = unsafe bytes[unchecked: index] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            magnitude = magnitude &* 10 &+ Int64(digit)
            index += 1
        }
        let digits = index - firstDigit
        position = index
        let isPlain = position == end || !JSONNumber.continues(bytes[position])
        if isPlain, (1...15).contains(digits), digits == 1 || bytes[firstDigit] != UInt8(ascii: "0") {
            return .integer(isNegative ? -magnitude : magnitude)
        }
        position = start
        return try generalNumber()
    }

    /// Any number of the grammar: long ones, fractions and exponents.
    @usableFromInline
    @_lifetime(self: copy self)
    mutating func generalNumber() throws(JSONError) -> JSONNumber {
        let start = position
        if try current() == UInt8(ascii: "-") { position += 1 }
        if try current() == UInt8(ascii: "0") { position += 1 } else { try digits(from: start) }
        var isInteger = true
        if position < end, bytes[position] == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            try digits(from: start)
        }
        if position < end, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            position += 1
            if position < end, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
                position += 1
            }
            try digits(from: start)
        }
        // A digit left over is a leading zero's neighbour: 01.
        if position < end, JSONNumber.continues(bytes[position]) { throw JSONError(.invalidNumber, at: start) }
        let text = JSONText(range: start..<position, hasEscapes: false).string(in: bytes)
        if isInteger, let value = Int64(text), value.magnitude < 1 << 53 { return .integer(value) }
        guard let value = Double(text), value.isFinite else { throw JSONError(.numberOutOfRange, at: start) }
        return .fraction(value)
    }

    @_lifetime(self: copy self)
    private mutating func digits(from start: Int) throws(JSONError) {
        let first = position
        while position < end, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) { position += 1 }
        guard position > first else { throw JSONError(.invalidNumber, at: start) }
    }
}
