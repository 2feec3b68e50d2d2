import BridgeCore
import BridgeCrypto

// The grants that stand for a person.
extension World {
    mutating func redeemCode(
        _ client: Client, _ request: TokenRequest, _ context: EntraContext
    ) throws(EntraError) -> IssuedTokens {
        let text = try request.required("code")
        guard let key = OpaqueValue.code.key(of: text), var code = entra.codes.value(for: key),
            code.client == client.id
        else { throw .invalidGrant("The provided value for the 'code' parameter is not valid.") }
        guard code.path == request.path else {
            throw EntraError(
                700_005, "invalid_grant",
                "Provided Authorization Code is intended to use against other tenant, thus rejected.")
        }
        guard code.expires > context.now else {
            throw EntraError(
                70_008, "invalid_grant",
                "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive "
                    + "authorization request for this user and resource.")
        }
        guard !code.isRedeemed else {
            throw EntraError(
                54_005, "invalid_grant",
                "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing "
                    + "refresh token.")
        }
        guard try request.required("redirect_uri") == code.redirectURI else {
            throw .invalidGrant("The reply address does not match the one that was provided with the code.")
        }
        try Self.check(verifier: request.form["code_verifier"], against: code.challenge)
        code.isRedeemed = true
        entra.codes.insert(code, for: key)
        let asked = try request.form["scope"].map { text throws(EntraError) in try ScopeRequest(text) }
        return try issue(
            to: code.identity, client, granted: code.scope, asked: asked, nonce: code.nonce, context)
    }

    private static func check(verifier: String?, against challenge: String) throws(EntraError) {
        guard let verifier else {
            throw EntraError(
                501_481, "invalid_grant",
                "The Code_Verifier does not match the code_challenge supplied in the authorization request.")
        }
        let isLegal = verifier.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-._~".utf8.contains(byte)
            }
        }
        guard isLegal, (43...128).contains(verifier.utf8.count) else {
            throw EntraError(501_491, "invalid_grant", "Invalid size of Code_Verifier parameter.")
        }
        let digest = try? SHA256Digest(of: Array(verifier.utf8))
        guard let digest, Base64URL.encode(digest.bytes) == challenge else {
            throw EntraError(
                501_481, "invalid_grant",
                "The Code_Verifier does not match the code_challenge supplied in the authorization request.")
        }
    }

    /// A refresh token is not tied to one API: it gets a token of another one that the client has consent for.
    mutating func refresh(
        _ client: Client, _ request: TokenRequest, _ context: EntraContext
    ) throws(EntraError) -> IssuedTokens {
        let text = try request.required("refresh_token")
        guard let key = OpaqueValue.refreshToken.key(of: text), let grant = entra.refreshTokens.value(for: key),
            grant.client == client.id
        else { throw .invalidGrant("The provided value for the 'refresh_token' parameter is not valid.") }
        guard grant.expires > context.now else {
            throw EntraError(700_082, "invalid_grant", "The refresh token has expired due to inactivity.")
        }
        let name = grant.identity.person.name
        if let number = population.person(name)?.signInFailure, let error = EntraError(number, at: .token) {
            throw error
        }
        let asked = try request.form["scope"].map { text throws(EntraError) in try ScopeRequest(text) }
        return try issue(to: grant.identity, client, granted: grant.scope, asked: asked, nonce: nil, context)
    }

    mutating func redeemDevice(
        _ client: Client, _ request: TokenRequest, _ context: EntraContext
    ) throws(EntraError) -> IssuedTokens {
        let text = try request.required("device_code")
        guard let key = OpaqueValue.deviceCode.key(of: text), let device = entra.devices.value(for: key),
            device.client == client.id, device.path == request.path
        else { throw EntraError(70_019, "bad_verification_code", "Verification code expired or unknown.") }
        guard device.expires > context.now else {
            throw EntraError(
                70_020, "expired_token",
                "The provided value for the input parameter 'device_code' is not valid: it has expired.")
        }
        switch device.state {
        case .pending:
            throw EntraError(
                70_016, "authorization_pending",
                "OAuth 2.0 device flow error. Authorization is pending. Continue polling.")
        case .declined:
            throw EntraError(65_004, "authorization_declined", "User declined to consent to access the app.")
        case .approved(let identity):
            _ = entra.devices.remove(key)
            return try issue(to: identity, client, granted: device.scope, asked: nil, nonce: nil, context)
        }
    }

    /// - Parameters:
    ///   - granted: what was asked for when the person signed in.
    ///   - asked: what the token request asks for; `nil` for the same.
    private mutating func issue(
        to identity: SignedInPerson, _ client: Client, granted: ScopeRequest, asked: ScopeRequest?, nonce: String?,
        _ context: EntraContext
    ) throws(EntraError) -> IssuedTokens {
        let scope = asked ?? granted
        guard (asked?.resources.count ?? 0) <= 1 else {
            throw EntraError(
                700_022, "invalid_request",
                "The provided value for the input parameter scope is not valid because it contains more than one "
                    + "resource.")
        }
        try checkAccess(of: identity, to: client, scope, context)
        let resource = scope.resources.first ?? granted.resources.first
        var tokens = try issue(
            for: client, in: identity.tenant, person: identity.person,
            audience: resource?.identifier ?? ScopeRequest.graph, context)
        tokens.scope = Self.text(scope, resource)
        if granted.openID.contains("offline_access") {
            tokens.refreshToken = try refreshToken(of: identity, client, granted, context)
        }
        if granted.openID.contains("openid") {
            let defect = takeIDTokenDefect()
            guard defect != .missing else { return tokens }
            let claims = EntraIDTokenClaims(
                identity: identity, client: client, nonce: nonce, scope: granted, now: context.now,
                address: context.address, accessToken: tokens.accessToken, defect: defect)
            tokens.idToken = IDTokenDraft(claims: claims.json, key: entra.keys.key(for: defect), defect: defect)
        }
        return tokens
    }

    private mutating func takeIDTokenDefect() -> IDTokenDefect? {
        if case .idToken(let defect) = faults.take(at: .idToken, target: "")?.fault.effect { defect } else { nil }
    }

    private static func text(_ scope: ScopeRequest, _ resource: ScopeRequest.Resource?) -> String {
        let named = scope.openID.subtracting(["offline_access"]).sorted()
        let permissions = (resource?.permissions ?? []).map { permission in
            "\(resource?.identifier ?? "")/\(permission == ".default" ? "user_impersonation" : permission)"
        }
        return (named + permissions).joined(separator: " ")
    }

    private mutating func refreshToken(
        of identity: SignedInPerson, _ client: Client, _ scope: ScopeRequest, _ context: EntraContext
    ) throws(EntraError) -> String {
        let token = try context.make(.refreshToken)
        entra.refreshTokens.insert(
            RefreshGrant(
                client: client.id, scope: scope, identity: identity, expires: context.now.adding(seconds: 90 * 86_400)),
            for: token.key)
        return token.text
    }
}
