import BridgeCore

/// Dataverse's service protection limits (Microsoft Learn): counted always, enforced when that is switched on.
struct ServiceProtection: Sendable {
    var isEnforced = false
    var requestLimit = 6000
    var concurrencyLimit = 52

    static let window: Int64 = 300
    private var callers: [GUID: Use] = [:]

    private struct Use: Sendable {
        /// Requests by second, oldest first.
        var seconds: [(second: Int64, count: Int)] = []
        var total = 0
        var inFlight = 0
    }

    /// Counts a request of `caller`.
    ///
    /// - Returns: how many more there may be in the window.
    /// - Throws: 429 `0x80072322` or `0x80072326`, where the limits are enforced.
    mutating func begin(_ caller: GUID, at now: Timestamp) throws(DataverseError) -> Int {
        var use = callers[caller] ?? Use()
        defer { callers[caller] = use }
        let over = use.seconds.prefix { $0.second <= now.seconds - Self.window }
        use.total -= over.reduce(0) { $0 + $1.count }
        use.seconds.removeFirst(over.count)
        if use.seconds.last?.second == now.seconds {
            use.seconds[use.seconds.count - 1].count += 1
        } else {
            use.seconds.append((now.seconds, 1))
        }
        use.total += 1
        if isEnforced, use.total > requestLimit { throw .requestLimit }
        if isEnforced, use.inFlight >= concurrencyLimit { throw .concurrencyLimit }
        use.inFlight += 1
        return max(0, requestLimit - use.total)
    }

    /// The answer to a request of `caller` has been handed over.
    mutating func end(_ caller: GUID) { callers[caller]?.inFlight -= 1 }
}
