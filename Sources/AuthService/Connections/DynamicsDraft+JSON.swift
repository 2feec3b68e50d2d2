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
            tenantID: try object.entry("tenantId"), clientID: try object.entry("clientId"),
            clientSecret: try object.secret("clientSecret").secret,
            clientCertificate: try object.entry("clientCertificate"),
            clientKey: try object.secret("clientKey").secret,
            environmentURL: try object.entry("environmentUrl"),
            secretExpiresAt: try object.entry("secretExpiresAt"),
            readAs: try object.entry("readAs"),
            mailboxApproval: try object.entry("mailboxApproval"),
            assertionAlgorithm: try object.entry("assertionAlgorithm"))
    }
}
