/// How a tenant is linked to one Salesforce org, without what proves the client.
package struct SalesforceSettings: Sendable, Hashable {
    /// The origin that people and the integration user sign in at, which also is the issuer of ID tokens: production,
    /// sandboxes, or the org's My Domain; https, in lower case, without a slash at its end.
    package var loginURL: String
    /// The consumer key of the connected app; `nil` for the operator's (`salesforce__client_id`).
    package var clientID: String?
    /// The username that the bridge reads the org as, by JWT bearer or client credentials; `nil` where nobody does, and
    /// agents' own tokens read.
    package var integrationUsername: String?
    /// The org, whose people alone come in.
    package var organizationID: SalesforceID
    /// The canvas app whose signed requests count, as they name it in `context.application.applicationId`; `nil` for
    /// whichever app has the consumer secret.
    package var canvasApplicationID: SalesforceID?

    package init(
        loginURL: String, clientID: String?, integrationUsername: String?, organizationID: SalesforceID,
        canvasApplicationID: SalesforceID? = nil
    ) {
        self.loginURL = loginURL
        self.clientID = clientID
        self.integrationUsername = integrationUsername
        self.organizationID = organizationID
        self.canvasApplicationID = canvasApplicationID
    }
}
