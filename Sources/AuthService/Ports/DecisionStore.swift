/// Keeps decisions, each with its line of the audit trail.
package protocol DecisionStore: Sendable {
    /// Writes a decision down; durable when it returns.
    func append(_ decision: Decision) async throws(StoreError)
    /// Has a decision written down with the next transaction, and waits for nothing.
    ///
    /// - Returns: `false`, and nothing is done, where too many wait already: `append` then waits for its turn.
    func note(_ decision: Decision) -> Bool
    /// The decision with the id, or `nil`.
    func decision(_ id: String, of license: License) async throws(StoreError) -> StoredDecision?
    /// Decisions of a tenant, newest first, at most `limit` that are older than the one with the id `before`.
    ///
    /// - Parameter email: only those about the address, as the login wrote it.
    func decisions(
        of license: License, email: String?, before id: String?, limit: Int
    ) async throws(StoreError) -> [StoredDecision]
    /// The newest decision with facts about each account's address, in order of the address, at most `limit` after
    /// `email`. A token that was refused has none: anybody can write an address into one.
    func latestDecisions(
        of license: License, after email: EmailAddress?, limit: Int
    ) async throws(StoreError) -> [(account: Account, decision: StoredDecision?)]
    /// The same for the tenant's active administrators alone, at most `limit` of them, in no order.
    func latestDecisionsOfAdministrators(
        of license: License, limit: Int
    ) async throws(StoreError) -> [(account: Account, decision: StoredDecision?)]
}
