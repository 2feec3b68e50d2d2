import BridgeCore
import HTTPMessage

/// A request for an administrator's consent that can be answered at its redirect URI.
struct ConsentRequest: Sendable {
    let parameters: Parameters
    let client: Client
    private let path: AuthorityPath
    private let redirectURI: String
    private let isVersion2: Bool

    /// - Throws: what is shown on Entra's page: an unknown client or redirect URI, a missing scope, and `common`, which
    ///   version 2 does not serve.
    init(
        _ parameters: Parameters, at path: AuthorityPath, isVersion2: Bool, _ population: Population
    ) throws(EntraError) {
        self.parameters = parameters
        self.path = path
        self.isVersion2 = isVersion2
        guard let id = parameters["client_id"] else { throw .missing("client_id") }
        guard let client = population.client(id) else {
            throw .unknownClient(id, in: path.tenant?.displayName ?? path.segment)
        }
        self.client = client
        guard let uri = parameters["redirect_uri"] else { throw .missing("redirect_uri") }
        guard client.redirectURIs.contains(uri) else {
            throw EntraError(
                50_011, "invalid_request",
                "The redirect URI '\(uri)' specified in the request does not match the redirect URIs configured for "
                    + "the application '\(client.id)'.")
        }
        redirectURI = uri
        if isVersion2 { try checkVersion2() }
        if let tenant = path.tenant, client.audience == .single, client.home != tenant.name {
            throw .unknownClient(id, in: tenant.displayName)
        }
    }

    private func checkVersion2() throws(EntraError) {
        guard let scope = parameters["scope"] else { throw .missing("scope") }
        _ = try ScopeRequest(scope)
        guard path != .common, path != .consumers else {
            throw EntraError(
                9_001_023, "invalid_request",
                "Admin consent is not supported over the /common or /consumers endpoints. Please use the "
                    + "/organizations or tenant-specific endpoint.")
        }
    }

    func success(tenant: Tenant) -> HTTPResponse {
        var values = [("admin_consent", "True"), ("tenant", tenant.id.value)]
        if isVersion2 { values.append(("scope", parameters["scope"] ?? "")) }
        return callback(values)
    }

    /// Version 2 says `admin_consent=True` all the same, so that the error has to be looked for first.
    func refusal(_ error: EntraError, tenant: Tenant?, _ context: EntraContext) -> HTTPResponse {
        let description = ("error_description", error.description(context.trace))
        guard isVersion2 else { return callback([("error", "permission_denied"), description]) }
        var values = [("admin_consent", "True"), ("error", error.error), description]
        if let tenant { values.append(("tenant", tenant.id.value)) }
        return callback(values)
    }

    private func callback(_ values: [(name: String, value: String)]) -> HTTPResponse {
        .callback(to: redirectURI, values + (parameters["state"].map { [("state", $0)] } ?? []))
    }

    /// The page on which an administrator accepts or cancels.
    func page(_ population: Population, _ context: EntraContext) -> HTTPResponse {
        let version = isVersion2 ? "/v2.0/adminconsent" : "/adminconsent"
        let base =
            "\(context.address.origin)/\(path.segment)\(version)?"
            + parameters.encoded(without: SignInRequest.personParameter, SignInRequest.answerParameter)
        let lines = population.people.filter { $0.isAdministrator || $0.name == "ben" }.map { person in
            let link = "\(base)&\(SignInRequest.personParameter)=\(PercentText.encode(person.name))"
            let cancel = "\(link)&\(SignInRequest.answerParameter)=cancel"
            return
                "<li>\(HTTPResponse.escaped(person.displayName)): <a href=\"\(HTTPResponse.escaped(link))\">accept</a>, "
                + "<a href=\"\(HTTPResponse.escaped(cancel))\">cancel</a></li>"
        }
        return .page(
            title: "Permissions requested",
            "<p><b>\(HTTPResponse.escaped(client.name))</b> asks for the consent of your organization to: "
                + "\(HTTPResponse.escaped(parameters["scope"] ?? "everything on its registration"))</p>"
                + "<ul>\(lines.joined(separator: "\n"))</ul>")
    }
}
