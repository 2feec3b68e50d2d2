/// Everything the service keeps.
package protocol Store: TenantStore, TrustedKeyStore, AccountStore, SigningKeyStore, DecisionStore, AuditStore,
    APITokenStore, SealedRecordStore, RevocationStore, AccountChangeStore
{
    /// A number that changes whenever something may have been changed by another process.
    func outsideChanges() async throws(StoreError) -> UInt64
    /// Proves that the store can be read; for readiness checks.
    func check() async throws(StoreError)
    /// Finishes what is under way and closes.
    func close() async
}
