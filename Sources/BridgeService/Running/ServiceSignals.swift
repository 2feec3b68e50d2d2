internal import BridgeCore
internal import EventLoop
internal import Glibc
internal import Synchronization

/// The signals that a service answers: SIGTERM or SIGINT asks it to stop, a second one ends the process at once, and
/// SIGHUP makes it read its configuration again.
///
/// Made before the service says that it listens: whoever reads that may send a signal the moment after.
package final class ServiceSignals: Sendable {
    private struct State {
        var isStopRequested = false
        var waiting: CheckedContinuation<Void, Never>?
        var stopWatches: [SignalWatch] = []
        var hangUpWatch: SignalWatch?
        var reload: (@Sendable () -> Void)?
        /// Whether SIGHUP came before there was anything to reload.
        var isReloadWaiting = false
    }

    private let loop: EventLoop
    private let state = Mutex(State())

    /// Watches from now on, on a loop of its own; once only in a process.
    ///
    /// - Throws: `internal` when there is no loop to be had.
    package convenience init() async throws(ServiceError) {
        try self.init(unwatched: ())
        await withCheckedContinuation { continuation in
            loop.execute { [self] in
                watch()
                continuation.resume()
            }
        }
    }

    /// Waits for no signal: `handle` is called by whoever has one.
    init(unwatched: Void) throws(ServiceError) {
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
        guard number != SIGHUP else { return hangUp() }
        let (waiting, watches) = state.withLock { state in
            defer { (state.isStopRequested, state.waiting, state.stopWatches) = (true, nil, []) }
            return (state.waiting, state.stopWatches)
        }
        for watch in watches { watch.cancel() }
        waiting?.resume()
    }

    /// Runs `reload` for each SIGHUP, one after the other on the loop of the signals; at once where one came already.
    package func onHangUp(_ reload: @escaping @Sendable () -> Void) {
        let isWaiting = state.withLock { state in
            defer { (state.reload, state.isReloadWaiting) = (reload, false) }
            return state.isReloadWaiting
        }
        if isWaiting { loop.execute(reload) }
    }

    private func hangUp() {
        let reload = state.withLock { state in
            if state.reload == nil { state.isReloadWaiting = true }
            return state.reload
        }
        reload?()
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
