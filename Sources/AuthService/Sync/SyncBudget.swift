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

    /// Requests of one second.
    package struct Sent: Sendable, Hashable {
        package let second: Int64
        package var count: Int

        package init(second: Int64, count: Int) {
            self.second = second
            self.count = count
        }
    }

    /// What a process tells others: how large it is, and what was sent of it.
    package struct Memory: Sendable, Hashable {
        package let size: Size
        /// Oldest first.
        package let sent: [Sent]

        package init(size: Size, sent: [Sent]) {
            self.size = size
            self.sent = sent
        }

        /// What two processes have sent, of which neither knew what the other had.
        package func adding(_ other: Memory?, at now: Timestamp) -> Memory {
            let both = (sent + (other?.sent ?? [])).filter { $0.second > now.seconds - size.window }
            return Memory(size: size, sent: both.sorted { $0.second < $1.second })
        }
    }

    package var size: Size
    /// Oldest first.
    private var seconds: [Sent] = []
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
            seconds.append(Sent(second: now.seconds, count: count))
        }
        return 0
    }

    /// What was sent within the window: for another process, so in few numbers, and rather too late than too early.
    package mutating func memory(at now: Timestamp) -> Memory {
        forget(at: now)
        let grain = max(1, size.window / 20)
        var parts: [Sent] = []
        for sent in seconds.reversed() {
            if let last = parts.last, last.second - sent.second < grain {
                parts[parts.count - 1].count += sent.count
            } else {
                parts.append(sent)
            }
        }
        return Memory(size: size, sent: parts.reversed())
    }

    /// Takes over what all processes had sent by `time`; what this one has sent since then counts besides.
    package mutating func takeOver(_ memory: Memory, by time: Timestamp) {
        size = memory.size
        seconds = memory.sent.sorted { $0.second < $1.second } + seconds.filter { $0.second > time.seconds }
        total = seconds.reduce(0) { $0 + $1.count }
    }

    /// Forgets what the window has left behind, and what a clock that was set back makes the future.
    private mutating func forget(at now: Timestamp) {
        let over = seconds.prefix { $0.second <= now.seconds - size.window || $0.second > now.seconds }
        total -= over.reduce(0) { $0 + $1.count }
        seconds.removeFirst(over.count)
    }
}
