import BridgeCore
import HTTPMessage

/// What the token endpoint is going to answer; only the signature of the ID token is missing.
struct IssuedTokens: Sendable {
    let accessToken: String
    /// Seconds, another number each time: 60 to 90 minutes.
    let expiresIn: Int
    /// `nil` where the grant names none.
    var scope: String?
    var refreshToken: String?
    var idToken: IDTokenDraft?
    var defect: TokenDefect?

    /// - Parameter idToken: the signed token; `nil` where there is none.
    func answer(idToken: String?) -> HTTPResponse {
        .json { writer in
            writer.object { writer in
                writer.member("token_type", defect == .otherTokenType ? "pop" : "Bearer")
                if let scope { writer.member("scope", scope) }
                let expiresIn = defect == .expiresNow ? 0 : expiresIn
                if defect == .expiresAsText {
                    writer.member("expires_in", "\(expiresIn)")
                } else {
                    writer.member("expires_in", expiresIn)
                }
                writer.member("ext_expires_in", expiresIn)
                if defect != .noAccessToken { writer.member("access_token", accessToken) }
                if let refreshToken, defect != .noRefreshToken { writer.member("refresh_token", refreshToken) }
                if let idToken { writer.member("id_token", idToken) }
            }
        }
    }
}
