package import BridgeCore

/// What an administrator has typed about a connection to Dynamics 365: judged by nobody yet, and incomplete at will.
package struct DynamicsDraft: Sendable {
    package var tenantID: Entry
    package var clientID: Entry
    package var clientSecret: Secret?
    package var clientCertificate: Entry
    package var clientKey: Secret?
    package var environmentURL: Entry
    package var secretExpiresAt: Entry
    package var readAs: Entry
    package var mailboxApproval: Entry
    package var assertionAlgorithm: Entry

    package typealias Entry = DraftEntry

    package init(
        tenantID: Entry = .absent, clientID: Entry = .absent, clientSecret: Secret? = nil,
        clientCertificate: Entry = .absent, clientKey: Secret? = nil, environmentURL: Entry = .absent,
        secretExpiresAt: Entry = .absent, readAs: Entry = .absent, mailboxApproval: Entry = .absent,
        assertionAlgorithm: Entry = .absent
    ) {
        self.assertionAlgorithm = assertionAlgorithm
        self.tenantID = tenantID
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.clientCertificate = clientCertificate
        self.clientKey = clientKey
        self.environmentURL = environmentURL
        self.secretExpiresAt = secretExpiresAt
        self.readAs = readAs
        self.mailboxApproval = mailboxApproval
    }
}
