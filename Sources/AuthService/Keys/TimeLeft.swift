package import BridgeCore

/// How near the end of a key or certificate is, in the steps in which it is worth saying.
package enum TimeLeft: Equatable, Comparable, Sendable {
    /// The end is reached.
    case none
    /// 10 days or less.
    case tenDays
    /// 30 days or less.
    case thirtyDays
    /// 60 days or less.
    case sixtyDays
    case more

    package init(from now: Timestamp, to end: Timestamp) {
        let seconds = end.seconds - now.seconds
        self =
            switch seconds {
            case ...0: .none
            case ...(10 * 86_400): .tenDays
            case ...(30 * 86_400): .thirtyDays
            case ...(60 * 86_400): .sixtyDays
            default: .more
            }
    }

    /// The step in days: 0, 10, 30 or 60; `nil` while there is time.
    package var days: Int? {
        switch self {
        case .none: 0
        case .tenDays: 10
        case .thirtyDays: 30
        case .sixtyDays: 60
        case .more: nil
        }
    }

    /// `ended on ...` or `ends in ... days, on ...`.
    package static func words(from now: Timestamp, to end: Timestamp) -> String {
        let days = (end.seconds - now.seconds) / 86_400
        return end <= now ? "ended on \(end)" : "ends in \(days) \(days == 1 ? "day" : "days"), on \(end)"
    }
}
