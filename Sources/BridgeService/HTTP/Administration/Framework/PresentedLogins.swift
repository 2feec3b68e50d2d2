internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import HTTPMessage

/// Lets in the people whose agent tokens others bring, as `POST /api/1/sso/verify` does: judged, settled, written down.
struct PresentedLogins: Sendable {
    let logins: LoginService
    let refused: RefusedLogins

    /// Who is let in by `token`.
    ///
    /// - Throws: the reason of a refusal, which is written down and counts for the limit: 422 for what is wrong with the
    ///   token, so that nobody takes it for the caller's own; 422 `issuer_unknown` for a token of another license, about
    ///   which nothing is decided.
    func admit(
        _ token: Secret, of license: License, from caller: Caller, now: Timestamp
    ) async throws -> Admission<VerifiedToken> {
        let compact = token.withBytes { $0.copy }
        let admission: Admission<VerifiedToken>?
        do throws(LoginRefusal) {
            admission = try await logins.admit(
                compact: compact, of: license, requestID: caller.requestID, now: now)
        } catch {
            let id = try await refused.writeDown(error, of: compact, from: caller, broughtBy: license, now: now)
            throw DecidedRefusal(
                error, decisionID: id, status: error.code.category == .token ? .unprocessableContent : nil)
        }
        guard let admission else { throw Self.ofAnotherLicense(license) }
        refused.log.warn(ofKept: admission, requestID: caller.requestID)
        return admission
    }

    private static func ofAnotherLicense(_ license: License) -> RequestRefusal {
        RequestRefusal(
            .unprocessableContent, .issuerUnknown, "iss of the token is another license than \(license)",
            hint: "ask below the license that the token is for")
    }
}
