internal import AuthService
internal import BridgeCore
internal import Connectors

extension DoctorCheck {
    /// Every connection has passed its test, and has a credential that lasts.
    static let connections = DoctorCheck(id: "connections") { subject in
        guard let store = subject.store else { return [] }
        let configuration = subject.configuration
        var notes: [Note] = []
        var count = 0
        do throws(StoreError) {
            try await forEachTenant(of: store) { tenant async throws(StoreError) in
                let connections = try await store.connections(of: tenant.license)
                count += connections.count
                notes += connections.flatMap { connection in
                    Self.notes(connection, configuration.operatorClientID(connection.id.kind))
                }
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
        if let fix = connection.missingEnd {
            notes.append(
                .yellow(
                    "the \(connection.id): when its \(fix.what) ends is not known, so nobody will be warned",
                    fix: "cobrowse-sso \(connection.id.kind.rawValue) save \(flags) \(fix.flag)"))
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

extension Connection {
    /// What ends of its credential without anybody knowing when, and the flag that says it. Salesforce's consumer secrets have
    /// no end of their own.
    fileprivate var missingEnd: (what: String, flag: String)? {
        switch id.kind {
        case .dynamics:
            guard let secret = credential?.secret, secret.endsAt == nil else { return nil }
            return ("client secret", "--secret-expires DATE")
        case .salesforce:
            guard let key = credential?.key, key.endsAt == nil else { return nil }
            return ("client certificate", "--client-certificate-file FILE")
        }
    }
}
