internal import AuthService
package import BridgeCore
internal import Synchronization

/// Keeps the syncs of a process within their budget, each connection within one of its own.
package final class SyncPacer: Sendable {
    private let clock: any WallClock
    private let limit: Int
    private let sleep: @Sendable (Int64) async throws -> Void
    private let budgets = Mutex<[ConnectionID: SyncBudget]>([:])

    /// The longest it waits at once, in seconds: whoever waits has to say in between that they are still there.
    private static let longestWait: Int64 = 10

    /// - Parameters:
    ///   - limit: requests of a connection within `SyncBudget.window`.
    ///   - sleep: waits so many seconds.
    package init(
        clock: any WallClock, limit: Int = SyncBudget.standard,
        sleep: @escaping @Sendable (Int64) async throws -> Void = { try await Task.sleep(for: .seconds($0)) }
    ) {
        self.clock = clock
        self.limit = limit
        self.sleep = sleep
    }

    /// Whether there is room for what can wait.
    func hasPlenty(of id: ConnectionID) -> Bool {
        budgets.withLock { $0[id, default: SyncBudget(limit: limit)].isPlenty(at: clock.now) }
    }

    /// Waits until one more request may be sent; `isWaiting` is called meanwhile, again and again.
    func wait(of id: ConnectionID, isWaiting: () async throws -> Void) async throws {
        while true {
            let seconds = budgets.withLock { $0[id, default: SyncBudget(limit: limit)].take(at: clock.now) }
            guard seconds > 0 else { return }
            try await isWaiting()
            try await sleep(min(seconds, Self.longestWait))
        }
    }
}
