package import BridgeCore
internal import EventLoop
internal import Glibc
internal import Synchronization

/// The signals that a service answers: SIGTERM or SIGINT asks it to stop, a second one ends the process at once, and
/// SIGHUP, which elsewhere reloads a configuration, does nothing but leave a line in the log.
///
/// Made before the service says that it listens: whoever reads that may send a signal the moment after.
package final class ServiceSignals: Sendable {
    private struct State {
        var isStopRequested = false
        var waiting: CheckedContinuation<Void, Never>?
        var stopWatches: [SignalWatch] = []
        var hangUpWatch: SignalWatch?
    }

    private let loop: EventLoop
    private let log: any Log
    private let state = Mutex(State())

    /// Watches from now on, on a loop of its own; once only in a process.
    ///
    /// - Throws: `internal` when there is no loop to be had.
    package convenience init(log: any Log) async throws(ServiceError) {
        try self.init(unwatchedWith: log)
        await withCheckedContinuation { continuation in
            loop.execute { [self] in
                watch()
                continuation.resume()
            }
        }
    }

    /// Waits for no signal: `handle` is called by whoever has one.
    init(unwatchedWith log: any Log) throws(ServiceError) {
        self.log = log
        do throws(EventLoopError) {
            loop = try EventLoop(name: "signals")
        } catch {
            throw ServiceError(error)
        }
    }

    deinit {
        loop.stop()
    }

    /// Whether the service was asked to stop.
    var isStopRequested: Bool { state.withLock { $0.isStopRequested } }

    /// Returns when the service is asked to stop.
    package func waitForStop() async {
        await withCheckedContinuation { continuation in
            let isStopRequested = state.withLock { state in
                if !state.isStopRequested { state.waiting = continuation }
                return state.isStopRequested
            }
            if isStopRequested { continuation.resume() }
        }
    }

    /// Does what the signal `number` asks for.
    func handle(_ number: CInt) {
        guard number != SIGHUP else {
            return log.write(.warning, "reload_not_supported", [("detail", "restart the service to change settings")])
        }
        let (waiting, watches) = state.withLock { state in
            defer { (state.isStopRequested, state.waiting, state.stopWatches) = (true, nil, []) }
            return (state.waiting, state.stopWatches)
        }
        for watch in watches { watch.cancel() }
        waiting?.resume()
    }

    /// On the loop's thread, which may have inherited signals that are held back.
    private func watch() {
        let stopWatches = [SIGTERM, SIGINT].map(watch)
        // Stays to the end: the process must not be hung up on while it drains.
        let hangUpWatch = watch(SIGHUP)
        state.withLock { ($0.stopWatches, $0.hangUpWatch) = (stopWatches, hangUpWatch) }
        var numbers = sigset_t()
        unsafe sigemptyset(&numbers)
        for number in [SIGTERM, SIGINT, SIGHUP] { unsafe sigaddset(&numbers, number) }
        unsafe pthread_sigmask(SIG_UNBLOCK, &numbers, nil)
    }

    private func watch(_ number: CInt) -> SignalWatch {
        loop.onSignal(number) { [weak self] in self?.handle(number) }
    }
}
