/// How loud a log line is, in the order of `log__level`.
package enum LogLevel: String, Sendable, CaseIterable, Comparable {
    case debug, info, warning, error

    package static func < (left: LogLevel, right: LogLevel) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .debug: 0
        case .info: 1
        case .warning: 2
        case .error: 3
        }
    }
}

/// Where log lines go. Values never hold a token, a key or a secret: callers pass names, ids and counts.
package protocol Log: Sendable {
    /// Whether a line of `level` would be written, so that callers can skip preparing it.
    func isEnabled(_ level: LogLevel) -> Bool
    /// Writes one line: an event name in lower case and its fields in the given order.
    func write(_ level: LogLevel, _ event: String, _ fields: [(name: String, value: LogValue)])
}

/// A value of a log field.
package enum LogValue: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case text(String)
    case number(Int)

    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int) { self = .number(value) }
}
