package import BridgeCore

/// A clock that stands still: every reading is the time it was given.
package struct FixedClock: WallClock {
    package let now: Timestamp

    /// Stands at `now`; by default at the time for which `TokenMaker` makes its tokens.
    package init(_ now: Timestamp = TokenMaker.now) {
        self.now = now
    }
}
