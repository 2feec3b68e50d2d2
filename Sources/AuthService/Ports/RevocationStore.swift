package import BridgeCore

/// Keeps revocations until nothing they cover can be valid any more.
package protocol RevocationStore: Sendable {
    /// Adds a revocation; where there is one of the same name, the later time holds.
    ///
    /// - Returns: what is stored then.
    /// - Throws: `not_found` for an unknown tenant.
    func revoke(
        _ revocation: Revocation, of license: License, audit: AuditStamp
    ) async throws(StoreError) -> Revocation
    /// Revocations in order of their kind and value, at most `limit` after `name`, expired ones included until they
    /// are removed.
    func revocations(
        of license: License, after name: Revocation.Name?, limit: Int
    ) async throws(StoreError) -> [Revocation]
    /// Removes those of all tenants whose `expiresAt` has come, a thousand at a time, so that logins are written
    /// meanwhile.
    ///
    /// - Returns: how many there were.
    @discardableResult
    func removeExpiredRevocations(at now: Timestamp) async throws(StoreError) -> Int
}
