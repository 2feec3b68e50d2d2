internal import AuthService
internal import BridgeCore
internal import Connectors
internal import EventLoop
internal import Synchronization

/// Has every connection synced once in `sync__interval`, in the background of the service.
///
/// It has a loop of its own: reading and parsing keep no login waiting.
final class SyncWorker: Sendable {
    private let store: any SyncStore
    private let sync: DynamicsSync
    private let live: LiveConfiguration
    private let figures: SyncFigures
    private let clock: any WallClock
    private let log: SyncLog
    private let state = Mutex(State())

    private struct State {
        var isRunning = false
        var isStopped = false
        var task: Task<Void, Never>?
        /// When it begins again; `nil` before the first time.
        var nextAt: Timestamp?

        mutating func begins(at now: Timestamp, every interval: Int64) -> Bool {
            let next = nextAt ?? now.adding(seconds: min(interval, SyncWorker.delay))
            nextAt = next
            // A clock that was set back makes it time.
            guard !isRunning, !isStopped, now >= next || next > now.adding(seconds: max(interval, SyncWorker.delay))
            else { return false }
            isRunning = true
            nextAt = now.adding(seconds: interval)
            return true
        }
    }

    /// How often it is asked whether it is time.
    private static let tick = Duration.seconds(1)
    /// How long after the start it begins at the latest, in seconds.
    private static let delay: Int64 = 5
    /// How many connections are synced at once.
    private static let width = 4

    init(
        store: any SyncStore, sync: DynamicsSync, live: LiveConfiguration, figures: SyncFigures,
        clock: any WallClock, log: any Log
    ) {
        self.store = store
        self.sync = sync
        self.live = live
        self.figures = figures
        self.clock = clock
        self.log = SyncLog(log)
    }

    /// Looks from now on whether it is time, and works on `loop`.
    func start(on loop: EventLoop) {
        loop.schedule(after: Self.tick, repeats: true) { [self] in beginIfDue(on: loop) }
    }

    /// Begins no more, and lets go of what it waits for; what is under way ends with its next request.
    func cancel() {
        log.close()
        state.withLock { state in
            state.isStopped = true
            return state.task
        }?.cancel()
    }

    /// Waits until nothing is under way any more.
    func finish() async { await state.withLock(\.task)?.value }

    /// Begins where it is time, and the time before has come to its end.
    ///
    /// The task is there as soon as the lock is open again: whoever stops it finds it, or it has not begun.
    private func beginIfDue(on loop: EventLoop) {
        let (now, interval) = (clock.now, live.current.syncInterval)
        state.withLock { state in
            guard state.begins(at: now, every: interval) else { return }
            state.task = Task(executorPreference: loop) { [self] in
                await run()
                self.state.withLock { $0.isRunning = false }
            }
        }
    }

    /// Has every connection synced whose time it is.
    func run() async {
        let ids: [ConnectionID]
        do throws(StoreError) {
            ids = try await store.connectionIDs(.dynamics)
        } catch {
            return log.write(error)
        }
        await withTaskGroup(of: Void.self) { group in
            for (index, id) in ids.enumerated() {
                if index >= Self.width { await group.next() }
                guard !Task.isCancelled else { return }
                group.addTask { await self.run(id) }
            }
        }
    }

    private func run(_ id: ConnectionID) async {
        guard !Task.isCancelled else { return }
        do throws(StoreError) {
            let report = try await sync.run(id, SyncOrder(actor: .bridge, interval: live.current.syncInterval))
            if let name = report.outcome.metricName { figures.count(name, delays: report.delays) }
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
        case .interrupted, .notDue, .busy: nil
        }
    }
}
