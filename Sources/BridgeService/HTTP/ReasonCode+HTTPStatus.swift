package import BridgeCore
package import HTTPMessage

extension ReasonCode {
    /// The HTTP status a refusal with this code is answered with.
    package var httpStatus: HTTPStatus {
        switch self {
        case .connectionMissing, .notFound: .notFound
        case .connectionUnvalidated, .conflict: .conflict
        case .stateInvalid, .codeInvalid, .redirectNotAllowed: .badRequest
        case .upstreamUnavailable, .upstreamThrottled: .serviceUnavailable
        case .credentialsRejected, .credentialsExpired, .applicationUserMissing, .securityRoleMissing,
            .environmentNotFound:
            .badGateway
        case .consentRequired, .consentDeclined, .forbidden: .forbidden
        case .rateLimited: .tooManyRequests
        case .unauthenticated: .unauthorized
        case .internal: .internalServerError
        default:
            switch category {
            case .token: .unauthorized
            case .person: .forbidden
            case .connection: .badGateway
            case .input: .unprocessableContent
            }
        }
    }
}

extension ReasonCode {
    /// The code of a request that was refused before any route saw it.
    static func of(_ status: HTTPStatus) -> ReasonCode {
        switch status {
        case .contentTooLarge: .tokenTooLarge
        case .serviceUnavailable: .rateLimited
        case .internalServerError: .internal
        default: .forbidden
        }
    }
}
