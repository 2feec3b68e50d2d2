package import BridgeCore

/// What a token endpoint granted (RFC 6749 §5.1, OpenID Connect Core §3.1.3.3).
package struct TokenGrant: Sendable {
    package let accessToken: AccessToken
    /// For further access tokens; `nil` unless `offline_access` was granted.
    package let refreshToken: Secret?
    /// A compact JWS; `nil` unless `openid` was asked for.
    package let idToken: Secret?
    /// Where the token counts, as Salesforce says with it (`instance_url`); checked by nobody yet.
    package let instanceURL: String?
    /// Whom the token speaks for, as Salesforce says with it (`id`); checked by nobody yet.
    package let identityURL: String?
    /// When it was granted, as Salesforce writes it (`issued_at`): what `signature` covers besides `id`.
    package let issuedAt: String?
    /// Salesforce's HMAC-SHA-256 by the app's secret over `id` and `issued_at`, in base64.
    package let signature: String?

    package init(
        accessToken: AccessToken, refreshToken: Secret? = nil, idToken: Secret? = nil, instanceURL: String? = nil,
        identityURL: String? = nil, issuedAt: String? = nil, signature: String? = nil
    ) {
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.idToken = idToken
        self.instanceURL = instanceURL
        self.identityURL = identityURL
        self.issuedAt = issuedAt
        self.signature = signature
    }

    /// Reads the answer of a token endpoint; `nil` where it grants nothing that can be used.
    ///
    /// - Parameter now: when the request was sent, so that no token is thought to live longer than it does.
    init?(_ answer: JSONValue, sentAt now: Timestamp) {
        // Visible ASCII and no space (RFC 6749 A.12): it becomes a part of header fields.
        guard let token = answer["access_token"]?.stringValue, !token.isEmpty,
            token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            answer["token_type"]?.stringValue?.lowercased() == "bearer"
        else { return nil }
        accessToken = AccessToken(
            Secret(Array(token.utf8)), expiresAt: Self.lifetime(answer).map { now.adding(seconds: $0) })
        refreshToken = Self.secret(answer["refresh_token"])
        idToken = Self.secret(answer["id_token"])
        instanceURL = answer["instance_url"]?.stringValue
        identityURL = answer["id"]?.stringValue
        issuedAt = answer["issued_at"]?.stringValue
        signature = answer["signature"]?.stringValue
    }

    private static func secret(_ value: JSONValue?) -> Secret? {
        guard let text = value?.stringValue, !text.isEmpty else { return nil }
        return Secret(Array(text.utf8))
    }

    /// `expires_in` in seconds, a day at most; some servers write the number as text.
    private static func lifetime(_ answer: JSONValue) -> Int64? {
        let value = answer["expires_in"]
        guard let seconds = value?.integerValue ?? value?.stringValue.flatMap({ Int64($0) }) else { return nil }
        return min(max(seconds, 0), 86_400)
    }
}
