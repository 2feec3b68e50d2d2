internal import Glibc

/// The clock that nobody sets (CLOCK_MONOTONIC).
enum Monotonic {
    /// Seconds since some point in the past, to the nanosecond.
    static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// How many operations a block holds: the clock is read once a block.
let blockSize = 32

/// Repeats `block`, which does `blockSize` operations, for about `seconds` after two blocks of warm-up.
///
/// - Returns: operations a second.
func rate(seconds: Double, _ block: () throws -> Void) rethrows -> Double {
    for _ in 0..<2 { try block() }
    let start = Monotonic.seconds
    var now = start
    var blocks = 0
    repeat {
        try block()
        blocks += 1
        now = Monotonic.seconds
    } while now - start < seconds
    return Double(blocks * blockSize) / (now - start)
}
