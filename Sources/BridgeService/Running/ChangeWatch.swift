internal import AuthService
internal import BridgeCore
internal import EventLoop
internal import Synchronization

/// Notices what other processes change in the store, such as the command line, and forgets what memory holds of it.
final class ChangeWatch: Sendable {
    private let store: any Store
    private let directory: LoginDirectory
    private let keys: PublishedKeys
    private let log: any Log
    /// Forgets what else memory holds of the store.
    private let forget: @Sendable () async throws(StoreError) -> Void
    private let state: Mutex<State>

    private struct State {
        var seen: UInt64
        var isAsking = false
        var isUnreadable = false
        var isUnwritable = false
    }

    /// How long a change made by another process may stay unseen.
    static let interval = Duration.milliseconds(200)

    /// - Parameter seen: the store's count of changes before anything was loaded into `directory`.
    init(
        store: any Store, directory: LoginDirectory, keys: PublishedKeys, log: any Log, seen: UInt64,
        forget: @escaping @Sendable () async throws(StoreError) -> Void = {}
    ) {
        self.store = store
        self.directory = directory
        self.keys = keys
        self.log = log
        self.forget = forget
        state = Mutex(State(seen: seen))
    }

    /// Looks for changes from now on, on `loop`'s clock.
    func start(on loop: EventLoop) -> LoopTimer {
        loop.schedule(after: Self.interval, repeats: true) { [self] in look(on: loop) }
    }

    private func look(on loop: EventLoop) {
        let mayAsk = state.withLock { state in
            defer { state.isAsking = true }
            return !state.isAsking
        }
        guard mayAsk else { return }  // the store is slow; one question at a time
        Task(executorPreference: loop) { [self] in await ask() }
    }

    /// Asks once; the log hears of it when the store stops answering, and when it answers again.
    func ask() async {
        do throws(StoreError) {
            let count = try await store.outsideChanges()
            if state.withLock({ $0.seen != count }) {
                directory.invalidateAll()
                // Counted as seen once the keys are known, too: until then the next look tries again.
                try await keys.reload(from: store, into: directory)
                try await forget()
            }
            let wasUnreadable = state.withLock { state in
                defer { (state.seen, state.isAsking, state.isUnreadable) = (count, false, false) }
                return state.isUnreadable
            }
            if wasUnreadable { log.write(.info, "store_readable", []) }
            tellWriting()
        } catch {
            let wasUnreadable = state.withLock { state in
                defer { (state.isAsking, state.isUnreadable) = (false, true) }
                return state.isUnreadable
            }
            // What cannot be asked may have changed: better to ask the store again for every login.
            directory.invalidateAll()
            if !wasUnreadable { log.write(.error, "store_unreadable", [("detail", .text(error.detail))]) }
        }
    }

    /// The log hears of it when changes can no longer be made, and when they can again.
    private func tellWriting() {
        let failure = store.lastWriteFailure
        let wasUnwritable = state.withLock { state in
            defer { state.isUnwritable = failure != nil }
            return state.isUnwritable
        }
        if let failure, !wasUnwritable { log.write(.error, "store_unwritable", [("detail", .text(failure.detail))]) }
        if failure == nil, wasUnwritable { log.write(.info, "store_writable", []) }
    }
}
