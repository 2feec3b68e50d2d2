import BridgeCore
import BridgeCrypto

/// A connected app, or an External Client App, as the administrators of one org have it.
struct ConnectedApp: Sendable {
    let name: String
    /// Of the `ConnectedApplication`.
    let id: String
    let label: String
    /// `client_id`.
    let consumerKey: String
    let consumerSecret: String
    /// What checks its JWT bearer assertions; `nil` where it has no certificate.
    let publicKey: RSAPublicKey?
    /// Whether the stand-in has the private key, for whoever asks the control surface.
    let hasGeneratedKey: Bool
    /// Compared byte for byte.
    let redirectURIs: [String]
    /// Whether the token endpoint wants the secret for a code.
    let requiresSecret: Bool
    let requiresPKCE: Bool
    /// Whether "Admin approved users are pre-authorized" is chosen; else all users may authorize themselves.
    let isAdminApproved: Bool
    /// The sets, those of profiles among them, whose users are approved.
    let permittedSetIDs: Set<String>
    /// Whether the org has installed it.
    let isInstalled: Bool
    let isBlocked: Bool
    let isExternalClientApp: Bool
    /// Whether it was made a moment ago, so that the token endpoint does not know it.
    let isJustCreated: Bool
    /// The user that client credentials stand for, by name.
    let runAs: String?
    /// The places of the custom permissions that are attached to it.
    let customPermissions: [Int]
    /// Where Canvas posts to; empty for none.
    let canvasURL: String

    /// What Canvas calls the app, which is another id than that of the connected app.
    var canvasID: String { RecordID.named(.canvasApplication, id) }

    static let members = [
        "id", "label", "consumerKey", "consumerSecret", "key", "redirectURIs", "requiresSecret", "requiresPKCE",
        "policy", "profiles", "permissionSets", "installed", "blocked", "external", "justCreated", "runAs",
        "customPermissions", "canvasURL",
    ]

    init(_ object: DocumentObject, name: String, _ org: OrgReading) throws(SimulatorError) {
        self.name = name
        id = try object.recordID("id") ?? RecordID.named(.connectedApplication, "\(org.org)/\(name)")
        label = try object.text("label") ?? name
        consumerKey = try object.text("consumerKey") ?? Self.consumerKey("\(org.org)/\(name)")
        consumerSecret = try object.text("consumerSecret") ?? Self.consumerSecret("\(org.org)/\(name)")
        hasGeneratedKey = try object.text("key") == "generated"
        publicKey = try Self.key(object)
        redirectURIs = try object.texts("redirectURIs")
        requiresSecret = try object.bool("requiresSecret", default: true)
        requiresPKCE = try object.bool("requiresPKCE", default: true)
        let policy = try object.text("policy") ?? "adminApproved"
        guard ["adminApproved", "allUsers"].contains(policy) else {
            throw .invalid("\(object.place).policy is none of adminApproved, allUsers")
        }
        isAdminApproved = policy == "adminApproved"
        var permitted: Set<String> = []
        for profile in try object.texts("profiles") {
            permitted.insert(org.profiles[try org.profile(profile, at: object.place)].setID)
        }
        for set in try object.texts("permissionSets") { permitted.insert(try org.setID(set, at: object.place)) }
        permittedSetIDs = permitted
        isInstalled = try object.bool("installed", default: true)
        isBlocked = try object.bool("blocked")
        isExternalClientApp = try object.bool("external")
        isJustCreated = try object.bool("justCreated")
        runAs = try object.text("runAs")
        var attached: [Int] = []
        for permission in try object.texts("customPermissions") {
            attached.append(try org.entity(permission, at: object.place))
        }
        customPermissions = attached
        canvasURL = try object.text("canvasURL") ?? ""
    }

    private static func key(_ object: DocumentObject) throws(SimulatorError) -> RSAPublicKey? {
        guard let text = try object.text("key") else { return nil }
        guard text != "generated" else { return try KeyStore.shared.application().publicKey }
        let place = "\(object.place).key"
        do throws(CryptoError) {
            guard text.contains("CERTIFICATE") else {
                return try RSAPublicKey(reading: Array(text.utf8), source: place)
            }
            return try Certificate(reading: Array(text.utf8), source: place).publicKey()
        } catch {
            throw SimulatorError(error)
        }
    }

    /// 85 characters, as the real ones.
    private static func consumerKey(_ name: String) -> String {
        "3MVG9" + String((0..<6).map { RecordID.named(.user, "key \($0) \(name)").dropFirst(3) }.joined().prefix(80))
    }

    /// 64 hexadecimal digits, as the real ones.
    private static func consumerSecret(_ name: String) -> String {
        let digits = (0..<2).map { GUID.named("secret \($0) \(name)").value.filter { $0 != "-" } }
        return digits.joined().uppercased()
    }
}
