/// Where the time comes from; the domain has no clock of its own, tests have a fixed one.
public protocol WallClock: Sendable {
    /// The time now.
    var now: Timestamp { get }
}
