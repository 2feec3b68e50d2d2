internal import AuthService
internal import BridgeCore
internal import Synchronization

/// Tells the log when the client secret or certificate of a connection comes near its end: once for each step of
/// `TimeLeft`, with every connection that stops working then.
final class CredentialWatch: Sendable {
    private let store: any ConnectionStore
    private let log: any Log
    /// By the mark of a secret or key: a connection can have both, and each has its own end.
    private let told = Mutex<[String: TimeLeft]>([:])

    /// How many credentials are looked at: those that end first.
    private static let largestCount = 10_000

    init(store: any ConnectionStore, log: any Log) {
        self.store = store
        self.log = log
    }

    /// Says what has changed since it was asked last.
    func look(at now: Timestamp) async throws(StoreError) {
        let ends = try await store.credentialEnds(limit: Self.largestCount)
        var steps: [String: TimeLeft] = [:]
        for end in ends {
            let left = TimeLeft(from: now, to: end.endsAt)
            if left < .more { steps[end.mark] = left }
        }
        let before = told.withLock { told in
            defer { told = steps }
            return told
        }
        for end in ends {
            guard let step = steps[end.mark], before[end.mark] != step else { continue }
            write(end, step, now: now)
        }
    }

    private func write(_ end: CredentialEnd, _ step: TimeLeft, now: Timestamp) {
        log.write(
            step <= .tenDays ? .error : .warning, "credential_ending",
            [
                ("kind", .text(end.kind.rawValue)), ("endsAt", .text(end.endsAt.description)),
                ("connections", .text(end.connectionNames)),
                ("detail", .text("the client \(end.kind.rawValue) \(TimeLeft.words(from: now, to: end.endsAt))")),
                ("hint", .text(end.renewal)),
            ])
    }
}
