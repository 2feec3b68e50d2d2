package import AuthService
package import BridgeCore
internal import Synchronization

/// Keeps the syncs of a process within their budget, each connection within one of its own.
package final class SyncPacer: Sendable {
    private let clock: any WallClock
    private let size: SyncBudget.Size
    private let sleep: @Sendable (Int64) async throws -> Void
    private let budgets = Mutex<[ConnectionID: SyncBudget]>([:])

    /// The longest it waits at once, in seconds: whoever waits has to say in between that they are still there.
    private static let longestWait: Int64 = 10

    /// - Parameters:
    ///   - size: of a connection's budget, until it is another one.
    ///   - sleep: waits so many seconds.
    package init(
        clock: any WallClock, _ size: SyncBudget.Size,
        sleep: @escaping @Sendable (Int64) async throws -> Void = { try await Task.sleep(for: .seconds($0)) }
    ) {
        self.clock = clock
        self.size = size
        self.sleep = sleep
    }

    /// How large the budget of a connection is.
    func size(of id: ConnectionID) -> SyncBudget.Size { budgets.withLock { $0[id]?.size ?? size } }

    /// Makes the budget of a connection larger or smaller; what was sent counts as before.
    func resize(_ id: ConnectionID, to size: SyncBudget.Size) {
        budgets.withLock { $0[id, default: SyncBudget(self.size)].size = size }
    }

    /// What was sent for a connection, to be remembered.
    func memory(of id: ConnectionID) -> SyncBudget.Memory {
        budgets.withLock { $0[id, default: SyncBudget(size)].memory(at: clock.now) }
    }

    /// Takes over what is remembered: of other processes, too.
    func takeOver(_ memory: SyncBudget.Memory, by time: Timestamp, of id: ConnectionID) {
        budgets.withLock { $0[id, default: SyncBudget(size)].takeOver(memory, by: time) }
    }

    /// Whether there is room for what can wait.
    func hasPlenty(of id: ConnectionID) -> Bool {
        budgets.withLock { $0[id, default: SyncBudget(size)].isPlenty(at: clock.now) }
    }

    /// Waits until one more request may be sent; `isWaiting` is called meanwhile, again and again.
    func wait(of id: ConnectionID, isWaiting: () async throws -> Void) async throws {
        while true {
            let seconds = budgets.withLock { $0[id, default: SyncBudget(size)].take(at: clock.now) }
            guard seconds > 0 else { return }
            try await isWaiting()
            try await sleep(min(seconds, Self.longestWait))
        }
    }
}
