internal import BridgeCore

/// When a client secret ends, as an administrator said it.
enum SecretEnd {
    /// Reads a time, or a day as its end in UTC: `2027-01-15T08:00:00Z`, `2027-01-15`; `nil` for anything else.
    static func time(_ text: String) -> Timestamp? {
        Timestamp(rfc3339: text) ?? Timestamp(rfc3339: "\(text)T23:59:59Z")
    }

    /// The last moment that Entra gives a secret made today: 24 months, and a day for the time zone.
    static func latest(at now: Timestamp) -> Timestamp {
        let today = CivilTime(now)
        let length = CivilTime.length(ofMonth: today.month, year: today.year + 2)
        let days = CivilTime.days(year: today.year + 2, month: today.month, day: min(today.day, length))
        return Timestamp(seconds: (days + 1) * 86_400 + now.seconds % 86_400)
    }
}
