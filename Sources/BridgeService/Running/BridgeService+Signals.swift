internal import EventLoop
internal import Glibc
internal import Synchronization

extension BridgeService {
    /// Waits for SIGTERM or SIGINT; once it has returned, the next one ends the process at once.
    package func stopSignal() async {
        await withCheckedContinuation { continuation in
            let wait = SignalWait(continuation)
            for number in [SIGTERM, SIGINT] { wait.watch(number, on: signalLoop) }
        }
    }
}

/// Several signals of which the first counts. Signals arrive on the loop's thread.
private final class SignalWait: Sendable {
    private struct State {
        var continuation: CheckedContinuation<Void, Never>?
        var watches: [SignalWatch] = []
    }

    private let state: Mutex<State>

    init(_ continuation: CheckedContinuation<Void, Never>) {
        state = Mutex(State(continuation: continuation))
    }

    func watch(_ number: Int32, on loop: EventLoop) {
        let watch = loop.onSignal(number) { [self] in arrived() }
        state.withLock { state in
            guard state.continuation == nil else { return state.watches.append(watch) }
            watch.cancel()  // another signal was faster
        }
    }

    private func arrived() {
        let (continuation, watches) = state.withLock { state in
            defer { state = State() }
            return (state.continuation, state.watches)
        }
        for watch in watches { watch.cancel() }
        continuation?.resume()
    }
}
