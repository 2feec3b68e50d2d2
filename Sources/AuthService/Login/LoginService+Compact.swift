package import BridgeCore
internal import BridgeCrypto

extension LoginService {
    /// Lets in the person of a token as it came; what `admit(_:requestID:now:)` does, with the reading in front.
    package func admit(
        compact: [UInt8], requestID: String?, now: Timestamp
    ) async throws(LoginRefusal) -> Admission {
        let token: UnverifiedToken
        do throws(TokenRefusal) {
            token = try UnverifiedToken(compact.span)
            try token.checkTimes(now: now)
        } catch {
            throw .token(error)
        }
        return try await admit(token, requestID: requestID, now: now)
    }

    /// The tenant that a refused token was for; `nil` where it names none of ours.
    package func license(ofRefused compact: [UInt8]) async -> License? {
        guard let token = try? UnverifiedToken(compact.span), let entry = try? await load(token.unverifiedIssuer),
            case .tenant(let tenant) = entry
        else { return nil }
        return tenant.license
    }
}
