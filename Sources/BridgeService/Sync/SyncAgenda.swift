internal import AuthService
internal import BridgeCore

/// When each connection is synced: once in an interval, begun as soon as it is time and its last sync has ended, however
/// long those of others take.
struct SyncAgenda {
    private var nextAt: [ConnectionID: Timestamp] = [:]
    private(set) var underWay: Set<ConnectionID> = []

    /// How many begin at once, so that thousands that are due together do not ask all at the same moment.
    static let largestBeginning = 50
    /// How long after it is met first a connection is synced at the latest, in seconds.
    static let delay: Int64 = 5

    /// The connections that begin now, those first that have waited longest.
    ///
    /// - Parameter ids: all there are; others are forgotten.
    mutating func begin(among ids: [ConnectionID], at now: Timestamp, every interval: Int64) -> [ConnectionID] {
        let known = Set(ids)
        nextAt = nextAt.filter { known.contains($0.key) }
        var due: [(id: ConnectionID, since: Timestamp)] = []
        for id in ids {
            let next = nextAt[id] ?? now.adding(seconds: min(interval, Self.delay))
            nextAt[id] = next
            // A clock that was set back makes it time.
            let isTime = now >= next || next > now.adding(seconds: max(interval, Self.delay))
            if isTime, !underWay.contains(id) { due.append((id, next)) }
        }
        let begun = due.sorted { $0.since < $1.since }.prefix(Self.largestBeginning).map(\.id)
        for id in begun {
            nextAt[id] = now.adding(seconds: interval)
            underWay.insert(id)
        }
        return begun
    }

    mutating func end(_ id: ConnectionID) { underWay.remove(id) }
}
