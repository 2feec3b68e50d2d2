/// The letters of a domain label as ASCII and back (RFC 3492), without the `xn--` in front.
///
/// Knows nothing of which letters a domain may have; `DomainName` does.
enum Punycode {
    /// What fits behind `xn--` in a label of 63 bytes; more scalars than that do not fit either.
    static let longest = 59

    /// The encoding, with ASCII letters as they are; `nil` where it is longer than a label can be.
    static func encode(_ scalars: [Unicode.Scalar]) -> [UInt8]? {
        guard scalars.count <= longest else { return nil }
        var output = scalars.filter(\.isASCII).map { UInt8(truncatingIfNeeded: $0.value) }
        var handled = output.count
        if handled > 0 { output.append(delimiter) }
        var bias = Bias()
        var (delta, current) = (0, 0x80)
        // At most 59 scalars of at most 21 bits: nothing here comes near the end of an Int.
        while let next = scalars.lazy.map({ Int($0.value) }).filter({ $0 >= current }).min() {
            delta += (next - current) * (handled + 1)
            for scalar in scalars {
                if scalar.value < next { delta += 1 }
                guard scalar.value == next else { continue }
                append(delta, bias, to: &output)
                handled += 1
                bias.adapt(to: delta, count: handled)
                delta = 0
            }
            delta += 1
            current = next + 1
        }
        return output.count <= longest ? output : nil
    }

    /// The scalars that `bytes` stand for; `nil` where they are no Punycode, or longer than a label can be.
    ///
    /// Digits are read in both cases, and some scalars have several encodings: who needs one spelling encodes again.
    static func decode(_ bytes: [UInt8]) -> [Unicode.Scalar]? {
        guard bytes.count <= longest, bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
        let basicEnd = bytes.lastIndex(of: delimiter) ?? 0
        var output = bytes[..<basicEnd].map { Unicode.Scalar($0) }
        var digits = bytes[(basicEnd == 0 ? 0 : basicEnd + 1)...]
        var bias = Bias()
        var (position, current) = (0, 0x80)
        while !digits.isEmpty {
            guard let delta = takeNumber(from: &digits, bias) else { return nil }
            let count = output.count + 1
            bias.adapt(to: delta, count: count)
            position += delta
            current += position / count
            position %= count
            // Half of a surrogate pair is no scalar.
            guard current <= 0x10FFFF, let scalar = Unicode.Scalar(UInt32(current)) else { return nil }
            output.insert(scalar, at: position)
            position += 1
        }
        return output
    }
}

/// Numbers of a variable length in base 36 (§3.3).
extension Punycode {
    private static let delimiter = UInt8(ascii: "-")
    private static let base = 36

    /// How long the next number is likely to be (§3.4); starts before the first number.
    private struct Bias {
        private var value = 72
        private var isFirst = true

        /// The least digit that does not end a number, at the digit `index`.
        func threshold(at index: Int) -> Int { min(max(base * (index + 1) - value, 1), 26) }

        mutating func adapt(to delta: Int, count: Int) {
            var delta = isFirst ? delta / 700 : delta / 2
            delta += delta / count
            isFirst = false
            var steps = 0
            while delta > 455 {
                delta /= base - 1
                steps += base
            }
            value = steps + base * delta / (delta + 38)
        }
    }

    private static func append(_ number: Int, _ bias: Bias, to output: inout [UInt8]) {
        var (rest, index) = (number, 0)
        while true {
            let threshold = bias.threshold(at: index)
            guard rest >= threshold else { return output.append(digit(rest)) }
            output.append(digit(threshold + (rest - threshold) % (base - threshold)))
            rest = (rest - threshold) / (base - threshold)
            index += 1
        }
    }

    private static func takeNumber(from digits: inout ArraySlice<UInt8>, _ bias: Bias) -> Int? {
        var (number, weight, index) = (0, 1, 0)
        while let digit = digits.popFirst() {
            guard let value = value(of: digit) else { return nil }
            number += value * weight
            let threshold = bias.threshold(at: index)
            if value < threshold { return number }
            weight *= base - threshold
            // Larger than any scalar at any place: no need to go on until an Int overflows.
            guard number < 1 << 32, weight < 1 << 32 else { return nil }
            index += 1
        }
        return nil
    }

    private static func digit(_ value: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: value) + (value < 26 ? UInt8(ascii: "a") : UInt8(ascii: "0") - 26)
    }

    private static func value(of digit: UInt8) -> Int? {
        switch digit {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(digit - UInt8(ascii: "a"))
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(digit - UInt8(ascii: "A"))
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(digit - UInt8(ascii: "0")) + 26
        default: nil
        }
    }
}
