import BridgeCore

/// The claims of an ID token, right or with one defect.
struct SalesforceIDTokenClaims {
    /// The identity URL.
    let identity: String
    let issuer: String
    let audience: String
    let nonce: String?
    let permissions: [(name: String, isHeld: Bool)]?
    let now: Timestamp
    let accessToken: String
    let defect: IDTokenDefect?

    /// The payload as JSON text.
    var json: [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.object { writer in
            writeAccessTokenHash(&writer)
            if let subject { writer.member("sub", subject) }
            writer.member("aud", defect == .wrongAudience ? "3MVG9another" : audience)
            writer.member("iss", shownIssuer)
            writeTimes(&writer)
            writeNonce(&writer)
            if let permissions {
                writer.name("custom_permissions")
                writer.object { writer in
                    for permission in permissions { writer.member(permission.name, permission.isHeld) }
                }
            }
        }
        return writer.bytes
    }

    private var shownIssuer: String {
        switch defect {
        case .wrongIssuer: "https://login.example.net"
        case .otherLoginHost: "https://elsewhere.my.salesforce.com"
        default: issuer
        }
    }

    private var subject: String? {
        let parts = identity.split(separator: "/").suffix(2).map(String.init)
        guard parts.count == 2 else { return identity }
        let base = identity.dropLast(parts.joined(separator: "/").count)
        switch defect {
        case .noSubject: return nil
        case .subjectElsewhere: return "https://elsewhere.invalid/id/\(parts[0])/\(parts[1])"
        case .otherOrganization: return "\(base)\(RecordID.named(.organization, "strangers"))/\(parts[1])"
        case .otherUser: return "\(base)\(parts[0])/\(RecordID.named(.user, "strangers"))"
        default: return identity
        }
    }

    private func writeTimes(_ writer: inout JSONWriter) {
        let issued =
            switch defect {
            case .expired: now.adding(seconds: -7200)
            case .issuedInFuture: now.adding(seconds: 3600)
            default: now
            }
        writer.member("exp", issued.adding(seconds: 120).seconds)
        writer.member("iat", issued.seconds)
    }

    private func writeNonce(_ writer: inout JSONWriter) {
        if defect == .wrongNonce { return writer.member("nonce", "another-nonce") }
        if let nonce, defect != .noNonce { writer.member("nonce", nonce) }
    }

    private func writeAccessTokenHash(_ writer: inout JSONWriter) {
        switch defect {
        case .noAccessTokenHash: break
        case .wrongAccessTokenHash: writer.member("at_hash", IDTokenHash.of("another token"))
        default: writer.member("at_hash", IDTokenHash.of(accessToken))
        }
    }
}
