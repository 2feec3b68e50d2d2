internal import CEvent
import Glibc

/// Work that a loop runs after a while, once or again and again; until it has run or was cancelled the loop keeps it.
package final class LoopTimer: @unchecked Sendable {  // mutable state is touched on the loop's thread only
    private weak let loop: EventLoop?  // its end is the timer's, too
    private let interval: timeval
    private let repeats: Bool
    private let work: @Sendable () -> Void
    private var event: OpaquePointer?  // event, owned while armed
    private var isCancelled = false

    fileprivate init(loop: EventLoop, interval: Duration, repeats: Bool, work: @escaping @Sendable () -> Void) {
        self.loop = loop
        self.interval = timeval(interval)
        self.repeats = repeats
        self.work = work
    }

    /// Sees to it that the work does not run again; from any thread, any number of times.
    ///
    /// On the loop's thread it takes effect at once, from elsewhere soon.
    package func cancel() {
        guard let loop else { return }
        if loop.isCurrent {
            isCancelled = true
            disarm()
        } else {
            loop.execute { [self] in cancel() }
        }
    }

    fileprivate func arm() {
        guard !isCancelled, let loop else { return }
        let context = Unmanaged.passRetained(self)  // released by `disarm`
        let flags = repeats ? EV_PERSIST : 0
        let event = event_new(
            loop.base, -1, Int16(flags),
            { _, _, context in
                guard let context else { return }
                Unmanaged<LoopTimer>.fromOpaque(context).takeUnretainedValue().fire()
            }, context.toOpaque())
        guard let event else { return context.release() }  // out of memory: it never fires
        self.event = event
        var interval = interval
        if event_add(event, &interval) != 0 { disarm() }  // likewise
    }

    private func fire() {
        if !repeats { disarm() }
        work()
    }

    private func disarm() {
        guard let event else { return }
        self.event = nil
        event_free(event)
        Unmanaged.passUnretained(self).release()
    }
}

extension EventLoop {
    /// Runs `work` on the loop's thread after `delay`, and when it `repeats` every `delay` from then on.
    @discardableResult
    package func schedule(
        after delay: Duration, repeats: Bool = false, _ work: @escaping @Sendable () -> Void
    ) -> LoopTimer {
        let timer = LoopTimer(loop: self, interval: delay, repeats: repeats, work: work)
        if isCurrent {
            timer.arm()
        } else {
            execute { timer.arm() }
        }
        return timer
    }
}

extension timeval {
    /// The whole microseconds of `duration`; what is below zero is zero.
    init(_ duration: Duration) {
        let (seconds, attoseconds) = max(duration, .zero).components
        self.init(tv_sec: Int(clamping: seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    }
}
