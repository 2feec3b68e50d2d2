package import BridgeCore

extension SalesforceDraft {
    /// The members that a draft is made of, as the answer about a connection has them too.
    private static let memberNames = [
        "loginUrl", "clientId", "clientSecret", "clientKey", "clientCertificate", "integrationUsername",
        "organizationId", "canvasApplicationId", "secretExpiresAt",
    ]

    /// What the answer about a connection says besides; sent back with it, it is passed over.
    private static let answerNames = [
        "name", "certificateExpiresAt", "validated", "testedAt", "createdAt", "updatedAt", "lastSync",
    ]

    /// Reads the object of a request: any of its members, each a text or null. A masked secret is none that was given.
    package init(_ value: JSONValue) throws(DocumentError) {
        let object = try DocumentObject(value, at: "", names: Self.memberNames + Self.answerNames)
        self.init(
            loginURL: try object.entry("loginUrl"), clientID: try object.entry("clientId"),
            clientSecret: try object.secret("clientSecret"), clientKey: try object.secret("clientKey"),
            clientCertificate: try object.entry("clientCertificate"),
            integrationUsername: try object.entry("integrationUsername"),
            organizationID: try object.entry("organizationId"),
            canvasApplicationID: try object.entry("canvasApplicationId"),
            secretExpiresAt: try object.entry("secretExpiresAt"))
    }
}
