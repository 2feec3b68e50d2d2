internal import EventLoop
internal import Glibc
internal import Synchronization

/// The signal that asks the process to stop, SIGTERM or SIGINT; a second one ends it at once.
///
/// Made before the service says that it listens: whoever reads that may send the signal the moment after.
package final class StopSignal: Sendable {
    private struct State {
        var hasArrived = false
        var waiting: CheckedContinuation<Void, Never>?
        var watches: [SignalWatch] = []
    }

    private let loop: EventLoop
    private let state = Mutex(State())

    /// Watches from now on, on a loop of its own; once only in a process.
    ///
    /// - Throws: `internal` when there is no loop to be had.
    package init() async throws(ServiceError) {
        do throws(EventLoopError) {
            loop = try EventLoop(name: "signals")
        } catch {
            throw ServiceError(error)
        }
        await withCheckedContinuation { continuation in
            loop.execute { [self] in
                watch()
                continuation.resume()
            }
        }
    }

    deinit {
        loop.stop()
    }

    /// Returns when the signal has come.
    package func wait() async {
        await withCheckedContinuation { continuation in
            let hasArrived = state.withLock { state in
                if !state.hasArrived { state.waiting = continuation }
                return state.hasArrived
            }
            if hasArrived { continuation.resume() }
        }
    }

    /// On the loop's thread, which may have inherited signals that are held back.
    private func watch() {
        for number in [SIGTERM, SIGINT] {
            let watch = loop.onSignal(number) { [weak self] in self?.arrived() }
            state.withLock { $0.watches.append(watch) }
        }
        var numbers = sigset_t()
        unsafe sigemptyset(&numbers)
        for number in [SIGTERM, SIGINT] { unsafe sigaddset(&numbers, number) }
        unsafe pthread_sigmask(SIG_UNBLOCK, &numbers, nil)
    }

    private func arrived() {
        let (waiting, watches) = state.withLock { state in
            defer { state = State(hasArrived: true) }
            return (state.waiting, state.watches)
        }
        for watch in watches { watch.cancel() }
        waiting?.resume()
    }
}
