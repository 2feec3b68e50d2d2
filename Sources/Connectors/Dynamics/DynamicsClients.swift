package import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import Synchronization

/// Makes connections ready to be used; what was opened once is kept, since reading a private key costs more than a login.
package final class DynamicsClients: Sendable {
    private let vault: any SecretVault
    private let used: Mutex<RecentMap<ConnectionID, Used>>

    /// A connection as it was when it was used; with its next version everything may be different.
    struct Used: Sendable {
        let connection: Connection
        /// `nil` where the client is the operator's.
        let credential: ClientCredential?
    }

    /// Keeps what it knows of at most `capacity` connections.
    package init(vault: any SecretVault, capacity: Int = 256) {
        self.vault = vault
        used = Mutex(RecentMap(capacity: capacity))
    }

    /// The connections that were used and are remembered.
    var connections: [Connection] { used.withLock { $0.values.map(\.connection) } }

    /// The client of a connection.
    ///
    /// - Throws: `password_wrong` when no master key opens the credential, `connection_missing` where the client would be
    ///   the operator's and there is none, `configuration_invalid` for a host that the operator allows no more.
    package func client(of connection: Connection, setup: DynamicsSetup) throws(ConnectorError) -> DynamicsClient {
        let settings = connection.dynamics
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
        let kept = used.withLock { $0.value(for: connection.id) }
        if let kept, kept.connection.version == connection.version { return kept.credential }
        do throws(CryptoError) {
            let credential = try connection.credential.map { stored throws(CryptoError) in
                try ClientCredential(
                    ConnectionCredential(opening: stored, of: connection.id, by: vault),
                    connection.dynamics.assertionAlgorithm)
            }
            used.withLock { $0.insert(Used(connection: connection, credential: credential), for: connection.id) }
            return credential
        } catch {
            throw ConnectorError(error)
        }
    }

    /// Forgets what was opened of a connection, which is gone.
    package func forget(_ id: ConnectionID) {
        used.withLock { _ = $0.remove(id) }
    }
}

extension Connection {
    /// The settings of a connection to Dynamics 365, as every connection is one.
    var dynamics: DynamicsSettings {
        switch settings {
        case .dynamics(let settings): settings
        }
    }
}
