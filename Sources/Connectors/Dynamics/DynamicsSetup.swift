package import BridgeCore

/// What the operator decides about Dynamics 365 for all tenants.
package struct DynamicsSetup: Sendable {
    package let environments: EnvironmentRules
    /// The operator's own registration, which serves connections without one; `nil` where there is none.
    package let operatorClient: OperatorClient?

    /// The operator's registration: `dynamics__client_id` and `dynamics__client_secret`.
    package struct OperatorClient: Sendable {
        package let clientID: GUID
        package let credential: ClientCredential

        package init(clientID: GUID, credential: ClientCredential) {
            self.clientID = clientID
            self.credential = credential
        }
    }

    package init(environments: EnvironmentRules, operatorClient: OperatorClient?) {
        self.environments = environments
        self.operatorClient = operatorClient
    }
}
