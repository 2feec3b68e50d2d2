package import BridgeCore
package import BridgeCrypto

extension LoginService {
    /// Lets in the person of a token as it came, or refuses; an admission is written down when it returns, a refusal when
    /// `writeDown` was called.
    ///
    /// - Parameter requestID: written down with the decision.
    /// - Returns: `nil` for a token that names another license than `license`: about that nothing is decided.
    package func admit(
        compact: [UInt8], of license: License, requestID: String?, now: Timestamp
    ) async throws(LoginRefusal) -> Admission<VerifiedToken>? {
        if let names = RefusedTokenNames(compact), names.issuer != license.value { return nil }
        return try await record(try await judge(compact: compact, now: now), requestID: requestID, now: now)
    }

    /// Judges a token as it came, whether or not its tenant is in memory; nothing is written down.
    func judge(compact: [UInt8], now: Timestamp) async throws(LoginRefusal) -> JudgedLogin<VerifiedToken> {
        let token: UnverifiedToken
        do throws(TokenRefusal) {
            token = try UnverifiedToken(compact.span)
            try token.checkTimes(now: now)
        } catch {
            throw .token(error)
        }
        return try judge(token, entry: try await load(token.unverifiedIssuer), now: now)
    }

    /// The tenant that a refused token was for; `nil` where it names none of ours.
    package func license(ofRefused compact: [UInt8]) async -> License? {
        (try? await license(namedIn: compact)) ?? nil
    }
}
