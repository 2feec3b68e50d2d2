import Synchronization

/// What the loops of a server share.
final class SharedState: Sendable {
    /// Connections of all loops.
    let connections = Atomic<Int>(0)
}
