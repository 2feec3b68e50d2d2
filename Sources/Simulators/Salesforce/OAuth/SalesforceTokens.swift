import BridgeCore
import HTTPMessage

/// What the token endpoint is going to answer; only the signature of the ID token is missing.
struct SalesforceTokens: Sendable {
    let accessToken: String
    let instanceURL: String
    /// The identity URL.
    let identity: String
    /// Milliseconds since 1970, as text.
    let issuedAt: String
    let scope: String
    /// By which the identity URL can be trusted; `nil` for a grant whose answer has neither it nor the time.
    var signature: String?
    var idToken: IDTokenDraft?
    var defect: SalesforceTokenDefect?

    /// - Parameter idToken: the signed token; `nil` where there is none.
    func answer(idToken: String?) -> HTTPResponse {
        .json { writer in
            writer.object { writer in
                if defect != .noAccessToken { writer.member("access_token", accessToken) }
                if let signature {
                    writer.member("signature", defect == .wrongSignature ? "AAAA\(signature.dropFirst(4))" : signature)
                }
                writer.member("scope", scope)
                if let idToken { writer.member("id_token", idToken) }
                if let instance { writer.member("instance_url", instance) }
                if let shownIdentity { writer.member("id", shownIdentity) }
                writer.member("token_type", defect == .otherTokenType ? "pop" : "Bearer")
                if signature != nil { writer.member("issued_at", issuedAt) }
            }
        }
    }

    private var instance: String? {
        switch defect {
        case .noInstanceURL: nil
        case .instanceElsewhere: "https://elsewhere.invalid"
        case .instanceWithoutTLS: "http://acme.my.salesforce.com"
        default: instanceURL
        }
    }

    private var shownIdentity: String? {
        let parts = identity.split(separator: "/")
        switch defect {
        case .noIdentity: return nil
        case .identityElsewhere: return "https://elsewhere.invalid/id/\(parts.suffix(2).joined(separator: "/"))"
        case .identityOfOtherOrganization:
            return String(identity.dropLast(37)) + "\(RecordID.named(.organization, "strangers"))/\(parts.last ?? "")"
        default: return identity
        }
    }
}
