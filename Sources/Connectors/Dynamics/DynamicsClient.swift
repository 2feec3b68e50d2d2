package import AuthService
package import BridgeCore
package import BridgeCrypto

/// A connection made ready to be used: the environment, and the client that asks Entra for tokens.
package struct DynamicsClient: Sendable {
    package let environment: EnvironmentURL
    package let application: EntraApplication

    package init(environment: EnvironmentURL, application: EntraApplication) {
        self.environment = environment
        self.application = application
    }

    /// Opens what the store holds.
    ///
    /// - Throws: `password_wrong` when no master key opens the credential, `connection_missing` where the client would be
    ///   the operator's and there is none, `configuration_invalid` for a host that the operator allows no more.
    package init(_ connection: Connection, setup: DynamicsSetup, vault: any SecretVault) throws(ConnectorError) {
        let settings: DynamicsSettings
        switch connection.settings {
        case .dynamics(let dynamics): settings = dynamics
        }
        let environment = try EnvironmentURL(settings.environmentURL, rules: setup.environments)
        guard let clientID = settings.clientID ?? setup.operatorClient?.clientID,
            let credential = try Self.credential(of: connection, vault: vault) ?? setup.operatorClient?.credential
        else {
            throw ConnectorError(
                .connectionMissing,
                "the connection has no client of its own, and the bridge has none (dynamics__client_id)",
                hint: "give the connection the client id and secret of an app registration", fixedBy: .bridgeOperator)
        }
        self.init(
            environment: environment,
            application: EntraApplication(
                authority: setup.environments.authority(of: environment), tenantID: settings.tenantID,
                clientID: clientID, credential: credential))
    }

    /// `nil` for a connection without one of its own.
    private static func credential(
        of connection: Connection, vault: any SecretVault
    ) throws(ConnectorError) -> ClientCredential? {
        guard let stored = connection.credential else { return nil }
        do throws(CryptoError) {
            return try ClientCredential(ConnectionCredential(opening: stored, of: connection.id, by: vault))
        } catch {
            throw ConnectorError(error.code, error.detail, hint: error.hint, fixedBy: .bridgeOperator)
        }
    }

    /// What tokens for the environment are asked for as.
    package var resource: TokenResource { TokenResource(environment.text) }
}

extension ClientCredential {
    /// What proves the client, in the words of Entra's token client.
    ///
    /// - Throws: `certificate_malformed` when key and certificate do not belong together.
    package init(_ credential: ConnectionCredential) throws(CryptoError) {
        switch credential {
        case .secret(let secret): self = .secret(secret)
        case .certificate(let certificate, let key):
            self = .certificate(try ClientCertificate(certificate, key: key))
        }
    }
}
