package import BridgeCore

/// What the operator decides about Salesforce for all tenants.
package struct SalesforceSetup: Sendable {
    package let hosts: SalesforceHosts
    /// Where people sign in whose administrator names no login: `salesforce__login_url`.
    package let standardLogin: String
    /// The operator's own connected app, which serves connections without one; `nil` where there is none.
    package let operatorClient: OperatorClient?

    /// The operator's connected app: `salesforce__client_id` and `salesforce__client_secret`.
    package struct OperatorClient: Sendable {
        /// The consumer key.
        package let clientID: String
        package let secret: Secret

        package init(clientID: String, secret: Secret) {
            self.clientID = clientID
            self.secret = secret
        }
    }

    package init(
        hosts: SalesforceHosts = SalesforceHosts(), standardLogin: String = "https://login.salesforce.com",
        operatorClient: OperatorClient? = nil
    ) {
        self.hosts = hosts
        self.standardLogin = standardLogin
        self.operatorClient = operatorClient
    }
}
