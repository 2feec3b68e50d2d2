internal import AuthService
internal import BridgeCore

/// The ends of the client secrets and certificates of connections, for whoever watches many of them.
enum CredentialMetrics {
    /// How many are shown: those that end first.
    static let largestCount = 10_000

    private static let end = "cobrowse_sso_credential_ends_seconds"
    private static let ending = "cobrowse_sso_credentials_ending"

    /// Writes both metrics.
    ///
    /// - Parameter ends: at most `largestCount`, the first to end first.
    static func write(_ ends: [CredentialEnd], now: Timestamp, to text: inout MetricsText) {
        text.gauge(
            ending, help: "Client secrets and certificates that end within so many days; 0 for those that have ended.")
        for days in [60, 30, 10, 0] {
            let count = ends.count { TimeLeft(from: now, to: $0.endsAt).days.map { $0 <= days } ?? false }
            text.sample(ending, [("within_days", "\(days)")], Int64(count))
        }
        text.gauge(end, help: "When the client secret or certificate of a connection ends, in seconds since 1970.")
        for credential in ends {
            for connection in credential.connections {
                text.sample(
                    end,
                    [
                        ("license", connection.license.value), ("kind", connection.kind.rawValue),
                        ("connection", connection.name.value), ("credential", credential.kind.rawValue),
                    ], credential.endsAt.seconds)
            }
        }
    }
}
