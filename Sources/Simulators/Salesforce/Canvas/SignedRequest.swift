import BridgeCore
import BridgeCrypto

/// What Canvas posts to an app: the MAC of a Base64 text, a point, and that text (Canvas developer guide).
struct SignedRequest {
    let org: Org
    let app: ConnectedApp
    let user: OrgUser
    /// An access token of the user's.
    let token: String
    let instanceURL: String
    let now: Timestamp
    /// What the page was opened with, as JSON.
    let parameters: JSONValue
    let defect: CanvasDefect?

    /// - Throws: `internal` where OpenSSL fails.
    func text() throws(CryptoError) -> String {
        let body = defect == .notJSON ? Array("nothing".utf8) : json
        var payload = Base64.encode(body)
        if defect == .urlAlphabet { payload = Base64URL.encode(body) }
        let secret = defect == .otherSecret ? "another secret" : app.consumerSecret
        var code = try HMACSHA256.code(
            of: defect == .signedDecoded ? body : Array(payload.utf8), key: Secret(Array(secret.utf8)))
        if defect == .wrongSignature { code[5] ^= 1 }
        let signature = defect == .urlAlphabet ? Base64URL.encode(code) : Base64.encode(code)
        switch defect {
        case .noSignature: return ".\(payload)"
        case .malformed: return signature + payload
        default: return "\(signature).\(payload)"
        }
    }

    private var json: [UInt8] {
        var writer = JSONWriter(capacity: 2048)
        writer.object { writer in
            if let algorithm { writer.member("algorithm", algorithm) }
            writeTime(&writer)
            if defect != .noUser { writer.member("userId", userID) }
            writer.name("client")
            writer.object { writeClient(&$0) }
            writer.name("context")
            writer.object { writeContext(&$0) }
        }
        return writer.bytes
    }

    private var algorithm: String? {
        switch defect {
        case .otherAlgorithm: "HMACSHA1"
        case .noAlgorithm: nil
        case .lowerCaseAlgorithm: "hmacsha256"
        default: "HMACSHA256"
        }
    }

    private var userID: String { defect == .otherUser ? RecordID.named(.user, "strangers") : user.id }

    private var applicationID: String {
        defect == .otherApplication ? RecordID.named(.canvasApplication, "strangers") : app.canvasID
    }

    private func writeTime(_ writer: inout JSONWriter) {
        switch defect {
        case .noTime: break
        case .nullTime: writer.member("issuedAt", nil as String?)
        case .inSeconds: writer.member("issuedAt", now.seconds)
        case .old: writer.member("issuedAt", now.milliseconds - 600_000)
        case .future: writer.member("issuedAt", now.milliseconds + 600_000)
        default: writer.member("issuedAt", now.milliseconds)
        }
    }

    private func writeClient(_ writer: inout JSONWriter) {
        if defect != .noToken { writer.member("oauthToken", token) }
        writer.member("instanceId", "_:\(app.name):canvas")
        writer.member("instanceUrl", defect == .instanceElsewhere ? "https://elsewhere.invalid" : instanceURL)
        writer.member("targetOrigin", instanceURL)
    }

    private func writeContext(_ writer: inout JSONWriter) {
        writer.name("application")
        writer.object { writer in
            if defect != .noApplication { writer.member("applicationId", applicationID) }
            writer.member("authType", defect == .otherAuthorization ? "OAUTH" : "SIGNED_REQUEST")
            writer.member("canvasUrl", app.canvasURL)
            writer.member("developerName", app.name)
            writer.member("name", app.label)
            writer.member("namespace", nil as String?)
            writer.member("version", "1.0")
            writer.member("referenceId", "09H")
        }
        if defect != .noUser {
            writer.name("user")
            writer.object { writeUser(&$0) }
        }
        writer.name("organization")
        writer.object { writer in
            writer.member(
                "organizationId",
                defect == .otherOrganization ? RecordID.named(.organization, "strangers") : org.id)
            writer.member("name", org.label)
            writer.member("multicurrencyEnabled", false)
            writer.member("namespacePrefix", nil as String?)
        }
        writer.name("environment")
        writer.object { writer in
            writer.name("parameters")
            writer.value(parameters)
            writer.member("uiTheme", "Theme3")
            writer.member("displayLocation", "Visualforce")
            writer.member("locationUrl", "\(instanceURL)/canvas/\(app.name)")
            writer.name("record")
            writer.object { _ in }
        }
        writer.name("links")
        writer.object { writer in
            writer.member("userUrl", "/services/data/v66.0/sobjects/User/\(userID)")
            writer.member("queryUrl", "/services/data/v66.0/query/")
            writer.member("restUrl", "/services/data/v66.0/")
        }
    }

    private func writeUser(_ writer: inout JSONWriter) {
        let names = user.displayName.split(separator: " ", maxSplits: 1).map(String.init)
        writer.member("userId", userID)
        writer.member("userName", user.username)
        writer.member("firstName", names.first)
        writer.member("lastName", names.count > 1 ? names[1] : nil)
        writer.member("email", user.email)
        writer.member("fullName", user.displayName)
        writer.member("locale", "en_GB")
        writer.member("language", "en_US")
        writer.member("timeZone", "Europe/London")
        writer.member("profileId", org.profiles[user.profile].id)
        writer.member("roleId", nil as String?)
        writer.member("userType", user.userType.uppercased())
        writer.member("currencyISOCode", "EUR")
        writer.member("accessibilityModeEnabled", false)
        writer.member("siteUrl", nil as String?)
    }
}
