internal import AuthService
internal import BridgeCore
internal import Connectors
internal import EventLoop
internal import Synchronization

/// Has every connection synced once in `sync__interval`, in the background of the service, each in a task of its own.
///
/// One that waits, for its budget or for an environment that hangs, keeps no other one waiting. All of them have one loop:
/// reading and parsing keep no login waiting.
final class SyncWorker: Sendable {
    private let store: any SyncStore
    private let sync: @Sendable (ConnectionID, SyncOrder) async throws(StoreError) -> SyncReport
    private let live: LiveConfiguration
    private let figures: SyncFigures
    private let clock: any WallClock
    private let log: SyncLog
    private let state = Mutex(State())

    private struct State {
        var agenda = SyncAgenda()
        var isStopped = false
        /// What looks for connections that are due; `nil` while nothing does.
        var look: Task<Void, Never>?
        var runs: [ConnectionID: Task<Void, Never>] = [:]
    }

    /// How often it is asked whether it is time.
    private static let tick = Duration.seconds(1)

    /// - Parameter sync: syncs a connection, unless it is not time yet.
    init(
        store: any SyncStore, live: LiveConfiguration, figures: SyncFigures, clock: any WallClock, log: any Log,
        sync: @escaping @Sendable (ConnectionID, SyncOrder) async throws(StoreError) -> SyncReport
    ) {
        self.store = store
        self.sync = sync
        self.live = live
        self.figures = figures
        self.clock = clock
        self.log = SyncLog(log)
    }

    /// Looks from now on what is due, and works on `loop`.
    func start(on loop: EventLoop) {
        loop.schedule(after: Self.tick, repeats: true) { [self] in look(on: loop) }
    }

    /// Begins no more, and lets go of what it waits for; what is under way ends with its next request.
    func cancel() {
        log.close()
        let tasks = state.withLock { state in
            state.isStopped = true
            return [state.look].compactMap(\.self) + state.runs.values
        }
        for task in tasks { task.cancel() }
    }

    /// Waits until nothing is under way any more.
    func finish() async {
        while let task = state.withLock({ $0.look ?? $0.runs.values.first }) { await task.value }
    }

    /// The connections whose syncs have begun and not ended.
    var underWay: Set<ConnectionID> { state.withLock { Set($0.runs.keys) } }

    /// Looks what is due, unless that is being done.
    ///
    /// A task is known as soon as the lock is open again: whoever stops it finds it, or it has not begun.
    private func look(on loop: EventLoop) {
        state.withLock { state in
            guard state.look == nil, !state.isStopped else { return }
            state.look = Task(executorPreference: loop) { [self] in
                await beginDue(on: loop)
                self.state.withLock { $0.look = nil }
            }
        }
    }

    /// Begins to sync the connections that are due.
    func beginDue(on executor: (any TaskExecutor)?) async {
        do throws(StoreError) {
            let ids = try await store.syncedConnectionIDs()
            let (now, interval) = (clock.now, live.current.syncInterval)
            state.withLock { state in
                guard !state.isStopped else { return }
                for id in state.agenda.begin(among: ids, at: now, every: interval) {
                    state.runs[id] = Task(executorPreference: executor) { [self] in
                        await run(id)
                        self.state.withLock { state in
                            state.agenda.end(id)
                            state.runs[id] = nil
                        }
                    }
                }
            }
        } catch {
            log.write(error)
        }
    }

    private func run(_ id: ConnectionID) async {
        guard !Task.isCancelled else { return }
        do throws(StoreError) {
            let report = try await sync(id, SyncOrder(actor: .bridge, interval: live.current.syncInterval))
            if let name = report.outcome.metricName { figures.count(name) }
            log.write(report)
        } catch {
            // A connection that was removed meanwhile is nobody's trouble.
            if error.code != .notFound { log.write(error, of: id) }
        }
    }
}

extension SyncReport.Outcome {
    /// `nil` for what was no sync, or has not come to an end.
    fileprivate var metricName: String? {
        switch self {
        case .done: "done"
        case .stopped: "stopped"
        case .failed: "failed"
        case .outdated, .interrupted, .notDue, .busy: nil
        }
    }
}
