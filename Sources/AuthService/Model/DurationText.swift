/// A length of time as people write it in documents and settings: a whole number and one of `s`, `m`, `h`, `d`.
package enum DurationText {
    private static let units: [(letter: Character, seconds: Int64)] = [
        ("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1),
    ]

    /// The seconds that `text` means: `30s`, `15m`, `24h`, `7d`.
    ///
    /// - Returns: `nil` without a unit, for signs, spaces, fractions, leading zeros and what does not fit.
    package static func seconds(_ text: some StringProtocol) -> Int64? {
        guard let unit = units.first(where: { $0.letter == text.last }) else { return nil }
        let digits = text.dropLast()
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            digits.first != "0" || digits.count == 1, let count = Int64(digits)
        else { return nil }
        let (seconds, overflows) = count.multipliedReportingOverflow(by: unit.seconds)
        return overflows ? nil : seconds
    }

    /// The text for `seconds` (0 or more) with the largest unit that is exact; one day is `24h`, as everyone writes it.
    package static func text(_ seconds: Int64) -> String {
        let unit = units.first { seconds % $0.seconds == 0 && seconds >= ($0.letter == "d" ? 2 : 1) * $0.seconds }
        return "\(seconds / (unit?.seconds ?? 1))\(unit?.letter ?? "s")"
    }
}
