package import BridgeCore

extension DynamicsDraft {
    /// The members that a draft is made of, as the answer about a connection has them too.
    private static let memberNames = [
        "tenantId", "clientId", "clientSecret", "clientCertificate", "clientKey", "environmentUrl", "secretExpiresAt",
        "readAs", "mailboxApproval", "assertionAlgorithm",
    ]

    /// What the answer about a connection says besides; sent back with it, it is passed over.
    private static let answerNames = [
        "name", "organizationId", "validated", "testedAt", "consent", "consentedAt", "createdAt", "updatedAt",
        "lastSync",
    ]

    /// Reads the object of a request: any of its members, each a text or null. A masked secret is none that was given.
    package init(_ value: JSONValue) throws(DocumentError) {
        let object = try DocumentObject(value, at: "", names: Self.memberNames + Self.answerNames)
        self.init(
            tenantID: try Self.entry("tenantId", of: object), clientID: try Self.entry("clientId", of: object),
            clientSecret: try Self.secret("clientSecret", of: object),
            clientCertificate: try Self.entry("clientCertificate", of: object),
            clientKey: try Self.secret("clientKey", of: object),
            environmentURL: try Self.entry("environmentUrl", of: object),
            secretExpiresAt: try Self.entry("secretExpiresAt", of: object),
            readAs: try Self.entry("readAs", of: object),
            mailboxApproval: try Self.entry("mailboxApproval", of: object),
            assertionAlgorithm: try Self.entry("assertionAlgorithm", of: object))
    }

    private static func entry(_ name: String, of object: DocumentObject) throws(DocumentError) -> Entry {
        switch object.optional(name) {
        case nil: return .absent
        case .null?: return .none
        case .string(let text)?: return .text(text)
        default: throw DocumentError(at: name, "has to be a text, or null")
        }
    }

    private static func secret(_ name: String, of object: DocumentObject) throws(DocumentError) -> Secret? {
        guard let text = try entry(name, of: object).text, text != Connection.mask else { return nil }
        return Secret(Array(text.utf8))
    }
}
