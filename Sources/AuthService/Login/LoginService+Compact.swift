internal import BridgeCore
internal import BridgeCrypto

extension LoginService {
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
