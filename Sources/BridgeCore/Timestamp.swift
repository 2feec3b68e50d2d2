/// A point in time in milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970, negative before.
    public let milliseconds: Int64

    /// The point `milliseconds` after 1970.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The point `seconds` after 1970 (a NumericDate, RFC 7519 §2); values beyond ±9·10¹⁵ are clamped.
    public init(seconds: Int64) {
        milliseconds = min(max(seconds, -9_000_000_000_000_000), 9_000_000_000_000_000) * 1000
    }

    /// Whole seconds since 1970, rounded down.
    public var seconds: Int64 {
        let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        return rest < 0 ? seconds - 1 : seconds
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The point `seconds` later, or earlier where negative, to the millisecond; clamped as in `init(seconds:)`.
    public func adding(seconds: Int64) -> Timestamp {
        let (sum, overflows) = milliseconds.addingReportingOverflow(Timestamp(seconds: seconds).milliseconds)
        guard overflows else { return Timestamp(milliseconds: sum) }
        return Timestamp(seconds: seconds < 0 ? .min : .max)
    }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC, to the second: `2026-11-20T09:30:00Z`.
    public var description: String { CivilTime(self).description }
}

extension Timestamp {
    /// Reads an RFC 3339 §5.6 date-time with `Z` or a numeric offset; `nil` for anything else.
    ///
    /// Fractions are kept to the millisecond. The 60th second of a leap second is refused.
    public init?(rfc3339 text: some StringProtocol) {
        var digits = RFC3339Scanner(String(text))
        guard let civil = digits.dateTime() else { return nil }
        self = civil
    }
}
