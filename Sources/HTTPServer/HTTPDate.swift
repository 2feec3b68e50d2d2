internal import CEvent
import Glibc

/// The text of the `Date` field, made once a second.
struct HTTPDate {
    private var second: time_t = 0
    private var lastText = ""

    /// The time now in the form of RFC 9110 §5.6.7.
    var text: String {
        mutating get {
            let now = time(nil)
            if now != second {
                second = now
                lastText = Self.format()
            }
            return lastText
        }
    }

    private static func format() -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 50) { buffer in
            guard let start = buffer.baseAddress, evutil_date_rfc1123(start, buffer.count, nil) > 0 else { return "" }
            return String(cString: start)
        }
    }
}
