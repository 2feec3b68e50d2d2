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
        text.samples(ending, of: ends.map(\.endsAt), now: now)
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
