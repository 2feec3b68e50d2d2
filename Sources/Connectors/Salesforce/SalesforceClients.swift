package import AuthService
internal import BridgeCore
internal import BridgeCrypto

/// Makes connections ready to be used; what was opened once is kept.
package final class SalesforceClients: Sendable {
    private let vault: any SecretVault
    private let opened: OpenedCredentials<SalesforceCredential>

    /// Keeps what it knows of at most `capacity` connections.
    package init(vault: any SecretVault, capacity: Int = 256) {
        self.vault = vault
        opened = OpenedCredentials(capacity: capacity)
    }

    /// The connections that were used and are remembered.
    var connections: [Connection] { opened.connections }

    /// The connected app of a connection.
    ///
    /// - Throws: `password_wrong` when no master key opens the credential, `connection_missing` where the app would be the
    ///   operator's and there is none, `configuration_invalid` for a host that the operator allows no more.
    package func application(
        of connection: Connection, setup: SalesforceSetup
    ) throws(ConnectorError) -> SalesforceApplication {
        let settings = try connection.requireSalesforce()
        let login = try SalesforceLogin(settings.loginURL, hosts: setup.hosts)
        if let clientID = settings.clientID {
            let credential = try ownCredential(of: connection)
            return SalesforceApplication(
                login: login, clientID: clientID, secret: credential?.secret, key: credential?.key,
                integrationUsername: settings.integrationUsername)
        }
        guard let client = setup.operatorClient else {
            throw ConnectorError(
                .connectionMissing,
                "the connection has no app of its own, and the bridge has none (salesforce__client_id)",
                hint: "give the connection the consumer key and secret of a connected app", fixedBy: .bridgeOperator)
        }
        return SalesforceApplication(
            login: login, clientID: client.clientID, secret: client.secret, key: nil,
            integrationUsername: settings.integrationUsername)
    }

    /// `nil` for a connection without one of its own.
    func ownCredential(of connection: Connection) throws(ConnectorError) -> SalesforceCredential? {
        try opened.credential(of: connection) { stored throws(CryptoError) in
            try SalesforceCredential(opening: stored, of: connection.id, by: vault)
        }
    }

    /// Forgets what was opened of a connection, which is gone.
    package func forget(_ id: ConnectionID) { opened.forget(id) }
}

extension Connection {
    /// The settings of a connection to Salesforce; `nil` for any other.
    package var salesforce: SalesforceSettings? {
        if case .salesforce(let settings) = settings { settings } else { nil }
    }

    /// The settings of a connection to Salesforce.
    ///
    /// - Throws: `configuration_invalid` for any other.
    package func requireSalesforce() throws(ConnectorError) -> SalesforceSettings {
        guard let salesforce else {
            throw ConnectorError(
                .configurationInvalid, "the \(id) is none to Salesforce", hint: "name a connection that is one",
                fixedBy: .bridgeOperator)
        }
        return salesforce
    }
}
