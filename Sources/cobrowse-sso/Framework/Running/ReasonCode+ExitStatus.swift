internal import BridgeCore

extension ReasonCode {
    /// The exit status of a command that fails with this code: the one table from codes to numbers.
    ///
    /// A failure can override it, because one code can have two causes: `not_found` is the answer "no" for a tenant
    /// and unreadable input for a file.
    var exitStatus: ExitStatus {
        switch self {
        case .notFound, .conflict: .answerIsNo
        case .certificateMalformed: .unreadableInput
        case .certificateExpired, .keyTooSmall, .keyNotRSA, .privateKeyGiven, .passwordWrong, .keystoreUnsupported:
            .keyProblem
        case .upstreamUnavailable, .upstreamThrottled: .network
        case .rateLimited, .unauthenticated, .forbidden: .remoteRefused
        case .configurationInvalid: .configuration
        case .internal: .internal
        default:
            switch category {
            case .token, .person: .answerIsNo
            case .connection: .remoteRefused
            case .input: .unreadableInput
            }
        }
    }
}
