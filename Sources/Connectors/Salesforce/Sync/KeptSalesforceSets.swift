internal import AuthService
internal import BridgeCore
internal import Synchronization

/// The sets of orgs, for ten minutes: they change seldom, and who has them is read anew each time.
final class KeptSalesforceSets: Sendable {
    private struct Kept {
        let sets: SalesforceSets
        let version: Int64
        let readAt: Timestamp
    }

    private let kept = Mutex<[ConnectionID: Kept]>([:])

    /// In seconds.
    private static let age: Int64 = 600

    /// - Parameters:
    ///   - anew: whether they are read whatever is kept.
    ///   - read: reads them.
    func sets(
        of connection: Connection, anew: Bool, now: Timestamp, _ read: () async throws -> SalesforceSets
    ) async throws -> SalesforceSets {
        if !anew, let found = kept.withLock({ $0[connection.id] }), found.version == connection.version,
            found.readAt <= now, now < found.readAt.adding(seconds: Self.age)
        {
            return found.sets
        }
        let sets = try await read()
        kept.withLock { kept in
            // Those of connections that are gone, too.
            kept = kept.filter { now < $0.value.readAt.adding(seconds: Self.age) }
            kept[connection.id] = Kept(sets: sets, version: connection.version, readAt: now)
        }
        return sets
    }
}
