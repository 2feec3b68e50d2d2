internal import BridgeCore

/// Where the tokens come from with which the bridge reads orgs as their integration users.
package protocol SalesforceTokens: Sendable {
    /// A session from memory where there is one; however many ask at once, Salesforce is asked once.
    ///
    /// - Throws: as `newSession`.
    func session(of application: SalesforceApplication) async throws(ConnectorError) -> SalesforceSession

    /// A session that Salesforce was asked for just now: what a test of credentials needs.
    ///
    /// - Throws: what the refusal means (`credentials_rejected`, `consent_required`, `user_inactive`, `sign_in_blocked`,
    ///   `configuration_invalid`, ...), with Salesforce's word as `vendorCode`, the fix and who can do it;
    ///   `connection_missing` for an application that nobody reads with; `upstream_unavailable`, `upstream_throttled`.
    func newSession(of application: SalesforceApplication) async throws(ConnectorError) -> SalesforceSession

    /// Forgets the sessions of the client at the login: it was disconnected, its credential was replaced, or the API refused
    /// one.
    func forget(clientID: String, at login: SalesforceLogin)
}

extension SalesforceTokens {
    /// Runs `body` with a session, and once more with a new one where the API does not take a kept one any more: sessions
    /// end when an administrator ends them, and Salesforce does not say when they end by themselves.
    ///
    /// - Throws: as `session`, and what `body` throws.
    package func using<Value>(
        _ application: SalesforceApplication,
        _ body: (SalesforceSession) async throws(ConnectorError) -> Value
    ) async throws(ConnectorError) -> Value {
        do throws(ConnectorError) {
            return try await body(try await session(of: application))
        } catch {
            // One that is for another org than the connected one is of no more use for having been kept.
            guard error.vendorCode == SalesforceRefusal.sessionEnded || error.code == .organizationMismatch else {
                throw error
            }
        }
        forget(clientID: application.clientID, at: application.login)
        return try await body(try await session(of: application))
    }
}
