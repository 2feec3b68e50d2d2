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
    var sign: CircuitBreaker.Sign {
        switch self {
        case .unresolved, .unconnected, .handshake, .certificate, .deadline, .interrupted: .dead
        case .malformed, .tooLarge, .throttled: .alive
        case .hostNotAllowed, .addressNotAllowed, .suspended, .overloaded, .cancelled, .local: .none
        }
    }
}
