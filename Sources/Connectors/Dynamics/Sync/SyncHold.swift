internal import AuthService
internal import BridgeCore

/// The right to sync a connection, which ends by itself soon after its process has.
final class SyncHold {
    private let store: any Store
    let id: ConnectionID
    let holder: String
    private let clock: any WallClock
    private let isNeeded: Bool
    private var end: Timestamp

    /// How long it lasts without being extended, in seconds: longer than any request to an environment.
    private static let length: Int64 = 60
    /// How much of it may go by before it is extended, in seconds.
    private static let rest: Int64 = 15

    /// - Parameter isNeeded: `false` for who changes nothing.
    init(store: any Store, id: ConnectionID, holder: String, clock: any WallClock, isNeeded: Bool) {
        self.store = store
        self.id = id
        self.holder = holder
        self.clock = clock
        self.isNeeded = isNeeded
        end = clock.now
    }

    func begin() async throws(StoreError) -> Bool {
        guard isNeeded else { return true }
        let now = clock.now
        end = now.adding(seconds: Self.length)
        return try await store.beginSync(of: id, by: holder, until: end, at: now)
    }

    /// Says that the process is still there, where it has not said so for a while.
    func extend() async throws(StoreError) {
        let next = clock.now.adding(seconds: Self.length)
        guard isNeeded, next > end.adding(seconds: Self.rest) else { return }
        try await store.extendSync(of: id, by: holder, until: next)
        end = next
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
