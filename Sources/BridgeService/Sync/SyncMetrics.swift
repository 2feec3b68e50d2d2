internal import AuthService
internal import BridgeCore

/// How far connections are in step with their CRM, whichever process has synced them.
enum SyncMetrics {
    /// How many connections are shown.
    static let largestCount = 10_000

    private static let age = "cobrowse_sso_sync_age_seconds"
    private static let stopped = "cobrowse_sso_sync_stopped"

    /// A connection as it is shown.
    struct Row: Sendable {
        let id: ConnectionID
        /// When the last sync began that came to its end; before the first one, when the connection was changed last.
        let inStepAt: Timestamp
        let isStopped: Bool
    }

    /// The connections that are synced, whether they ever were or not.
    static func rows(
        _ store: any ConnectionStore & SyncStore, now: Timestamp
    ) async throws(StoreError) -> [Row] {
        let states = Dictionary(try await store.syncStates(limit: largestCount).map { ($0.id, $0.state) }) { $1 }
        var rows: [Row] = []
        for id in try await store.syncedConnectionIDs().prefix(largestCount) {
            let state = states[id]
            var time = state?.success?.at
            // One that is in step need not be looked at; another one may be no longer synced at all.
            if time.map({ $0.adding(seconds: SyncSchedule.fullInterval) < now }) ?? true {
                guard let connection = try await store.connection(id), connection.isRead else { continue }
                time = time ?? connection.updatedAt
            }
            guard let time else { continue }
            rows.append(Row(id: id, inStepAt: time, isStopped: state?.outcome == .stopped))
        }
        return rows
    }

    static func write(_ rows: [Row], now: Timestamp, to text: inout MetricsText) {
        text.gauge(
            age,
            help: "Since the last sync of a connection began that came to its end, or since the connection was changed."
        )
        for row in rows { text.sample(age, labels(row.id), max(0, now.seconds - row.inStepAt.seconds)) }
        text.gauge(stopped, help: "1 where a sync would suspend too many accounts and waits for somebody to say so.")
        for row in rows { text.sample(stopped, labels(row.id), row.isStopped ? 1 : 0) }
    }

    private static func labels(_ id: ConnectionID) -> [(name: String, value: String)] {
        [("license", id.license.value), ("kind", id.kind.rawValue), ("connection", id.name.value)]
    }
}
