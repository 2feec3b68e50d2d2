import BridgeCore
import BridgeCrypto

/// A key that signs ID tokens, as the key set shows it.
struct IDTokenKey: Sendable {
    let key: RSAPrivateKey
    /// Base64url of the certificate's SHA-1, as Entra's are.
    let keyID: String
    let certificate: Certificate
    /// Which tokens it is good for; `nil` shows none and restricts nothing.
    let issuer: Issuer?

    /// The same key with another `issuer`.
    func restricted(to issuer: Issuer?) -> IDTokenKey {
        IDTokenKey(key: key, keyID: keyID, certificate: certificate, issuer: issuer)
    }

    /// What the member `issuer` of a published key says (Access tokens, Microsoft Learn).
    enum Issuer: Sendable, Hashable {
        /// `{tenantid}`: any tenant.
        case anyTenant
        /// That tenant alone.
        case tenant(GUID)
    }
}
