package import AuthService
package import BridgeCore
package import HTTPMessage

/// Orgs of Salesforce, to keep connections in step with.
package struct SalesforceSyncVendor: SyncVendor {
    private let tokens: any SalesforceTokens
    private let clients: SalesforceClients
    private let roles: KeptSalesforceRoles
    private let kept = KeptSalesforceSets()
    /// What the operator decides, as of the moment.
    private let setup: @Sendable () -> SalesforceSetup

    package init(
        tokens: any SalesforceTokens, clients: SalesforceClients, roles: KeptSalesforceRoles,
        setup: @escaping @Sendable () -> SalesforceSetup
    ) {
        self.tokens = tokens
        self.clients = clients
        self.roles = roles
        self.setup = setup
    }

    /// Of an org that has said nothing yet: the smallest limit there is, that of a trial.
    package var budget: SyncBudget.Size { .salesforce(dailyLimit: 15_000) }

    package func budget(after response: IncomingResponse) -> SyncBudget.Size? {
        HTTPFieldName("Sforce-Limit-Info").flatMap { response.fields[$0] }
            .flatMap { Self.budget(limitInfo: $0.text) }
    }

    /// What `Sforce-Limit-Info` leaves for syncs; `nil` for what it cannot be.
    package static func budget(limitInfo text: String) -> SyncBudget.Size? { SyncBudget.Size(limitInfo: text) }

    package func source(
        of connection: Connection, in tenant: Tenant, by policy: AccessPolicy, through sender: any HTTPSender,
        now: Timestamp
    ) throws(ConnectorError) -> any SyncSource {
        let (setup, settings) = (setup(), try connection.requireSalesforce())
        guard connection.isRead else { throw .nobodyReads(connection) }
        guard connection.isValidated(operatorClientID: setup.operatorClient?.clientID) else {
            throw .unvalidated(connection.id)
        }
        let application: SalesforceApplication
        do throws(ConnectorError) {
            application = try clients.application(of: connection, setup: setup)
        } catch {
            throw ConnectorError(
                error.code, "\(connection.id): \(error.detail)", hint: error.hint, fixedBy: error.fixedBy)
        }
        return SalesforceSyncSource(
            connection, settings, policy, rules: tenant.settings.rules, application, sender: sender, tokens: tokens,
            kept: kept, now: now)
    }

    package func forget(_ subject: String, of connection: ConnectionID) {
        guard let id = SalesforceID(subject) else { return }
        roles.forget(KeptSalesforceRoles.Key(connection: connection, person: id))
    }
}

extension ConnectorError {
    fileprivate static func nobodyReads(_ connection: Connection) -> ConnectorError {
        ConnectorError(
            .configurationInvalid,
            "the \(connection.id) has no integration user, so nobody is read about between sign-ins",
            hint: "to keep accounts in step, save it with an integration user: cobrowse-sso salesforce save --license "
                + "\(connection.id.license) --connection \(connection.id.name) --integration-username U",
            fixedBy: .tenantAdministrator)
    }
}
