package import AuthService
package import BridgeCrypto

/// A connection made ready to be used: the environment, and the client that asks Entra for tokens.
package struct DynamicsClient: Sendable {
    package let environment: EnvironmentURL
    package let application: EntraApplication

    package init(environment: EnvironmentURL, application: EntraApplication) {
        self.environment = environment
        self.application = application
    }

    /// What tokens for the environment are asked for as.
    package var resource: TokenResource { TokenResource(environment.text) }
}

extension ClientCredential {
    /// What proves the client, in the words of Entra's token client.
    ///
    /// - Parameter algorithm: of the assertions that a certificate is proven by.
    /// - Throws: `certificate_malformed` when key and certificate do not belong together.
    package init(_ credential: ConnectionCredential, _ algorithm: AssertionAlgorithm) throws(CryptoError) {
        switch credential {
        case .secret(let secret): self = .secret(secret)
        case .certificate(let certificate, let key):
            self = .certificate(try ClientCertificate(certificate, key: key)).signing(by: algorithm)
        }
    }

    /// The same, with assertions of `algorithm`; a secret needs none.
    func signing(by algorithm: AssertionAlgorithm) -> ClientCredential {
        switch self {
        case .secret: self
        case .certificate(let certificate): .certificate(certificate.signing(by: algorithm == .ps256 ? .pss : .pkcs1))
        }
    }
}
