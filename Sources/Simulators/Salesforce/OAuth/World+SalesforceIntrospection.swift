import BridgeCore
import HTTPMessage

extension World {
    /// `/services/oauth2/introspect` (RFC 7662): what a token of the app's own counts for; of every other one, that it does not.
    ///
    /// - Throws: the refusal, of which that of the client is a 401.
    mutating func salesforceIntrospection(
        _ request: SimulatedRequest, at host: SalesforceHost, _ context: SalesforceContext
    ) throws(SalesforceOAuthError) -> HTTPResponse {
        let form = try request.salesforceForm()
        let client = try SalesforceGrantRequest(form: form, host: host, authorization: request.field("Authorization"))
            .client()
        let (org, app) = try population.connectedApp(client.id, at: host)
        guard client.secret == app.consumerSecret else { throw .badClient }
        guard let token = form["token"] else { throw .missing("token") }
        guard let session = salesforce.session(token, now: context.now), session.org == org.name,
            session.app == app.name, let user = org.users.user(id: session.user)
        else { return .json { $0.object { $0.member("active", false) } } }
        let issuedAt = session.expires.adding(seconds: -SalesforceSession.seconds)
        return .json { writer in
            writer.object { writer in
                writer.member("active", true)
                writer.member("scope", session.scope.text)
                writer.member("client_id", app.consumerKey)
                writer.member("username", user.username)
                writer.member("sub", context.identity(user.id, of: org, at: host))
                writer.member("token_type", "access_token")
                writer.member("exp", session.expires.seconds)
                writer.member("iat", issuedAt.seconds)
                writer.member("nbf", issuedAt.seconds)
            }
        }
    }
}
