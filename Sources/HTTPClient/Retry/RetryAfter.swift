import BridgeCore
import HTTPMessage

/// Reads `Retry-After` (RFC 9110 §10.2.3).
enum RetryAfter {
    /// How long to wait from `now`: a number of seconds, or until a time; `nil` for anything else. Never negative.
    static func delay(_ value: String, now: Timestamp) -> Duration? {
        if let time = HTTPTime.parse(value) { return .milliseconds(max(0, time.milliseconds - now.milliseconds)) }
        guard (1...9).contains(value.utf8.count), value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int64(value).map { .seconds($0) }
    }
}
