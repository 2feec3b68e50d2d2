import BridgeCore
import HTTPMessage

/// A request to the authorize endpoint that can be answered at its redirect URI.
struct SalesforceSignIn: Sendable {
    let parameters: Parameters
    let host: SalesforceHost
    let org: Org
    let app: ConnectedApp
    /// One of the app's, byte for byte.
    let redirectURI: String

    /// - Throws: what is shown on a page, since there is nowhere to go back to: `invalid_client_id`,
    ///   `redirect_uri_mismatch`.
    init(
        _ parameters: Parameters, at host: SalesforceHost, in population: Population
    ) throws(SalesforceOAuthError) {
        self.parameters = parameters
        self.host = host
        (org, app) = try population.connectedApp(parameters["client_id"], at: host)
        guard let uri = parameters["redirect_uri"], app.redirectURIs.contains(uri) else {
            throw SalesforceOAuthError("redirect_uri_mismatch", "redirect_uri must match configuration")
        }
        redirectURI = uri
    }

    /// Judges everything that is answered at the redirect URI.
    ///
    /// - Throws: `unsupported_response_type`, `invalid_request`, `invalid_scope`.
    func check() throws(SalesforceOAuthError) -> SalesforceScope {
        guard parameters["response_type"] == "code" else {
            throw SalesforceOAuthError("unsupported_response_type", "response type not supported")
        }
        for prompt in (parameters["prompt"] ?? "").split(separator: " ")
        where !["login", "consent", "select_account"].contains(prompt) {
            throw .invalid("invalid prompt value")
        }
        try checkChallenge()
        return try parameters["scope"].map { text throws(SalesforceOAuthError) in try SalesforceScope(text) }
            ?? .standard
    }

    /// S256 is the only method; one that is absent counts as S256, which is the only one that could be meant.
    private func checkChallenge() throws(SalesforceOAuthError) {
        guard let challenge = parameters["code_challenge"] else {
            guard !app.requiresPKCE, !org.requiresPKCE else { throw .invalid("missing required code challenge") }
            return
        }
        guard parameters["code_challenge_method"] ?? "S256" == "S256",
            Base64URL.decode(challenge.utf8)?.count == 32
        else { throw .invalid("invalid code challenge") }
    }

    /// Who signs in, as far as the request says.
    var hint: String? {
        if let chosen = parameters[SignInRequest.personParameter] { return chosen }
        return asksWho ? nil : parameters["login_hint"]
    }

    /// Whether the person is to be asked, whoever has a session.
    var asksWho: Bool {
        (parameters["prompt"] ?? "").split(separator: " ").contains { $0 == "login" || $0 == "select_account" }
    }

    /// The answer at the redirect URI; the state stands behind `values`.
    func callback(_ values: [(name: String, value: String)], stateInstead: String?? = .none) -> HTTPResponse {
        let state = stateInstead ?? parameters["state"]
        return .callback(to: redirectURI, values + (state.map { [("state", $0)] } ?? []))
    }

    /// The refusal at the redirect URI.
    func callback(_ error: SalesforceOAuthError) -> HTTPResponse {
        callback([("error", error.error), ("error_description", error.description)])
    }

    /// The page on which one chooses who signs in, and thereby allows the access.
    func page(_ context: SalesforceContext) -> HTTPResponse {
        let base =
            "\(context.origin(host))/services/oauth2/authorize?"
            + parameters.encoded(without: SignInRequest.personParameter, SignInRequest.answerParameter)
        let people = org.users.listed.sorted { $0.name < $1.name }.map { user in
            let link = "\(base)&\(SignInRequest.personParameter)=\(PercentText.encode(user.name))"
            return "<li><a href=\"\(HTTPResponse.escaped(link))\">\(HTTPResponse.escaped(user.displayName))</a> "
                + "\(HTTPResponse.escaped(user.username))</li>"
        }
        let cancel =
            "\(base)&\(SignInRequest.personParameter)=\(PercentText.encode(org.users.listed.first?.name ?? ""))"
            + "&\(SignInRequest.answerParameter)=cancel"
        return .page(
            title: "Salesforce: log in to \(org.label)",
            """
            <p>Allow access to <b>\(HTTPResponse.escaped(app.label))</b>?</p>
            <ul>\(people.joined(separator: "\n"))</ul>
            <p><a href="\(HTTPResponse.escaped(cancel))">Deny</a></p>
            """)
    }
}
