internal import AuthService
internal import BridgeCore

/// The ends of the certificates that tenants' tokens are signed with, for whoever watches many of them.
enum CertificateMetrics {
    /// How many keys are shown: those that end first. An instance has as many as its tenants together.
    static let largestCount = 10_000

    private static let end = "cobrowse_sso_certificate_not_after_seconds"
    private static let ending = "cobrowse_sso_certificates_ending"

    /// Writes both metrics.
    ///
    /// - Parameter ends: at most `largestCount`, the first to end first.
    static func write(_ ends: [KeyEnd], now: Timestamp, to text: inout MetricsText) {
        text.gauge(
            ending, help: "Keys not retired whose certificate ends within so many days; 0 for those that have ended.")
        text.samples(ending, of: ends.map(\.notAfter), now: now)
        text.gauge(end, help: "When the certificate of a trusted key ends, in seconds since 1970.")
        for key in ends {
            text.sample(
                end, [("license", key.license.value), ("key_id", key.keyID), ("alias", key.alias ?? "")],
                key.notAfter.seconds)
        }
    }
}
