import BridgeCore
import BridgeCrypto

/// An app registration with its service principals.
struct Client: Sendable {
    /// Whose accounts may sign in (supported account types).
    enum Audience: String, Sendable, CaseIterable {
        /// Those of the home tenant.
        case single
        /// Those of any work or school tenant.
        case multiple
        /// Those, and personal ones.
        case personal
    }

    struct Secret: Sendable {
        /// The Secret ID, which people paste in place of the value.
        let id: GUID
        let value: String
        let expires: Timestamp
    }

    struct UploadedCertificate: Sendable {
        let certificate: Certificate
        let sha1: [UInt8]
        let sha256: [UInt8]
    }

    let name: String
    let id: GUID
    /// The name of the home tenant.
    let home: String
    let audience: Audience
    /// Compared byte for byte.
    let redirectURIs: [String]
    let secrets: [Secret]
    let certificates: [UploadedCertificate]
    /// Whether it is a mobile or desktop app, which must not send a credential.
    let isPublic: Bool
    /// The tenants that have a service principal of it.
    let principals: Set<String>
    /// The tenants whose administrator has consented to its delegated permissions.
    let consents: Set<String>
    /// Whether people need an assignment to sign in.
    let requiresAssignment: Bool
    let isDisabled: Bool
    /// Optional claims of its ID tokens: `email`, `xms_edov`, `login_hint`.
    let optionalClaims: Set<String>

    static let members = [
        "name", "id", "tenant", "audience", "redirectURIs", "secrets", "certificates", "public", "principals",
        "consents", "assignmentRequired", "disabled", "optionalClaims",
    ]

    init(_ object: DocumentObject) throws(SimulatorError) {
        name = try object.required("name")
        id = try object.guid("id") ?? .named("client \(name)")
        home = try object.required("tenant")
        audience = try Self.audience(object)
        redirectURIs = try object.texts("redirectURIs")
        secrets = try Self.secrets(object)
        certificates = try Self.certificates(object)
        isPublic = try object.bool("public")
        principals = Set(try object.texts("principals")).union([home])
        consents = Set(try object.texts("consents"))
        requiresAssignment = try object.bool("assignmentRequired")
        isDisabled = try object.bool("disabled")
        optionalClaims = Set(try object.texts("optionalClaims"))
    }

    private static func audience(_ object: DocumentObject) throws(SimulatorError) -> Audience {
        let text = try object.text("audience") ?? Audience.single.rawValue
        guard let audience = Audience(rawValue: text) else {
            throw .invalid("\(object.place).audience is none of single, multiple, personal")
        }
        return audience
    }

    private static func secrets(_ object: DocumentObject) throws(SimulatorError) -> [Secret] {
        var secrets: [Secret] = []
        for secret in try object.objects("secrets", known: ["id", "value", "expires"]) {
            let value = try secret.required("value")
            secrets.append(
                Secret(
                    id: try secret.guid("id") ?? .named("secret \(value)"), value: value,
                    expires: try secret.time("expires") ?? Timestamp(seconds: 4_102_444_800)))
        }
        return secrets
    }

    private static func certificates(_ object: DocumentObject) throws(SimulatorError) -> [UploadedCertificate] {
        var certificates: [UploadedCertificate] = []
        for (index, text) in try object.texts("certificates").enumerated() {
            let place = "\(object.place).certificates[\(index)]"
            do throws(CryptoError) {
                let certificate = try Certificate(reading: Array(text.utf8), source: place)
                certificates.append(
                    UploadedCertificate(
                        certificate: certificate, sha1: try certificate.sha1Thumbprint(),
                        sha256: try certificate.sha256Thumbprint()))
            } catch {
                throw SimulatorError(error)
            }
        }
        return certificates
    }
}
