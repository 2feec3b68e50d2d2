import BridgeCore
import HTTPMessage

/// A request to the authorize endpoint that can be answered at its redirect URI.
struct SignInRequest: Sendable {
    let parameters: Parameters
    let path: AuthorityPath
    let client: Client
    /// One of the client's, byte for byte.
    let redirectURI: String

    /// - Throws: what is shown on Entra's own page, since there is nowhere to go back to: AADSTS700016, 50011, 900971 and
    ///   those of `Population.client(_:at:)`.
    init(_ parameters: Parameters, at path: AuthorityPath, in population: Population) throws(EntraError) {
        self.parameters = parameters
        self.path = path
        client = try population.client(parameters["client_id"], at: path)
        guard let first = client.redirectURIs.first else {
            throw EntraError(900_971, "invalid_request", "No reply address provided.")
        }
        // Left out, any of the registered ones may be taken (OpenID Connect, Microsoft Learn).
        redirectURI = parameters["redirect_uri"] ?? first
        guard client.redirectURIs.contains(redirectURI) else {
            throw EntraError(
                50_011, "invalid_request",
                "The redirect URI '\(redirectURI)' specified in the request does not match the redirect URIs configured "
                    + "for the application '\(client.id)'. Make sure the redirect URI sent in the request matches one "
                    + "added to your application in the Azure portal.")
        }
    }

    /// Judges everything that is answered at the redirect URI.
    ///
    /// - Throws: AADSTS900144, 700054, 70005, 70011, 50147, 9002325, 90023.
    func check() throws(EntraError) -> ScopeRequest {
        try checkResponse()
        guard let scope = parameters["scope"] else { throw .missing("scope") }
        try checkChallenge()
        if let prompt = parameters["prompt"], !["login", "none", "consent", "select_account"].contains(prompt) {
            throw EntraError(90_023, "invalid_request", "Unsupported 'prompt' value.")
        }
        return try ScopeRequest(scope)
    }

    private func checkResponse() throws(EntraError) {
        switch parameters["response_type"] {
        case "code": break
        case nil: throw .missing("response_type")
        case let type? where type.split(separator: " ").contains("id_token"):
            throw EntraError(
                700_054, "unsupported_response_type", "response_type 'id_token' is not enabled for the application.")
        case _?: throw EntraError(70_005, "unsupported_response_type", "response_type is not supported.")
        }
        guard ["query", "fragment", "form_post"].contains(responseMode) else {
            throw .invalid("The provided value for the input parameter 'response_mode' is not allowed.")
        }
    }

    /// Entra only recommends PKCE, and takes `plain` for granted without a method; the stand-in insists on S256.
    private func checkChallenge() throws(EntraError) {
        guard let challenge = parameters["code_challenge"], parameters["code_challenge_method"] == "S256" else {
            throw EntraError(
                9_002_325, "invalid_request",
                "Proof Key for Code Exchange is required, with code_challenge_method S256.")
        }
        guard Base64URL.decode(challenge.utf8)?.count == 32 else {
            throw EntraError(50_147, "invalid_request", "Invalid size of Code_Challenge parameter.")
        }
    }

    var responseMode: String { parameters["response_mode"] ?? "query" }

    /// Who signs in, as far as the request says; a script names a person, a browser is shown the page.
    var hint: String? {
        if let chosen = parameters[Self.personParameter] { return chosen }
        return asksWho ? nil : parameters["login_hint"]
    }

    /// Whether the person is to be asked, whoever is signed in.
    var asksWho: Bool { ["login", "select_account"].contains(parameters["prompt"]) }

    /// The parameter by which the page, or a script in its place, says who signs in.
    static let personParameter = "simulator_person"
    /// The parameter that says `accept` or `cancel` where a page asks for consent.
    static let answerParameter = "simulator_answer"

    /// The answer at the redirect URI, in the response mode that was asked for; the state stands behind `values`.
    func callback(_ values: [(name: String, value: String)], stateInstead: String?? = .none) -> HTTPResponse {
        let state = stateInstead ?? parameters["state"]
        let list = Parameters(values + (state.map { [("state", $0)] } ?? []))
        switch responseMode {
        case "form_post": return Self.form(to: redirectURI, list)
        case "fragment": return .redirect(to: "\(redirectURI)#\(list.encoded())")
        default: return .callback(to: redirectURI, list.list)
        }
    }

    /// The refusal at the redirect URI.
    func callback(_ error: EntraError, _ context: EntraContext) -> HTTPResponse {
        callback([
            ("error", error.error), ("error_description", error.description(context.trace)),
            ("error_uri", "\(context.address.origin)/error?code=\(error.number)"),
        ])
    }

    private static func form(to uri: String, _ values: Parameters) -> HTTPResponse {
        let fields = values.list.map { value in
            "<input type=\"hidden\" name=\"\(HTTPResponse.escaped(value.name))\" "
                + "value=\"\(HTTPResponse.escaped(value.value))\">"
        }
        return .page(
            title: "Working...",
            "<form method=\"POST\" name=\"hiddenform\" action=\"\(HTTPResponse.escaped(uri))\">\(fields.joined())"
                + "<input type=\"submit\" value=\"Continue\"></form>"
                + "<script>document.forms[0].submit();</script>")
    }
}
