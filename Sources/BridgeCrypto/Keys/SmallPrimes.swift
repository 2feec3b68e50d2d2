/// An unsigned number in words of 64 bits, least significant first: all that a remainder needs.
struct Limbs {
    fileprivate let words: [UInt64]

    init(bigEndian bytes: [UInt8]) {
        var words: [UInt64] = []
        var end = bytes.count
        while end > 0 {
            let start = max(0, end - 8)
            words.append(bytes[start..<end].reduce(0) { $0 << 8 | UInt64($1) })
            end = start
        }
        self.words = words
    }

    /// The remainder of a division by `divisor`, which is not zero.
    func remainder(dividingBy divisor: UInt64) -> UInt64 {
        var remainder: UInt64 = 0
        // The remainder is below the divisor, so the quotient fits a word.
        for word in words.reversed() { remainder = divisor.dividingFullWidth((remainder, word)).remainder }
        return remainder
    }
}

/// The primes below 2¹⁶, as many to a divisor as fit a word, so that a modulus is walked a quarter as often.
///
/// Whoever imports 10,000 certificates waits for 10,000 of these; so nothing is divided, which takes a machine five to
/// ten times as long as the two multiplications in its place.
enum SmallPrimes {
    /// The smallest prime below 2¹⁶ that divides `number`, or `nil`.
    static func factor(of number: Limbs) -> UInt64? {
        guard let lowest = number.words.first, lowest & 1 == 1 else { return 2 }
        let groups = groups
        for start in stride(from: 0, to: groups.count, by: 4) {
            let (a, b, c, d) = (groups[start], groups[start + 1], groups[start + 2], groups[start + 3])
            var (carryA, carryB, carryC, carryD): (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
            // Four at a time, because each multiplication has to wait for the one before it of its own group.
            for word in number.words {
                a.product.take(word, &carryA)
                b.product.take(word, &carryB)
                c.product.take(word, &carryC)
                d.product.take(word, &carryD)
            }
            let factor =
                factor(of: carryA, in: a) ?? factor(of: carryB, in: b) ?? factor(of: carryC, in: c)
                ?? factor(of: carryD, in: d)
            if let factor { return factor }
        }
        return nil
    }

    /// The first prime of a group that divides what is left of a number.
    private static func factor(of rest: UInt64, in group: PrimeGroup) -> UInt64? {
        let primes = odd
        for place in group.primes where primes[place].divides(rest) { return primes[place].value }
        return nil
    }

    /// The odd primes in groups; their number is divisible by four, the last ones may be empty.
    private static let groups: [PrimeGroup] = {
        var groups: [PrimeGroup] = []
        var (start, product) = (0, UInt64(1))
        for (place, prime) in odd.enumerated() {
            let (next, isTooLarge) = product.multipliedReportingOverflow(by: prime.value)
            if isTooLarge {
                groups.append(PrimeGroup(product: OddDivisor(product), primes: start..<place))
                (start, product) = (place, prime.value)
            } else {
                product = next
            }
        }
        groups.append(PrimeGroup(product: OddDivisor(product), primes: start..<odd.count))
        while groups.count % 4 != 0 { groups.append(PrimeGroup(product: OddDivisor(1), primes: 0..<0)) }
        return groups
    }()

    private static let odd: [OddDivisor] = {
        var isComposite = [Bool](repeating: false, count: 1 << 16)
        var primes: [OddDivisor] = []
        for candidate in stride(from: 3, to: 1 << 16, by: 2) where !isComposite[candidate] {
            primes.append(OddDivisor(UInt64(candidate)))
            for multiple in stride(from: candidate * candidate, to: 1 << 16, by: candidate) {
                isComposite[multiple] = true
            }
        }
        return primes
    }()
}

/// Primes whose product fits a word, by their places among all odd ones.
private struct PrimeGroup {
    let product: OddDivisor
    let primes: Range<Int>
}

/// An odd number to divide by without a division: Granlund, Montgomery, "Division by Invariant Integers using
/// Multiplication", 1994, §9; over many words Jebelean, "An algorithm for exact division", 1993.
private struct OddDivisor {
    let value: UInt64
    /// value · inverse = 1 modulo 2⁶⁴.
    private let inverse: UInt64
    private let largestQuotient: UInt64

    init(_ value: UInt64) {
        self.value = value
        largestQuotient = .max / value
        var inverse = value  // right in three bits, and in twice as many after each step
        for _ in 0..<5 { inverse = inverse &* (2 &- value &* inverse) }
        self.inverse = inverse
    }

    /// Whether it divides `number`: the quotient modulo 2⁶⁴ is a small one then, and no other.
    func divides(_ number: UInt64) -> Bool { number &* inverse <= largestQuotient }

    /// Takes in the next word of a number, least significant first.
    ///
    /// After the last one a divisor of `value` divides the number when it divides `carry`.
    func take(_ word: UInt64, _ carry: inout UInt64) {
        let (difference, isBorrowed) = word.subtractingReportingOverflow(carry)
        carry = value.multipliedFullWidth(by: difference &* inverse).high &+ (isBorrowed ? 1 : 0)
    }
}
