internal import BridgeCore
internal import BridgeCrypto

/// What a session is for, and by which credential it was had: another credential has to prove itself.
struct SalesforceSessionKey: Sendable, Hashable {
    let login: SalesforceLogin
    let clientID: String
    let username: String
    let credential: [UInt8]

    /// The place of an application's session.
    ///
    /// - Throws: `internal` when OpenSSL fails.
    init(_ application: SalesforceApplication) throws(ConnectorError) {
        do throws(CryptoError) {
            credential =
                switch application.grant {
                case .assertion(let key, _): Array(key.publicKey.thumbprint.utf8)
                case .clientCredentials(let secret): try SHA256Digest(of: Array(secret.text.utf8)).bytes
                case nil: []
                }
        } catch {
            throw ConnectorError(error)
        }
        login = application.login
        clientID = application.clientID
        username = application.integrationUsername ?? ""
    }
}
