internal import AuthService
internal import BridgeCore
internal import HTTPMessage
internal import Synchronization

/// The answer of `/metrics`, made anew once a minute at most: ends of certificates do not move faster.
final class MetricsAnswer: Sendable {
    private struct Made {
        let answer: HTTPResponse
        let until: Timestamp
    }

    private let store: any TrustedKeyStore & ConnectionStore & SyncStore
    private let syncs: SyncFigures
    private let made = Mutex<Made?>(nil)

    private static let age: Int64 = 60

    init(store: any TrustedKeyStore & ConnectionStore & SyncStore, syncs: SyncFigures = SyncFigures()) {
        self.store = store
        self.syncs = syncs
    }

    /// The metrics as of `now`.
    func response(now: Timestamp) async throws(StoreError) -> HTTPResponse {
        // A clock that was set back makes it anew, too.
        if let made = made.withLock(\.self), now < made.until, made.until <= now.adding(seconds: Self.age) {
            return made.answer
        }
        let ends = try await store.keyEnds(limit: CertificateMetrics.largestCount)
        var text = MetricsText()
        CertificateMetrics.write(ends, now: now, to: &text)
        let credentials = try await store.credentialEnds(limit: CredentialMetrics.largestCount)
        CredentialMetrics.write(credentials, now: now, to: &text)
        syncs.write(to: &text)
        SyncMetrics.write(try await SyncMetrics.rows(store, now: now), now: now, to: &text)
        let answer = HTTPResponse(.ok, contentType: MetricsText.contentType, body: text.bytes)
        made.withLock { $0 = Made(answer: answer, until: now.adding(seconds: Self.age)) }
        return answer
    }
}
