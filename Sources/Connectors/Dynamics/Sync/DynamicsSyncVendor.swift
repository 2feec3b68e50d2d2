package import AuthService
package import BridgeCore
package import HTTPMessage

/// Environments of Dynamics 365, to keep connections in step with.
package struct DynamicsSyncVendor: SyncVendor {
    private let tokens: any ApplicationTokens
    private let clients: DynamicsClients
    private let roles: RoleCache
    /// What the operator decides, as of the moment.
    private let setup: @Sendable () -> DynamicsSetup

    package init(
        tokens: any ApplicationTokens, clients: DynamicsClients, roles: RoleCache,
        setup: @escaping @Sendable () -> DynamicsSetup
    ) {
        self.tokens = tokens
        self.clients = clients
        self.roles = roles
        self.setup = setup
    }

    package var budget: SyncBudget.Size { .dataverse }

    package func source(
        of connection: Connection, in tenant: Tenant, by policy: AccessPolicy, through sender: any HTTPSender,
        now: Timestamp
    ) throws(ConnectorError) -> any SyncSource {
        let (setup, settings) = (setup(), try connection.requireDynamics())
        guard settings.readAs == .application else { throw .readsAsAgent(connection) }
        guard connection.isValidated(operatorClientID: setup.operatorClient?.clientID.value) else {
            throw .unvalidated(connection.id)
        }
        let client: DynamicsClient
        do throws(ConnectorError) {
            client = try clients.client(of: connection, setup: setup)
        } catch {
            throw ConnectorError(
                error.code, "\(connection.id): \(error.detail)", hint: error.hint, fixedBy: error.fixedBy)
        }
        let people = DynamicsPeople(sender: sender, tokens: tokens, cache: roles)
        return DynamicsSyncSource(
            connection, settings, policy, client, sender: sender, tokens: tokens,
            judge: DynamicsJudge(people: people, setup: setup, clients: clients))
    }

    package func forget(_ subject: String, of connection: ConnectionID) {
        guard let objectID = GUID(subject) else { return }
        roles.forget(RoleCache.Key(connection: connection, objectID: objectID))
    }
}

extension ConnectorError {
    fileprivate static func readsAsAgent(_ connection: Connection) -> ConnectorError {
        ConnectorError(
            .configurationInvalid,
            "the \(connection.id) reads with the tokens of people who sign in, so nobody is read about in between",
            hint: "to keep accounts in step, let an application user read: cobrowse-sso dynamics save --license "
                + "\(connection.id.license) --connection \(connection.id.name) --read-as application",
            fixedBy: .tenantAdministrator)
    }
}
