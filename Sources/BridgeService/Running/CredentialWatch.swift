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
        let kinds = Set(connections.map(\.kind))
        return ConnectionID.Kind.allCases.filter(kinds.contains).map(renewal).joined(separator: "; ")
    }

    private func renewal(_ system: ConnectionID.Kind) -> String {
        switch (system, kind) {
        case (.dynamics, .secret):
            "make a new client secret in the same app registration, then for each of them: cobrowse-sso dynamics "
                + "rotate-secret"
        case (.dynamics, .certificate):
            "make another certificate in the same app registration, then for each of them: cobrowse-sso dynamics save"
        case (.salesforce, .secret):
            "rotate the consumer secret of the app, then for each of them: cobrowse-sso salesforce save "
                + "--client-secret-file FILE"
        case (.salesforce, .certificate):
            "make another key and certificate, upload the certificate to the app, then for each of them: cobrowse-sso "
                + "salesforce save --client-key-file FILE --client-certificate-file FILE"
        }
    }
}
