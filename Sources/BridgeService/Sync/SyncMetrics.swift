internal import AuthService
internal import BridgeCore

/// How far connections are in step with their CRM, whichever process has synced them.
enum SyncMetrics {
    /// How many connections are shown.
    static let largestCount = 10_000

    private static let age = "cobrowse_sso_sync_age_seconds"
    private static let stopped = "cobrowse_sso_sync_stopped"

    static func write(_ states: [(id: ConnectionID, state: SyncState)], now: Timestamp, to text: inout MetricsText) {
        text.gauge(age, help: "Since the last sync of a connection began that came to its end.")
        for (id, state) in states {
            guard let success = state.success else { continue }
            text.sample(age, labels(id), max(0, now.seconds - success.at.seconds))
        }
        text.gauge(stopped, help: "1 where a sync would suspend too many accounts and waits for somebody to say so.")
        for (id, state) in states { text.sample(stopped, labels(id), state.outcome == .stopped ? 1 : 0) }
    }

    private static func labels(_ id: ConnectionID) -> [(name: String, value: String)] {
        [("license", id.license.value), ("kind", id.kind.rawValue), ("connection", id.name.value)]
    }
}
