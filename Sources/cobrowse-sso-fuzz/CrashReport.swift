internal import Glibc

/// Says which case was under way when the process died or hung, so that it can be run again.
enum CrashReport {
    /// The number of the case; written by the runner, read by handlers of signals.
    nonisolated(unsafe) private static let current = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
    /// The case at the last tick, and for how many ticks it has been the same.
    nonisolated(unsafe) private static let lastTick = UnsafeMutablePointer<(UInt64, Int)>.allocate(capacity: 1)
    /// What takes longer is taken for a hang, in seconds on a processor: a parser waits for nothing.
    private static let patience = 20

    /// Starts watching: the signals of a crash, and a tick for each second on a processor.
    static func start() {
        current.initialize(to: 0)
        lastTick.initialize(to: (.max, 0))
        for number in [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT] {
            signal(number) { _ in CrashReport.end("crash") }
        }
        signal(SIGPROF) { _ in CrashReport.tick() }
        var second = itimerval(it_interval: timeval(tv_sec: 1, tv_usec: 0), it_value: timeval(tv_sec: 1, tv_usec: 0))
        setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &second, nil)
    }

    /// Notes that a case begins.
    static func begin(_ number: UInt64) { current.pointee = number }

    private static func tick() {
        let (last, count) = lastTick.pointee
        lastTick.pointee = last == current.pointee ? (last, count + 1) : (current.pointee, 0)
        if lastTick.pointee.1 >= patience { end("hang") }
    }

    /// Only what may be called in a handler: no allocation, write(2) and _exit(2).
    private static func end(_ word: StaticString) -> Never {
        write(2, word.utf8Start, word.utf8CodeUnitCount)
        let label: StaticString = " in case "
        write(2, label.utf8Start, label.utf8CodeUnitCount)
        var (number, divisor): (UInt64, UInt64) = (current.pointee, 1)
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            var digit = UInt8(ascii: "0") + UInt8(number / divisor)
            write(2, &digit, 1)
            number %= divisor
            divisor /= 10
        }
        let hint: StaticString = "; run it again with --case\n"
        write(2, hint.utf8Start, hint.utf8CodeUnitCount)
        _exit(1)
    }
}
