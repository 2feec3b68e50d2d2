internal import BridgeCore
internal import BridgeCrypto

/// What a token of an application is for, and by which credential it was had: another secret has to prove itself.
struct ApplicationTokenKey: Sendable, Hashable {
    let authority: EntraAuthority
    let tenant: EntraTenant
    let clientID: GUID
    let credential: [UInt8]
    let resource: TokenResource

    /// The place of an application's token.
    ///
    /// - Throws: `internal` when OpenSSL fails.
    init(_ application: EntraApplication, _ resource: TokenResource) throws(ConnectorError) {
        do throws(CryptoError) {
            credential = try application.credential.fingerprint
        } catch {
            throw ConnectorError(error)
        }
        authority = application.authority
        tenant = application.tenant
        clientID = application.clientID
        self.resource = resource
    }
}

extension ClientCredential {
    /// Tells two credentials apart without holding them.
    fileprivate var fingerprint: [UInt8] {
        get throws(CryptoError) {
            switch self {
            case .secret(let secret): try SHA256Digest(of: Array(secret.text.utf8)).bytes
            case .certificate(let certificate): try SHA256Digest(of: certificate.certificate.der).bytes
            }
        }
    }
}
