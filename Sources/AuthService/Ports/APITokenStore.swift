package import BridgeCore

/// Keeps API tokens, without the tokens themselves.
package protocol APITokenStore: Sendable {
    /// Adds a token; `not_found` for an unknown tenant, `conflict` for an id or digest that is there.
    func insert(_ token: APIToken, audit: AuditStamp) async throws(StoreError)
    /// The token with the digest (SHA-256, 32 bytes), or `nil`; it may have expired.
    func apiToken(digest: [UInt8]) async throws(StoreError) -> APIToken?
    /// Tokens in order of their id, which is that of their making, at most `limit` after `id`; those bound to
    /// `license`, or all.
    func apiTokens(of license: License?, after id: String?, limit: Int) async throws(StoreError) -> [APIToken]
    /// Removes a token for good and returns it; `not_found` otherwise. Requests that come later are refused.
    func removeAPIToken(id: String, audit: AuditStamp) async throws(StoreError) -> APIToken
    /// Writes down that a token was used, unless that was done within `APIToken.useResolution` before `time`, or the
    /// token is gone. No change anybody made, and so no entry in the audit trail.
    func recordUse(ofAPIToken id: String, at time: Timestamp) async throws(StoreError)
}
