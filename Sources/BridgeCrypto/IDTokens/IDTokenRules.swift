package import BridgeCore

/// What a client asks of an ID token that came with an access token (OpenID Connect Core §3.1.3.7, §3.3.2.11).
package struct IDTokenRules: Sendable {
    /// The issuer that the provider's metadata names.
    package let issuer: IssuerPattern
    package let clientID: String
    /// The nonce that went out with the request.
    package let nonce: String
    /// How far `iat` and `nbf` may lie ahead, in seconds: the clocks of two machines differ. `exp` gets no leeway, since
    /// a token that has just been fetched has an hour left.
    private static let clockSkew: Int64 = 60

    package init(issuer: IssuerPattern, clientID: String, nonce: String) {
        self.issuer = issuer
        self.clientID = clientID
        self.nonce = nonce
    }

    /// Verifies `token`, which came with `accessToken`.
    ///
    /// - Throws: `issuer_unknown`, `audience_mismatch`, `token_expired`, `token_not_yet_valid`, `claim_missing`,
    ///   `claim_invalid`, `key_unknown`, `token_malformed` (the signature's encoding), `signature_invalid`,
    ///   `state_invalid` (the nonce).
    package func verify(
        _ token: UnverifiedIDToken, keys: IDTokenKeySet, accessToken: Secret, now: Timestamp
    ) throws(IDTokenRefusal) -> VerifiedIDToken {
        let claims = token.claims
        try judgeIssuer(claims)
        try judgeAudience(claims)
        try judgeTimes(claims, now: now)
        try judgeSignature(token, keys: keys)
        try judgeNonce(claims)
        try judgeAccessToken(claims, accessToken)
        return VerifiedIDToken(claims)
    }
}

extension IDTokenRules {
    private func judgeIssuer(_ claims: IDTokenClaims) throws(IDTokenRefusal) {
        if issuer.isTemplate, claims.tenantID == nil { throw .missing("tid") }
        guard issuer.matches(claims.issuer, ofTenant: claims.tenantID) else {
            throw .issuerUnknown(claims.issuer, expected: issuer.issuer(ofTenant: claims.tenantID) ?? issuer.text)
        }
    }

    private func judgeAudience(_ claims: IDTokenClaims) throws(IDTokenRefusal) {
        guard claims.audiences.contains(where: isClient) else { throw .audienceMismatch(claims.audiences) }
        switch claims.authorizedParty {
        case let party?:
            guard isClient(party) else { throw .authorizedPartyMismatch(party) }
        case nil:
            guard claims.audiences.count == 1 else { throw .authorizedPartyMismatch(nil) }
        }
    }

    private func isClient(_ name: String) -> Bool { name.utf8.elementsEqual(clientID.utf8) }

    private func judgeTimes(_ claims: IDTokenClaims, now: Timestamp) throws(IDTokenRefusal) {
        // `exp` is a whole second: a token is good until the second before it ends.
        guard claims.expiresAt.seconds > now.seconds else { throw .expired(at: claims.expiresAt, now: now) }
        let latest = now.seconds + Self.clockSkew
        if let notBefore = claims.notBefore, notBefore.seconds > latest {
            throw .notYetValid("nbf", at: notBefore, now: now)
        }
        guard claims.issuedAt.seconds <= latest else { throw .notYetValid("iat", at: claims.issuedAt, now: now) }
        guard claims.expiresAt > claims.issuedAt else { throw .invalid("exp", "does not lie after iat") }
    }

    private func judgeSignature(_ token: UnverifiedIDToken, keys: IDTokenKeySet) throws(IDTokenRefusal) {
        let (keyID, claims) = (token.unverifiedKeyID, token.claims)
        let named = keys.named(keyID)
        guard !named.isEmpty else { throw .keyUnknown(keyID) }
        let candidates = named.filter { $0.issuer?.matches(claims.issuer, ofTenant: claims.tenantID) ?? true }
        guard !candidates.isEmpty else {
            // Keys of a template are for whichever tenant the token names.
            throw claims.tenantID == nil ? .missing("tid") : .keyOfAnotherIssuer(keyID, issuer: claims.issuer)
        }
        switch (try? TokenVerifier())?.signer(of: token.jws, among: candidates) {
        case .key?: break
        case .notCanonical?: throw .form(.malformed(.signature, .encoding))
        case .nobody?, nil: throw .signatureInvalid
        }
    }

    private func judgeNonce(_ claims: IDTokenClaims) throws(IDTokenRefusal) {
        guard let nonce = claims.nonce, !nonce.isEmpty else { throw .missing("nonce") }
        guard ConstantTime.areEqual(Array(nonce.utf8), Array(self.nonce.utf8)) else { throw .nonceMismatch }
    }

    /// `at_hash` is the left half of SHA-256 over the access token (§3.1.3.6); a token without one says nothing of it.
    private func judgeAccessToken(_ claims: IDTokenClaims, _ accessToken: Secret) throws(IDTokenRefusal) {
        guard let hash = claims.accessTokenHash else { return }
        guard
            let digest = try? accessToken.withBytes({ bytes in
                try SHA256Digest(of: Array(copying: bytes, bytes.indices))
            }),
            hash.utf8.elementsEqual(Base64URL.encode(Array(digest.bytes.prefix(16))).utf8)
        else { throw .accessTokenMismatch }
    }
}
