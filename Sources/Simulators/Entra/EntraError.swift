import BridgeCore
import HTTPMessage

/// A refusal of Entra's, by its AADSTS number (Authentication and authorization error codes, Microsoft Learn).
struct EntraError: Error, Sendable, Hashable {
    let number: Int
    /// The `error` member; programs are told to act on it.
    let error: String
    let text: String

    init(_ number: Int, _ error: String, _ text: String) {
        (self.number, self.error, self.text) = (number, error, text)
    }

    /// Where an error is told, which decides its `error` member for some numbers.
    enum Stage: Sendable, Hashable {
        /// In the query of the redirect URI.
        case callback
        /// In the body of a token endpoint's answer.
        case token
    }

    /// 401 where the client did not prove itself, 503 where Entra is at fault, else 400.
    var status: HTTPStatus {
        switch error {
        case "invalid_client": .unauthorized
        case "temporarily_unavailable": .serviceUnavailable
        default: .badRequest
        }
    }

    /// The refusal with the catalogued `number`, as `stage` words it; `nil` for a number nobody catalogued.
    init?(_ number: Int, at stage: Stage) {
        guard let entry = Self.catalog.first(where: { $0.number == number }) else { return nil }
        self.init(number, stage == .callback ? entry.callback : entry.token, entry.text)
    }

    /// One line of the catalogue, with the words of both stages.
    struct Entry: Sendable {
        let number: Int
        let callback: String
        let token: String
        let text: String

        init(_ number: Int, _ error: String, _ text: String) {
            (self.number, callback, token, self.text) = (number, error, error, text)
        }

        init(_ number: Int, callback: String, token: String, _ text: String) {
            (self.number, self.callback, self.token, self.text) = (number, callback, token, text)
        }
    }
}

extension EntraError {
    static func missing(_ parameter: String) -> EntraError {
        EntraError(900_144, "invalid_request", "The request body must contain the following parameter: '\(parameter)'.")
    }

    static func invalid(_ text: String) -> EntraError { EntraError(90_014, "invalid_request", text) }

    static func unknownClient(_ id: String, in tenant: String) -> EntraError {
        EntraError(
            700_016, "unauthorized_client",
            "Application with identifier '\(id)' was not found in the directory '\(tenant)'. This can happen if the "
                + "application has not been installed by the administrator of the tenant or consented to by any user "
                + "in the tenant. You may have sent your authentication request to the wrong tenant.")
    }

    static func unknownTenant(_ text: String) -> EntraError {
        EntraError(
            90_002, "invalid_request",
            "Tenant '\(text)' not found. Check to make sure you have the correct tenant ID and are signing into the "
                + "correct cloud. Check with your subscription administrator, this may happen if there are no active "
                + "subscriptions for the tenant.")
    }

    static func unknownResource(_ resource: String, in tenant: String) -> EntraError {
        EntraError(
            500_011, "invalid_resource",
            "The resource principal named \(resource) was not found in the tenant named \(tenant). This can happen if "
                + "the application has not been installed by the administrator of the tenant or consented to by any "
                + "user in the tenant. You might have sent your authentication request to the wrong tenant.")
    }

    static func invalidScope(_ scope: String) -> EntraError {
        EntraError(
            70_011, "invalid_scope",
            "The provided request must include a 'scope' input parameter. The provided value for the input parameter "
                + "'scope' is not valid. The scope \(scope) is not valid.")
    }

    static func invalidGrant(_ text: String) -> EntraError { EntraError(70_000, "invalid_grant", text) }

    static func badAssertion(_ number: Int, _ text: String) -> EntraError { EntraError(number, "invalid_client", text) }
}
