package import AuthService
internal import BridgeCore
internal import BridgeCrypto

/// Makes connections ready to be used; what was opened once is kept, since reading a private key costs more than a login.
package final class DynamicsClients: Sendable {
    private let vault: any SecretVault
    private let opened: OpenedCredentials<ClientCredential>

    /// Keeps what it knows of at most `capacity` connections.
    package init(vault: any SecretVault, capacity: Int = 256) {
        self.vault = vault
        opened = OpenedCredentials(capacity: capacity)
    }

    /// The connections that were used and are remembered.
    var connections: [Connection] { opened.connections }

    /// The client of a connection.
    ///
    /// - Throws: `password_wrong` when no master key opens the credential, `connection_missing` where the client would be
    ///   the operator's and there is none, `configuration_invalid` for a host that the operator allows no more.
    package func client(of connection: Connection, setup: DynamicsSetup) throws(ConnectorError) -> DynamicsClient {
        let settings = try connection.requireDynamics()
        let environment = try EnvironmentURL(settings.environmentURL, rules: setup.environments)
        guard let clientID = settings.clientID ?? setup.operatorClient?.clientID,
            let credential = try ownCredential(of: connection) ?? setup.operatorClient?.credential
        else {
            throw ConnectorError(
                .connectionMissing,
                "the connection has no client of its own, and the bridge has none (dynamics__client_id)",
                hint: "give the connection the client id and secret of an app registration", fixedBy: .bridgeOperator)
        }
        return DynamicsClient(
            environment: environment,
            application: EntraApplication(
                authority: setup.environments.authority(of: environment), tenantID: settings.tenantID,
                clientID: clientID, credential: credential))
    }

    /// `nil` for a connection without one of its own.
    package func ownCredential(of connection: Connection) throws(ConnectorError) -> ClientCredential? {
        let algorithm = try connection.requireDynamics().assertionAlgorithm
        return try opened.credential(of: connection) { stored throws(CryptoError) in
            try ClientCredential(ConnectionCredential(opening: stored, of: connection.id, by: vault), algorithm)
        }
    }

    /// Forgets what was opened of a connection, which is gone.
    package func forget(_ id: ConnectionID) { opened.forget(id) }
}

extension Connection {
    /// The settings of a connection to Dynamics 365; `nil` for any other.
    var dynamics: DynamicsSettings? {
        if case .dynamics(let settings) = settings { settings } else { nil }
    }

    /// The settings of a connection to Dynamics 365.
    ///
    /// - Throws: `configuration_invalid` for any other.
    func requireDynamics() throws(ConnectorError) -> DynamicsSettings {
        guard let dynamics else {
            throw ConnectorError(
                .configurationInvalid, "the \(id) is none to Dynamics 365", hint: "name a connection that is one",
                fixedBy: .bridgeOperator)
        }
        return dynamics
    }
}
