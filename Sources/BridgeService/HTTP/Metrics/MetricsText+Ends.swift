internal import AuthService
internal import BridgeCore

extension MetricsText {
    /// Writes how many of `ends` come within each number of days that is warned at; those of the past within all of them.
    mutating func samples(_ name: String, of ends: [Timestamp], now: Timestamp) {
        for days in [60, 30, 10, 0] {
            let count = ends.count { TimeLeft(from: now, to: $0).days.map { $0 <= days } ?? false }
            sample(name, [("within_days", "\(days)")], Int64(count))
        }
    }
}
