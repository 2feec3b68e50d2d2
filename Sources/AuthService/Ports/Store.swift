/// Everything the service keeps.
package protocol Store: TenantStore, TrustedKeyStore, AccountStore, SigningKeyStore, DecisionStore, AuditStore,
    APITokenStore, SealedRecordStore, RevocationStore, AccountChangeStore, HousekeepingStore,
    KeyUseStore, ConnectionStore, OneTimeStore, SyncStore
{
    /// A number that changes whenever something may have been changed by another process.
    func outsideChanges() async throws(StoreError) -> UInt64
    /// Proves that the store can be read; for readiness checks.
    func check() async throws(StoreError)
    /// Why the last change could not be made durable (full disk, read-only file system); `nil` when it was.
    var lastWriteFailure: StoreError? { get }
    /// Finishes what is under way and closes.
    func close() async
}

extension Store {
    /// A store that has nothing to write to cannot fail to.
    package var lastWriteFailure: StoreError? { nil }
}
