internal import AuthService
internal import BridgeCore
internal import Connectors
internal import HTTPMessage

/// What syncs the connections of each kind: one for a process.
struct ConnectionSyncs: Sendable {
    private let byKind: [ConnectionID.Kind: ConnectionSync]

    /// - Parameters:
    ///   - vendors: what reads the connections of each kind.
    ///   - addresses: whom the operator lets in, as of the moment.
    ///   - applied: hears what a sync has changed.
    init(
        store: any Store, sender: any HTTPSender, clock: any WallClock, vendors: [ConnectionID.Kind: any SyncVendor],
        addresses: @escaping @Sendable () -> AddressRules, applied: @escaping @Sendable ([SyncEffect]) -> Void
    ) {
        byKind = vendors.mapValues { vendor in
            ConnectionSync(
                store: store, vendor: vendor, sender: sender, pacer: SyncPacer(clock: clock, vendor.budget),
                clock: clock, addresses: addresses, applied: applied)
        }
    }

    /// Syncs a connection, unless somebody else does or it is not time yet.
    ///
    /// - Throws: `not_found` where there is no such connection; what the store throws.
    func run(_ id: ConnectionID, _ order: SyncOrder) async throws(StoreError) -> SyncReport {
        guard let sync = byKind[id.kind] else { throw .noConnection(id) }
        return try await sync.run(id, order)
    }
}
