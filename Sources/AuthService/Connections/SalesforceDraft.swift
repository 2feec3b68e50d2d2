/// What an administrator has typed about a connection to Salesforce: judged by nobody yet, and incomplete at will.
package struct SalesforceDraft: Sendable {
    package var loginURL: DraftEntry
    package var clientID: DraftEntry
    package var clientSecret: DraftSecret
    package var clientKey: DraftSecret
    package var clientCertificate: DraftEntry
    package var integrationUsername: DraftEntry
    package var organizationID: DraftEntry
    package var canvasApplicationID: DraftEntry
    package var secretExpiresAt: DraftEntry

    package init(
        loginURL: DraftEntry = .absent, clientID: DraftEntry = .absent, clientSecret: DraftSecret = .absent,
        clientKey: DraftSecret = .absent, clientCertificate: DraftEntry = .absent,
        integrationUsername: DraftEntry = .absent, organizationID: DraftEntry = .absent,
        canvasApplicationID: DraftEntry = .absent, secretExpiresAt: DraftEntry = .absent
    ) {
        self.loginURL = loginURL
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.clientKey = clientKey
        self.clientCertificate = clientCertificate
        self.integrationUsername = integrationUsername
        self.organizationID = organizationID
        self.canvasApplicationID = canvasApplicationID
        self.secretExpiresAt = secretExpiresAt
    }
}
