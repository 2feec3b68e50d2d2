import BridgeCore
import BridgeCrypto
import HTTPMessage

extension World {
    private static let bearerGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer"

    /// `/services/oauth2/token`.
    ///
    /// - Throws: the refusal, told in the body.
    mutating func salesforceToken(
        _ request: SimulatedRequest, at host: SalesforceHost, fault: Fault.Effect?, _ context: SalesforceContext
    ) throws(SalesforceOAuthError) -> SalesforceTokens {
        let form = try request.salesforceForm()
        guard let type = form["grant_type"] else { throw .missing("grant_type") }
        if case .salesforce(.oauth(let error)) = fault { throw error }
        let request = SalesforceGrantRequest(form: form, host: host, authorization: request.field("Authorization"))
        var tokens: SalesforceTokens
        switch type {
        case "authorization_code": tokens = try redeemSalesforceCode(request, context)
        case Self.bearerGrant: tokens = try bearer(request, context)
        case "client_credentials": tokens = try clientCredentials(request, context)
        default: throw SalesforceOAuthError("unsupported_grant_type", "grant type not supported")
        }
        if case .salesforce(.token(let defect)) = fault { tokens.defect = defect }
        return tokens
    }

    private mutating func redeemSalesforceCode(
        _ request: SalesforceGrantRequest, _ context: SalesforceContext
    ) throws(SalesforceOAuthError) -> SalesforceTokens {
        let client = try request.client()
        let (org, app) = try population.connectedApp(client.id, at: request.host)
        guard client.secret.map({ $0 == app.consumerSecret }) ?? !app.requiresSecret else { throw .badClient }
        guard let text = request.form["code"] else { throw .missing("code") }
        guard var code = salesforce.codes.value(for: text), code.host == request.host, code.org == org.name,
            code.app == app.name
        else { throw .invalidGrant("invalid authorization code") }
        guard code.expires > context.now, !code.isRedeemed else { throw .expiredCode }
        guard request.form["redirect_uri"] == code.redirectURI else {
            throw SalesforceOAuthError("redirect_uri_mismatch", "redirect_uri must match configuration")
        }
        try Self.check(verifier: request.form["code_verifier"], against: code.challenge)
        code.isRedeemed = true
        salesforce.codes.insert(code, for: text)
        guard let user = org.users.user(id: code.user), user.isActive, !user.isFrozen else { throw .inactiveUser }
        var tokens = try issue(to: user, of: org, app, code.scope, at: request.host, context)
        tokens.signature = Self.signature(of: tokens, app)
        guard code.scope.has("openid") else { return tokens }
        let defect = takeSalesforceIDTokenDefect()
        guard defect != .missing else { return tokens }
        let claims = SalesforceIDTokenClaims(
            identity: tokens.identity, issuer: context.origin(request.host), audience: app.consumerKey,
            nonce: code.nonce, permissions: permissions(of: user, org, app, code.scope, context.now), now: context.now,
            accessToken: tokens.accessToken, defect: defect)
        tokens.idToken = IDTokenDraft(claims: claims.json, key: salesforce.keys.key(for: defect), defect: defect)
        return tokens
    }

    private mutating func takeSalesforceIDTokenDefect() -> IDTokenDefect? {
        guard case .idToken(let defect) = faults.take(at: .salesforceIDToken, target: "")?.fault.effect else {
            return nil
        }
        return defect
    }

    private static func check(
        verifier: String?, against challenge: String?
    ) throws(SalesforceOAuthError) {
        guard let challenge else { return }
        guard let verifier else { throw .invalidGrant("missing required code verifier") }
        guard (43...128).contains(verifier.utf8.count), let digest = try? SHA256Digest(of: Array(verifier.utf8)),
            Base64URL.encode(digest.bytes) == challenge
        else { throw .invalid("invalid code verifier") }
    }

