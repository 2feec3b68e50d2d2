package import BridgeCore

/// Keeps revocations until nothing they cover can be valid any more.
package protocol RevocationStore: Sendable {
    /// Adds a revocation; where there is one of the same name, the later time holds.
    ///
    /// - Returns: what is stored then.
    /// - Throws: `not_found` for an unknown tenant, `conflict` for one that has `Revocation.largestCount` already.
    func revoke(
        _ revocation: Revocation, of license: License, audit: AuditStamp
    ) async throws(StoreError) -> Revocation
    /// Revocations in order of their kind and value, at most `limit` after `name`, expired ones included until they
    /// are removed.
    func revocations(
        of license: License, after name: Revocation.Name?, limit: Int
    ) async throws(StoreError) -> [Revocation]
    /// The number of the last revocation of a tenant that is stored; 0 without any.
    func lastRevocation(of license: License) async throws(StoreError) -> Int64
    /// Revocations that were added, or got a later time, beyond `number`, in that order, at most `limit`.
    func revocations(
        of license: License, beyond number: Int64, limit: Int
    ) async throws(StoreError) -> [NumberedRevocation]
    /// Removes those of all tenants whose `expiresAt` has come, a thousand at a time, so that logins are written
    /// meanwhile; each transaction has an audit entry with its count.
    ///
    /// - Returns: how many there were.
    @discardableResult
    func removeExpiredRevocations(at now: Timestamp) async throws(StoreError) -> Int
}

/// A revocation with the number that it was stored under.
package struct NumberedRevocation: Sendable, Hashable {
    /// That of its entry in the audit trail: later ones have greater numbers, and none is used twice.
    package let number: Int64
    package let revocation: Revocation

    package init(number: Int64, revocation: Revocation) {
        self.number = number
        self.revocation = revocation
    }
}
