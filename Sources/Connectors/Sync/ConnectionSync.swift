package import AuthService
package import BridgeCore
package import HTTPMessage

/// Compares those who came through a connection with what its CRM says of them now, and takes from them what they would not
/// get by a login any more.
///
/// Each run reads all it needs before it changes anything: what could not be read is nobody's fault, and takes nothing.
package struct ConnectionSync: Sendable {
    let store: any Store
    let vendor: any SyncVendor
    let sender: any HTTPSender
    let pacer: SyncPacer
    let clock: any WallClock
    let addresses: @Sendable () -> AddressRules
    /// Hears what was changed, and has to forget what memory holds of it.
    let applied: @Sendable ([SyncEffect]) -> Void
    /// What this process is called among those that may sync.
    private let holder: String

    /// - Parameter pacer: of this CRM alone.
    package init(
        store: any Store, vendor: any SyncVendor, sender: any HTTPSender, pacer: SyncPacer, clock: any WallClock,
        addresses: @escaping @Sendable () -> AddressRules, applied: @escaping @Sendable ([SyncEffect]) -> Void
    ) {
        self.store = store
        self.vendor = vendor
        self.sender = sender
        self.pacer = pacer
        self.clock = clock
        self.addresses = addresses
        self.applied = applied
        // No secret: two that are equal would take turns in each other's place.
        holder = Hex.encode((0..<16).map { _ in UInt8.random(in: .min ... .max) })
    }

    /// Syncs a connection, unless somebody else does or it is not time yet.
    ///
    /// - Throws: `not_found` where there is no such connection; what the store throws.
    package func run(_ id: ConnectionID, _ order: SyncOrder) async throws(StoreError) -> SyncReport {
        guard try await isDue(try await connection(id), order) else { return SyncReport(id, .notDue) }
        let hold = SyncHold(store: store, id: id, holder: holder, clock: clock, isNeeded: !order.isDryRun)
        guard try await hold.begin() else { return SyncReport(id, .busy) }
        // Read anew: whoever had it before may have done it just now, and the connection may be another one meanwhile.
        let connection = try await connection(id)
        guard try await isDue(connection, order) else {
            try await hold.release()
            return SyncReport(id, .notDue)
        }
        return try await SyncRun(self, connection, try await store.syncState(of: id), order, hold).run()
    }

    private func connection(_ id: ConnectionID) async throws(StoreError) -> Connection {
        guard let connection = try await store.connection(id) else { throw .noConnection(id) }
        return connection
    }

    private func isDue(_ connection: Connection, _ order: SyncOrder) async throws(StoreError) -> Bool {
        guard let interval = order.interval else { return true }
        // Nobody reads in between: to whoever asks for it by name `SyncRun` says so.
        guard connection.isRead else { return false }
        return SyncSchedule.isDue(
            try await store.syncState(of: connection.id), of: connection, every: interval, at: clock.now)
    }
}
