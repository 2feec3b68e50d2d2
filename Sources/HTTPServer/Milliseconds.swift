import Glibc

/// A point in time of the loop's clock, in milliseconds; `never` is later than all others.
struct Milliseconds: Comparable {
    var count: UInt64

    static let never = Milliseconds(count: .max)

    /// The time at the last tick of the kernel: up to 4 ms late, without a system call.
    static var now: Milliseconds {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
        return Milliseconds(count: UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000)
    }

    static func + (time: Milliseconds, span: Length) -> Milliseconds {
        Milliseconds(count: time.count + span.count)
    }

    static func < (left: Milliseconds, right: Milliseconds) -> Bool { left.count < right.count }
}

extension Milliseconds {
    /// A duration in whole milliseconds.
    struct Length {
        let count: UInt64

        init(_ duration: Duration) {
            let (seconds, attoseconds) = max(duration, .zero).components
            self.count = UInt64(clamping: seconds) * 1000 + UInt64(attoseconds / 1_000_000_000_000_000)
        }
    }
}