    /// JWT bearer (RFC 7523 §2.1).
    private mutating func bearer(
        _ request: SalesforceGrantRequest, _ context: SalesforceContext
    ) throws(SalesforceOAuthError) -> SalesforceTokens {
        guard let text = request.form["assertion"] else { throw .missing("assertion") }
        let assertion = try BearerAssertion(text)
        let (org, app) = try population.connectedApp(assertion.issuer, at: request.host)
        let isSandbox = SalesforceHost.login(isSandbox: org.isSandbox)
        try assertion.check(
            app, audiences: [context.origin(isSandbox), context.origin(.myDomain(org.name))], now: context.now)
        guard let place = org.users.place(ofUsername: assertion.subject), let user = org.users[place] else {
            throw .notApproved
        }
        guard user.isActive, !user.isFrozen else { throw .inactiveUser }
        if user.isRestricted { throw .restricted }
        let hasApproved = salesforce.approvals.contains("\(app.consumerKey) \(user.id)")
        try AppPolicy(org: org, app: app, now: context.now).checkGrant(to: user, hasApproved: hasApproved)
        return try issue(to: user, of: org, app, .standard, at: request.host, context)
    }

    private mutating func clientCredentials(
        _ request: SalesforceGrantRequest, _ context: SalesforceContext
    ) throws(SalesforceOAuthError) -> SalesforceTokens {
        guard case .myDomain = request.host else { throw .invalidGrant("request not supported on this domain") }
        let client = try request.client()
        let (org, app) = try population.connectedApp(client.id, at: request.host)
        guard client.secret == app.consumerSecret else { throw .badClient }
        if app.isBlocked { throw .blocked }
        guard let name = app.runAs else { throw .invalidGrant("no client credentials user enabled") }
        guard let user = org.users.user(name), user.isActive, !user.isFrozen else { throw .inactiveUser }
        var tokens = try issue(to: user, of: org, app, .standard, at: request.host, context)
        tokens.signature = Self.signature(of: tokens, app)
        return tokens
    }

    /// A new session, which counts from now on.
    mutating func issue(
        to user: OrgUser, of org: Org, _ app: ConnectedApp, _ scope: SalesforceScope, at host: SalesforceHost,
        _ context: SalesforceContext
    ) throws(SalesforceOAuthError) -> SalesforceTokens {
        let token = "\(org.id.prefix(15))!AQ\(try context.token())"
        salesforce.sessions.insert(
            SalesforceSession(
                org: org.name, app: app.name, user: user.id, scope: scope,
                expires: context.now.adding(seconds: SalesforceSession.seconds)),
            for: token)
        return SalesforceTokens(
            accessToken: token, instanceURL: context.origin(.myDomain(org.name)),
            identity: context.identity(user.id, of: org, at: host), issuedAt: "\(context.now.milliseconds)",
            scope: scope.text)
    }

    /// Of the identity URL and the time.
    private static func signature(of tokens: SalesforceTokens, _ app: ConnectedApp) -> String? {
        let text = Array("\(tokens.identity)\(tokens.issuedAt)".utf8)
        return (try? HMACSHA256.code(of: text, key: Secret(Array(app.consumerSecret.utf8)))).map { Base64.encode($0) }
    }

    /// The custom permissions that are attached to the app, with whether the user has them; `nil` without the scope.
    func permissions(
        of user: OrgUser, _ org: Org, _ app: ConnectedApp, _ scope: SalesforceScope, _ now: Timestamp
    ) -> [(name: String, isHeld: Bool)]? {
        guard scope.has("custom_permissions") else { return nil }
        let held = org.entities(of: user, at: now)
        return app.customPermissions.map { (org.entities[$0].fullName, held.contains($0)) }
    }

    /// `/services/oauth2/revoke`: 200 for a token that counts, else an error; after it the token counts no more.
    mutating func salesforceRevoke(
        _ request: SimulatedRequest, _ context: SalesforceContext
    ) throws(SalesforceOAuthError) -> HTTPResponse {
        guard let token = try request.salesforceParameters()["token"] else { throw .missing("token") }
        guard salesforce.session(token, now: context.now) != nil else {
            throw SalesforceOAuthError("unsupported_token_type", "this token type is not supported")
        }
        _ = salesforce.sessions.remove(token)
        return HTTPResponse(.ok)
    }
}

extension SetupEntity {
    /// With the namespace, as maps of custom permissions name it.
    var fullName: String { namespace.map { "\($0)__\(developerName)" } ?? developerName }
}
