package import BridgeCore

/// How often an environment is asked by syncs: a tenth of what Dataverse allows an application user (service protection
/// limits: 6,000 requests within 5 minutes), so that sign-ins always find room.
package struct SyncBudget: Sendable {
    /// Requests within `window`.
    package static let standard = 600
    /// In seconds.
    package static let window: Int64 = 300

    private let limit: Int
    /// Requests by second, oldest first.
    private var seconds: [(second: Int64, count: Int)] = []
    private var total = 0

    package init(limit: Int = SyncBudget.standard) {
        self.limit = limit
    }

    /// Whether half of it is left: what can wait is done with the other half.
    package mutating func isPlenty(at now: Timestamp) -> Bool {
        forget(at: now)
        return total * 2 < limit
    }

    /// Takes room for `count` requests.
    ///
    /// - Returns: 0 where they may be sent; otherwise nothing is taken, and after so many seconds there may be room.
    package mutating func take(_ count: Int = 1, at now: Timestamp) -> Int64 {
        forget(at: now)
        guard total + count <= limit || total == 0 else {
            return max(1, (seconds.first?.second ?? now.seconds) + Self.window - now.seconds)
        }
        total += count
        if seconds.last?.second == now.seconds {
            seconds[seconds.count - 1].count += count
        } else {
            seconds.append((now.seconds, count))
        }
        return 0
    }

    /// Forgets what the window has left behind, and what a clock that was set back makes the future.
    private mutating func forget(at now: Timestamp) {
        let over = seconds.prefix { $0.second <= now.seconds - Self.window || $0.second > now.seconds }
        total -= over.reduce(0) { $0 + $1.count }
        seconds.removeFirst(over.count)
    }
}
