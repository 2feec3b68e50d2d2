import BridgeCore
import BridgeCrypto

/// The claims of an ID token (ID token claims reference, Microsoft Learn), right or with one defect.
struct EntraIDTokenClaims {
    let identity: SignedInPerson
    let client: Client
    let nonce: String?
    let scope: ScopeRequest
    let now: Timestamp
    let address: EntraAddress
    let accessToken: String
    let defect: IDTokenDefect?

    private static let strangers = GUID.named("tenant of strangers")

    /// The payload as JSON text.
    var json: [UInt8] {
        var writer = JSONWriter(capacity: 1024)
        writer.object { writer in
            writer.member("aud", defect == .wrongAudience ? GUID.named("another client").value : client.id.value)
            writer.member("iss", issuer)
            writeTimes(&writer)
            writeNonce(&writer)
            writeIdentity(&writer)
            writeAddress(&writer)
            writeAccessTokenHash(&writer)
            writer.member("ver", defect == .version1 ? "1.0" : "2.0")
        }
        return writer.bytes
    }

    private var tenant: GUID { defect == .otherTenant ? Self.strangers : identity.tenant.id }

    private var issuer: String {
        switch defect {
        case .wrongIssuer: "https://login.example.net/\(tenant)/v2.0"
        case .version1: "https://sts.windows.net/\(tenant)/"
        default: address.issuer(tenant.value)
        }
    }

    private func writeTimes(_ writer: inout JSONWriter) {
        let hour: Int64 = 3600
        let issued =
            switch defect {
            case .expired: now.adding(seconds: -2 * hour)
            case .issuedInFuture: now.adding(seconds: hour)
            default: now
            }
        writer.member("iat", issued.seconds)
        writer.member("nbf", (defect == .notYetValid ? now.adding(seconds: hour) : issued).seconds)
        writer.member("exp", issued.adding(seconds: defect == .notYetValid ? 2 * hour : hour).seconds)
    }

    private func writeNonce(_ writer: inout JSONWriter) {
        if defect == .wrongNonce { return writer.member("nonce", "another-nonce") }
        if let nonce, defect != .noNonce { writer.member("nonce", nonce) }
    }

    private func writeIdentity(_ writer: inout JSONWriter) {
        let person = identity.person
        if scope.openID.contains("profile") {
            writer.member("name", person.displayName)
            if defect != .noObjectID { writer.member("oid", person.objectID.value) }
        }
        if person.home != nil { writer.member("idp", "\(address.origin)/home-of-guests/") }
        writer.member("rh", "1.simulator.")
        writer.member("sub", Self.pairwise(client.id, person.objectID))
        if defect != .noTenantID {
            writer.member("tid", defect == .tenantNotOfIssuer ? Self.strangers.value : tenant.value)
        }
        writer.member("uti", "simulator")
    }

    /// Mutable and unproven: nothing that somebody may be recognized by.
    private func writeAddress(_ writer: inout JSONWriter) {
        let person = identity.person
        let isVictim = defect == .addressOfAnother
        let wantsEmail = scope.openID.contains("email") || client.optionalClaims.contains("email") || person.home != nil
        if isVictim || scope.openID.contains("profile") {
            writer.member("preferred_username", isVictim ? "ann@contoso.example" : person.userPrincipalName)
        }
        if isVictim { writer.member("upn", "ann@contoso.example") }
        if isVictim {
            writer.member("email", "ann@contoso.example")
        } else if wantsEmail, let mail = person.mail {
            writer.member("email", mail)
        }
        if client.optionalClaims.contains("xms_edov") {
            writer.member("xms_edov", person.mail?.hasSuffix("@\(identity.tenant.domain)") ?? false)
        }
    }

    private func writeAccessTokenHash(_ writer: inout JSONWriter) {
        switch defect {
        case .accessTokenHash: writer.member("at_hash", IDTokenHash.of(accessToken))
        case .wrongAccessTokenHash: writer.member("at_hash", IDTokenHash.of("another token"))
        default: break
        }
    }

    /// Another `sub` for each client, always the same.
    private static func pairwise(_ client: GUID, _ person: GUID) -> String {
        let words = [GUID.named("\(client) \(person)"), GUID.named("\(person) \(client)")]
        return Base64URL.encode(Array(words.map(\.value).joined().utf8.filter { $0 != UInt8(ascii: "-") }.prefix(32)))
    }
}
