package import BridgeCore

/// How often a CRM is asked by the syncs of a connection: a tenth of what it allows, so that sign-ins always find room.
package struct SyncBudget: Sendable {
    /// So many requests within so many seconds.
    package struct Size: Sendable, Hashable {
        package let limit: Int
        package let window: Int64

        package init(limit: Int, window: Int64) {
            self.limit = limit
            self.window = window
        }

        /// Of an environment of Dataverse (service protection limits: 6,000 requests of an application user within 5
        /// minutes).
        package static let dataverse = Size(limit: 600, window: 300)

        /// How often a reading of so many requests may be repeated, in seconds, so that it takes half of the budget at most.
        func pause(after requests: Int) -> Int64 { Int64(requests) * 2 * window / Int64(max(1, limit)) }
    }

    package var size: Size
    /// Requests by second, oldest first.
    private var seconds: [(second: Int64, count: Int)] = []
    private var total = 0

    package init(_ size: Size) {
        self.size = size
    }

    /// Whether half of it is left: what can wait is done with the other half.
    package mutating func isPlenty(at now: Timestamp) -> Bool {
        forget(at: now)
        return total * 2 < size.limit
    }

    /// Takes room for `count` requests.
    ///
    /// - Returns: 0 where they may be sent; otherwise nothing is taken, and after so many seconds there may be room.
    package mutating func take(_ count: Int = 1, at now: Timestamp) -> Int64 {
        forget(at: now)
        guard total + count <= size.limit || total == 0 else {
            return max(1, (seconds.first?.second ?? now.seconds) + size.window - now.seconds)
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
        let over = seconds.prefix { $0.second <= now.seconds - size.window || $0.second > now.seconds }
        total -= over.reduce(0) { $0 + $1.count }
        seconds.removeFirst(over.count)
    }
}
