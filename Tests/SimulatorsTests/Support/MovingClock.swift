import BridgeCore
import Synchronization

/// A clock that a test sets.
final class MovingClock: WallClock {
    private let time: Mutex<Timestamp>

    init(_ text: String = "2026-11-30T09:30:00Z") {
        time = Mutex(Timestamp(rfc3339: text) ?? Timestamp(seconds: 0))
    }

    var now: Timestamp { time.withLock { $0 } }

    func advance(seconds: Int64) { time.withLock { $0 = $0.adding(seconds: seconds) } }
}
