package import BridgeCore
internal import Synchronization

/// A clock that goes on when a test says so.
package final class SettableClock: WallClock {
    private let time: Mutex<Timestamp>

    package init(_ now: Timestamp = TokenMaker.now) {
        time = Mutex(now)
    }

    package var now: Timestamp { time.withLock(\.self) }

    /// Goes on by `seconds`, or back.
    package func advance(seconds: Int64) {
        time.withLock { $0 = $0.adding(seconds: seconds) }
    }
}
