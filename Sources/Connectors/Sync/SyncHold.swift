internal import AuthService
internal import BridgeCore
internal import Synchronization

/// The right to sync a connection, which ends by itself soon after its process has.
final class SyncHold: Sendable {
    private let store: any Store
    let id: ConnectionID
    let holder: String
    private let clock: any WallClock
    private let isNeeded: Bool
    private let end: Mutex<Timestamp>

    /// How long it lasts without being extended, in seconds. It is extended before each request, unless it was just now, so
    /// that what is left (`length` without `rest`) is longer than a request may take (`OutgoingRequest.timeLimit`, 15 s).
    static let length: Int64 = 60
    /// How much of it may go by before it is extended, in seconds.
    static let rest: Int64 = 15

    /// - Parameter isNeeded: `false` for who changes nothing.
    init(store: any Store, id: ConnectionID, holder: String, clock: any WallClock, isNeeded: Bool) {
        self.store = store
        self.id = id
        self.holder = holder
        self.clock = clock
        self.isNeeded = isNeeded
        end = Mutex(clock.now)
    }

    func begin() async throws(StoreError) -> Bool {
        guard isNeeded else { return true }
        let now = clock.now
        let next = now.adding(seconds: Self.length)
        end.withLock { $0 = next }
        return try await store.beginSync(of: id, by: holder, until: next, at: now)
    }

    /// Says that the process is still there, where it has not said so for a while.
    func extend() async throws(StoreError) {
        let next = clock.now.adding(seconds: Self.length)
        guard isNeeded, next > end.withLock(\.self).adding(seconds: Self.rest) else { return }
        try await store.extendSync(of: id, by: holder, until: next)
        end.withLock { $0 = next }
    }

    /// Lets somebody else go on, with nothing remembered.
    func release() async throws(StoreError) {
        guard isNeeded else { return }
        try await store.extendSync(of: id, by: holder, until: clock.now)
    }

    func end(_ state: SyncState) async throws(StoreError) {
        guard isNeeded else { return }
        try await store.endSync(of: id, by: holder, state)
    }
}
