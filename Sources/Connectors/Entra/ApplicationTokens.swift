package import BridgeCore

/// Where the tokens come from with which the bridge calls an API on its own account (`client_credentials`).
package protocol ApplicationTokens: Sendable {
    /// A token with minutes left, from memory where there is one; however many ask at once, Entra is asked once.
    ///
    /// - Throws: what Entra's refusal means (`credentials_rejected`, `credentials_expired`, `consent_required`,
    ///   `environment_not_found`, ...), with the AADSTS number as `vendorCode`, the fix and who can do it;
    ///   `upstream_unavailable`, `upstream_throttled`.
    func token(
        for resource: TokenResource, of application: EntraApplication
    ) async throws(ConnectorError) -> AccessToken

    /// A token that Entra was asked for just now: what a test of credentials needs.
    ///
    /// - Throws: as `token(for:of:)`.
    func newToken(
        for resource: TokenResource, of application: EntraApplication
    ) async throws(ConnectorError) -> AccessToken

    /// Forgets every token of the client in the tenant: it was disconnected, its secret was replaced, or an API refused one.
    func forget(clientID: GUID, tenantID: GUID)
}
