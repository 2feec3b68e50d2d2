import Synchronization

/// What the loops of a server share.
final class SharedState: Sendable {
    /// Connections of all loops.
    let connections = Atomic<Int>(0)
    /// What new connections do their handshake with; `nil` without TLS.
    let tls: Mutex<TLSContext?>

    init(tls: TLSContext?) {
        self.tls = Mutex(tls)
    }
}
