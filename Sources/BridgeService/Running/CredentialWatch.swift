internal import AuthService
internal import BridgeCore
internal import Synchronization

/// Tells the log when the client secret or certificate of a connection comes near its end: once for each step of
/// `TimeLeft`, with every connection that stops working then.
final class CredentialWatch: Sendable {
    private let store: any ConnectionStore
    private let log: any Log
    /// By the connections that share a credential.
    private let told = Mutex<[[ConnectionID]: TimeLeft]>([:])

    /// How many credentials are looked at: those that end first.
    private static let largestCount = 10_000

    init(store: any ConnectionStore, log: any Log) {
        self.store = store
        self.log = log
    }

    /// Says what has changed since it was asked last.
    func look(at now: Timestamp) async throws(StoreError) {
        let ends = try await store.credentialEnds(limit: Self.largestCount)
        var steps: [[ConnectionID]: TimeLeft] = [:]
        for end in ends {
            let left = TimeLeft(from: now, to: end.endsAt)
            if left < .more { steps[end.connections] = left }
        }
        let before = told.withLock { told in
            defer { told = steps }
            return told
        }
        for end in ends {
            guard let step = steps[end.connections], before[end.connections] != step else { continue }
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

extension CredentialEnd {
    /// Every connection that shares it, for people.
    var connectionNames: String { connections.map(\.description).joined(separator: ", ") }

    /// What to do about it.
    var renewal: String {
        let what = kind == .secret ? "a new client secret" : "another certificate"
        let command = kind == .secret ? "rotate-secret" : "save"
        return "make \(what) in the same app registration, then for each of them: cobrowse-sso dynamics \(command)"
    }
}
