internal import AuthService
internal import BridgeCore
internal import Synchronization

/// Tells the log when the certificate of a tenant's key comes near its end: once for each step of `TimeLeft`.
final class CertificateWatch: Sendable {
    private struct Name: Hashable {
        let license: License
        let keyID: String
    }

    private let store: any TrustedKeyStore
    private let log: any Log
    private let told = Mutex<[Name: TimeLeft]>([:])

    /// How many keys are looked at: those that end first.
    private static let largestCount = 10_000

    init(store: any TrustedKeyStore, log: any Log) {
        self.store = store
        self.log = log
    }

    /// Says what has changed since it was asked last.
    func look(at now: Timestamp) async throws(StoreError) {
        let ends = try await store.keyEnds(limit: Self.largestCount)
        var steps: [Name: TimeLeft] = [:]
        for key in ends {
            let left = TimeLeft(from: now, to: key.notAfter)
            if left < .more { steps[Name(license: key.license, keyID: key.keyID)] = left }
        }
        let before = told.withLock { told in
            defer { told = steps }
            return told
        }
        for key in ends {
            let name = Name(license: key.license, keyID: key.keyID)
            guard let step = steps[name], before[name] != step else { continue }
            write(key, step, now: now)
        }
    }

    private func write(_ key: KeyEnd, _ step: TimeLeft, now: Timestamp) {
        log.write(
            step <= .tenDays ? .error : .warning, "certificate_ending",
            [
                ("license", .text(key.license.value)), ("keyId", .text(key.keyID)),
                ("alias", .text(key.alias ?? "")), ("notAfter", .text(key.notAfter.description)),
                ("detail", .text("the certificate \(TimeLeft.words(from: now, to: key.notAfter))")),
                ("hint", .text("cobrowse-sso cert replace FILE --license \(key.license)")),
            ])
    }
}
