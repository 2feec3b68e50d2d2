package import BridgeCore
internal import BridgeCrypto

/// Hands the token of a finished sign-in over: at once, or for a code that is exchanged once within a minute.
///
/// A token is signed when it is fetched, so that no token lies anywhere, and looked at as every verifier would: whatever
/// was revoked or disabled meanwhile is not handed out. Shared by all threads.
package struct SignInHandOff: Sendable {
    private let store: any OneTimeStore
    private let logins: LoginService
    private let mint: TokenMint

    package init(store: any OneTimeStore, logins: LoginService, mint: TokenMint) {
        self.store = store
        self.logins = logins
        self.mint = mint
    }

    /// Keeps a finished sign-in, and returns the code it is exchanged for.
    ///
    /// - Throws: `not_found` where the tenant is gone, `rate_limited` for an account with too many of them, `internal`.
    package func keep(_ signIn: FinishedSignIn, at now: Timestamp) async throws(StoreError) -> HandOffCode {
        let code = try HandOffCode()
        try await store.keep(
            OneTimeRecord(
                id: code.id, kind: .handOff, license: signIn.license, source: signIn.accountID, content: signIn.json,
                expiresAt: now.adding(seconds: HandOffCode.lifetime)), at: now)
        return code
    }

    /// The token of the sign-in that `code` was given for; of any number that bring it one gets it.
    ///
    /// - Throws: `code_invalid` for a code that is unknown, used or too old; which, is not said. Otherwise as `token(of:)`.
    package func exchange(_ code: String, at now: Timestamp) async throws(MintRefusal) -> HandedToken {
        let record: OneTimeRecord?
        do throws(StoreError) {
            record =
                if let code = try HandOffCode(code) {
                    try await store.takeRecord(code.id, .handOff, at: now)
                } else { nil }
        } catch {
            throw MintRefusal(error)
        }
        guard let record, let signIn = FinishedSignIn(record.content, of: record.license) else {
            throw MintRefusal(
                .codeInvalid, "the code is unknown, was used before, or is older than \(HandOffCode.lifetime) s",
                hint: "start the sign-in again, and exchange its code at once")
        }
        return try await token(of: signIn, at: now)
    }

    /// Signs the token of a finished sign-in.
    ///
    /// - Throws: `account_disabled`, `token_revoked`, `user_unknown` where the account is gone, `email_not_allowed`,
    ///   `not_found` where the tenant or the signing key is, `token_expired`, `internal`.
    package func token(of signIn: FinishedSignIn, at now: Timestamp) async throws(MintRefusal) -> HandedToken {
        let minted = try await mint.mint(for: signIn, now: now)
        let judged: JudgedLogin<VerifiedToken>
        do throws(LoginRefusal) {
            judged = try await logins.judge(compact: Array(minted.token.utf8), now: now)
        } catch {
            throw MintRefusal(error)
        }
        let isRevoked = judged.tenant.revocations.covers(
            .account, signIn.accountID, issuedAt: judged.token.issuedAt)
        if isRevoked { throw MintRefusal(AccessDenial.revoked("what the account \(signIn.accountID) has")) }
        return HandedToken(minted: minted, license: signIn.license, decisionID: signIn.decisionID)
    }
}

/// A token with the decision that it was signed after.
package struct HandedToken: Sendable {
    package let minted: MintedToken
    package let license: License
    package let decisionID: String
}
