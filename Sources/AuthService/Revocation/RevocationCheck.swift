internal import BridgeCore
internal import BridgeCrypto

extension RevocationSet {
    /// Whether a verified token of a person may still be used.
    ///
    /// - Parameter digest: SHA-256 of the compact token, computed only where a digest was revoked.
    /// - Throws: `token_revoked`; what `digest` throws.
    func check<Failure: Error>(
        _ token: VerifiedToken, of email: EmailAddress, digest: () throws(Failure) -> SHA256Digest
    ) throws(Failure) -> AccessDenial? {
        if isEmpty { return nil }
        if coversEverything(issuedAt: token.issuedAt) { return .revoked("all tokens of this tenant") }
        if covers(.email, email.value, issuedAt: token.issuedAt) { return .revoked("the tokens of \(email)") }
        if covers(.keyID, token.keyThumbprint, issuedAt: token.issuedAt) {
            return .revoked("what the key \(token.keyThumbprint) signed")
        }
        if let id = token.tokenID, covers(.tokenID, id, issuedAt: token.issuedAt) {
            return .revoked("this token (jti)")
        }
        if hasTokenDigests {
            let digest = Hex.encode(try digest().bytes)
            if covers(.tokenDigest, digest, issuedAt: token.issuedAt) { return .revoked("this token") }
        }
        return nil
    }

    /// Whether the tokens of the account that were issued at `issuedAt` are revoked.
    func covers(_ account: Account, issuedAt: Timestamp) -> Bool {
        has(.account) && covers(.account, account.id, issuedAt: issuedAt)
    }
}

extension AccessDenial {
    static func revoked(_ what: String) -> AccessDenial {
        AccessDenial(
            .tokenRevoked, "revoked by an administrator, as far as issued before a certain time: \(what)",
            hint: "sign in again: a token that is issued now is good, unless the account is disabled")
    }
}
