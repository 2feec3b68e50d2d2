internal import BridgeCore

/// How near the end of a key or certificate is, in the steps in which it is worth saying.
enum TimeLeft: Equatable, Comparable {
    /// The end is reached.
    case none
    /// 10 days or less.
    case tenDays
    /// 30 days or less.
    case thirtyDays
    /// 60 days or less.
    case sixtyDays
    case more

    init(from now: Timestamp, to end: Timestamp) {
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

    /// Green while there is time, red from ten days on.
    var verdict: DoctorFinding.Verdict {
        switch self {
        case .none, .tenDays: .red
        case .thirtyDays, .sixtyDays: .yellow
        case .more: .green
        }
    }

    /// `ended on ...` or `ends in ... days, on ...`.
    static func words(from now: Timestamp, to end: Timestamp) -> String {
        let days = (end.seconds - now.seconds) / 86_400
        return end <= now ? "ended on \(end)" : "ends in \(days) \(days == 1 ? "day" : "days"), on \(end)"
    }
}
