internal import BridgeCore
internal import HTTPMessage

/// Whether a consumer secret is the app's: the app asks with it about a session of its own (RFC 7662; "OpenID Connect Token
/// Introspection", Salesforce Help). Where a key gets the sessions, nothing else would look at the secret.
struct SecretProof: Sendable {
    let sender: any HTTPSender

    /// What came of it.
    enum Verdict: Sendable {
        case proven
        /// Salesforce refuses to say; what it answered.
        case open(String)
    }

    /// Asks about `session`, which `application` has just been given.
    ///
    /// - Throws: `credentials_rejected` where Salesforce knows no app of this key and secret, `upstream_throttled`,
    ///   `upstream_unavailable` where it fails.
    func verdict(
        on secret: Secret, of application: SalesforceApplication, by session: SalesforceSession
    ) async throws(ConnectorError) -> Verdict {
        var request = TokenRequest(at: application.login.introspectionURL)
        request.set("token", session.token.secret)
        request.set("token_type_hint", "access_token")
        request.set("client_id", application.clientID)
        request.set("client_secret", secret)
        let response = try await sender.response(to: request.outgoing)
        let status = response.status.rawValue
        let answer = try? JSONValue(parsing: response.body)
        switch status {
        // An inactive token would be another app's: that is no word about the secret.
        case 200: return answer?["active"] == .bool(true) ? .proven : .open("the token just given is not active")
        case 429: throw .throttled(by: request.url, response)
        case 400..<500:
            guard let refusal = answer.flatMap({ OAuthRefusal($0, hiding: request.secrets) }) else {
                return .open("\(status)")
            }
            guard Self.refusesClient.contains(refusal.error.lowercased()) else { return .open(refusal.error) }
            throw SalesforceErrors.explain(refusal, at: .clientCredentials)
        default: throw .unreadable(response, from: request.url)
        }
    }

    private static let refusesClient: Set<String> = ["invalid_client", "invalid_client_id"]
}
