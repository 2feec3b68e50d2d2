package import BridgeCore

/// Which sessions of integration users are in memory, and until when they are handed out.
package struct SalesforceSessionCache {
    /// How long a session is handed out, in seconds. Salesforce does not say how long one lasts; the shortest that an
    /// administrator can choose is 15 minutes without use ("Session Settings", Salesforce Help).
    package static let lifetime: Int64 = 600

    /// What a session is for, and by which credential it was had: another credential has to prove itself.
    package struct Key: Sendable, Hashable {
        let login: SalesforceLogin
        let clientID: String
        let username: String
        let credential: [UInt8]
    }

    /// How often anything was forgotten; a session that was asked for before that is not kept.
    package struct Mark: Sendable, Hashable {
        fileprivate let count: UInt64
    }

    private struct Entry {
        let session: SalesforceSession
        let had: Timestamp
    }

    private var entries: RecentMap<Key, Entry>
    package private(set) var mark = Mark(count: 0)

    /// - Parameter capacity: how many sessions are kept: each org has one.
    package init(capacity: Int = 4096) {
        entries = RecentMap(capacity: capacity)
    }

    /// A session that was had within `lifetime`; a time that lies ahead, since a clock was set back, is not.
    package mutating func session(for key: Key, now: Timestamp) -> SalesforceSession? {
        guard let entry = entries.value(for: key), entry.had <= now,
            now < entry.had.adding(seconds: Self.lifetime)
        else { return nil }
        return entry.session
    }

    /// Keeps a session that was asked for at `mark`.
    package mutating func keep(_ session: SalesforceSession, for key: Key, since mark: Mark, now: Timestamp) {
        guard mark == self.mark else { return }
        entries.insert(Entry(session: session, had: now), for: key)
    }

    /// Forgets every session of the client at the login.
    package mutating func forget(clientID: String, at login: SalesforceLogin) {
        mark = Mark(count: mark.count &+ 1)
        entries.removeAll { key, _ in key.clientID == clientID && key.login == login }
    }
}
