package import BridgeCore
package import BridgeCrypto
package import HTTPMessage

/// What a vendor adds to a sign-in by authorization code and ID token; everything else is the same for all of them.
package protocol OpenIDClient: Sendable {
    /// Who somebody is in the words of the vendor.
    associatedtype Person: Sendable

    var clientID: String { get }
    /// Byte for byte as it is registered; the same on the way there and at the token endpoint.
    var redirectURI: String { get }
    var scopes: [String] { get }
    var authorizationURL: RequestURL { get }
    var tokenURL: RequestURL { get }
    var provider: ProviderLocation { get }

    /// Adds what proves that the bridge is the client.
    ///
    /// - Throws: `internal`.
    func authenticate(_ request: inout TokenRequest, now: Timestamp) throws(ConnectorError)

    /// The person that a verified token speaks of, if such a person may be spoken of.
    ///
    /// - Parameter grant: what the token came with.
    /// - Throws: `tenant_mismatch`, `organization_mismatch`, `claim_missing`, `claim_invalid`, and what else the vendor
    ///   asks of what it granted.
    func person(in token: VerifiedIDToken, granted grant: TokenGrant) throws(ConnectorError) -> Person

    /// What a refusal of the vendor's means.
    static func error(for refusal: OAuthRefusal) -> ConnectorError
}
