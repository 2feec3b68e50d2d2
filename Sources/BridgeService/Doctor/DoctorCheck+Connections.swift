internal import AuthService
internal import BridgeCore
internal import Connectors

extension DoctorCheck {
    /// Every connection has passed its test, and has a credential that lasts.
    static let connections = DoctorCheck(id: "connections") { subject in
        guard let store = subject.store else { return [] }
        let operatorClientID = subject.configuration.dynamics.operatorClient?.clientID.value
        var notes: [Note] = []
        var count = 0
        do throws(StoreError) {
            try await forEachTenant(of: store) { tenant async throws(StoreError) in
                let connections = try await store.connections(of: tenant.license)
                count += connections.count
                notes += connections.flatMap { Self.notes($0, operatorClientID) }
            }
            notes += try await store.credentialEnds(limit: limit).compactMap { Self.note($0, now: subject.now) }
        } catch {
            return [.red(error)]
        }
        let noun = count == 1 ? "connection" : "connections"
        return notes.isEmpty ? [.green("\(count) \(noun), and no credential ends within 60 days")] : notes
    }

    /// The ticks of the set-up: a connection that was tested, and whose people may sign in.
    private static func notes(_ connection: Connection, _ operatorClientID: String?) -> [Note] {
        let flags = "--license \(connection.id.license) --connection \(connection.id.name)"
        guard connection.isValidated(operatorClientID: operatorClientID) else {
            return [
                .red(
                    "the \(connection.id) has not passed a test since it was changed",
                    fix: "cobrowse-sso \(connection.id.kind.rawValue) save \(flags)")
            ]
        }
        var notes: [Note] = []
        if connection.id.kind == .dynamics, connection.consent == .outstanding {
            notes.append(
                .yellow(
                    "the \(connection.id): the consent of an administrator of its Entra tenant is outstanding, as far as "
                        + "the bridge knows", fix: "cobrowse-sso dynamics consent-url \(flags)"))
        }
        if let secret = connection.credential?.secret, secret.endsAt == nil {
            notes.append(
                .yellow(
                    "the \(connection.id): when its client secret ends is not known, so nobody will be warned",
                    fix: "cobrowse-sso \(connection.id.kind.rawValue) save \(flags) --secret-expires DATE"))
        }
        return notes
    }

    private static func note(_ end: CredentialEnd, now: Timestamp) -> Note? {
        let verdict = TimeLeft(from: now, to: end.endsAt).verdict
        guard verdict > .green else { return nil }
        return Note(
            verdict: verdict,
            detail: "the client \(end.kind.rawValue) of the \(end.connectionNames) "
                + TimeLeft.words(from: now, to: end.endsAt), fix: end.renewal)
    }
}
