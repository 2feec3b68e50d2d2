internal import CEvent
import Glibc

/// Runs work on a loop whenever the process gets a signal. Kept by the loop's process until cancelled.
package final class SignalWatch: @unchecked Sendable {  // mutable state is touched on the loop's thread only
    private weak let loop: EventLoop?  // its end is the watch's, too
    private let number: CInt
    private let work: @Sendable () -> Void
    private var event: OpaquePointer?  // event, owned while watching

    fileprivate init(_ number: CInt, on loop: EventLoop, work: @escaping @Sendable () -> Void) {
        self.loop = loop
        self.number = number
        self.work = work
    }

    /// Gives the signal its earlier meaning back; from any thread.
    package func cancel() {
        guard let loop else { return }
        guard loop.isCurrent else { return loop.execute { [self] in cancel() } }
        disarm()
    }

    private func disarm() {
        guard let event else { return }
        self.event = nil
        event_free(event)
        Unmanaged.passUnretained(self).release()
    }

    fileprivate func start() {
        guard let loop else { return }
        let context = Unmanaged.passRetained(self)  // released by `cancel`
        let event = event_new(
            loop.base, number, Int16(EV_SIGNAL | EV_PERSIST),
            { _, _, context in
                guard let context else { return }
                Unmanaged<SignalWatch>.fromOpaque(context).takeUnretainedValue().work()
            }, context.toOpaque())
        guard let event else {
            context.release()
            return report("out of memory")
        }
        self.event = event
        guard event_add(event, nil) == 0 else {
            report(EventLoopError(system: "event_add").detail)
            return disarm()
        }
    }

    /// Says on the standard error output that the signal keeps its earlier meaning: there is nobody to throw at.
    private func report(_ reason: String) {
        let line = Array("cobrowse-sso: signal \(number) cannot be watched: \(reason)\n".utf8)
        _ = write(STDERR_FILENO, line, line.count)
    }
}

extension EventLoop {
    /// Runs `work` on the loop's thread for every `number` (`SIGTERM`, `SIGINT`, `SIGHUP`) from now on.
    ///
    /// libevent lets one loop of a process watch signals: choose one and keep to it.
    @discardableResult
    package func onSignal(_ number: CInt, perform work: @escaping @Sendable () -> Void) -> SignalWatch {
        let watch = SignalWatch(number, on: self, work: work)
        if isCurrent {
            watch.start()
        } else {
            execute { watch.start() }
        }
        return watch
    }
}
