package import BridgeCore
package import BridgeCrypto

/// How a confidential client proves itself to a token endpoint.
package enum ClientCredential: Sendable {
    /// `client_secret`, sent in the form.
    case secret(Secret)
    /// `private_key_jwt`: an assertion signed by the key of a certificate that the registration knows.
    case certificate(ClientCertificate)
}
