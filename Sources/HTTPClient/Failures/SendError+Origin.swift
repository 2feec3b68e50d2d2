import HTTPMessage

// What a failure says about the origin, and about the connection to it.
extension SendError.Failure {
    /// Whether there was no connection, or it ended too early: another one may do.
    var isOfConnection: Bool {
        switch self {
        case .unresolved, .unconnected, .handshake, .interrupted: true
        case .hostNotAllowed, .addressNotAllowed, .certificate, .deadline, .malformed, .tooLarge, .throttled,
            .suspended, .overloaded, .cancelled, .local:
            false
        }
    }

    /// What it tells about the origin.
    ///
    /// - Parameter isOfKeptConnection: whether a connection ended that was there before the attempt. An origin may close
    ///   those at any moment, and one that ends takes every request with it that it carries: the next attempt, on
    ///   another one, tells.
    func sign(isOfKeptConnection: Bool) -> CircuitBreaker.Sign {
        switch self {
        case .interrupted where isOfKeptConnection: .none
        case .unresolved, .unconnected, .handshake, .certificate, .deadline, .interrupted: .dead
        case .malformed, .tooLarge, .throttled: .alive
        case .hostNotAllowed, .addressNotAllowed, .suspended, .overloaded, .cancelled, .local: .none
        }
    }
}
