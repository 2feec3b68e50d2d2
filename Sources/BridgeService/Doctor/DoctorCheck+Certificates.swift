internal import AuthService
internal import BridgeCore
internal import BridgeCrypto

extension DoctorCheck {
    /// Every tenant has a key, and a certificate that lasts.
    ///
    /// Its end stops no login here; it is whoever signs with it that may stop.
    static let tenantCertificates = DoctorCheck(id: "tenant-certificates") { subject in
        guard let store = subject.store else { return [] }
        var notes: [Note] = []
        var count = 0
        do throws(StoreError) {
            try await forEachTenant(of: store) { tenant async throws(StoreError) in
                let keys = try await store.keys(of: tenant.license)
                count += keys.count
                let grace = tenant.settings.refuseExpiredKeysAfter
                let inForce = keys.filter { KeyTerm(of: $0, at: subject.now, refusedAfterEnd: grace).state.isInForce }
                if !inForce.isEmpty {
                    notes += Self.notes(inForce, now: subject.now)
                } else if try await store.connections(of: tenant.license).isEmpty {
                    // Whoever comes by a connection needs no key of the tenant.
                    notes.append(Self.noWayIn(tenant.license))
                }
            }
        } catch {
            return [.red(error)]
        }
        return notes.isEmpty ? [.green("none of \(count) keys of tenants ends within 60 days")] : notes
    }

    private static func noWayIn(_ license: License) -> Note {
        .yellow(
            "tenant \(license) trusts no key and has no connection, so nobody can sign in",
            fix:
                "cobrowse-sso cert import FILE --license \(license), cobrowse-sso salesforce save --license \(license), or "
                + "cobrowse-sso dynamics save --license \(license)"
        )
    }

    private static func notes(_ keys: [TrustedKey], now: Timestamp) -> [Note] {
        keys.compactMap { key in
            // What another key has taken over from is no trouble any more.
            let isReplaced = keys.contains { $0.id != key.id && lasts($0, now: now) }
            return note(key, isReplaced: isReplaced, now: now)
        }
    }

    private static func lasts(_ key: TrustedKey, now: Timestamp) -> Bool {
        if let start = key.notBefore, start > now { return false }
        return key.notAfter.map { TimeLeft(from: now, to: $0).verdict < .red } ?? true
    }

    private static func note(_ key: TrustedKey, isReplaced: Bool, now: Timestamp) -> Note? {
        let name = "tenant \(key.license), key \(key.alias ?? key.id)"
        if let start = key.notBefore, start > now {
            return .yellow(
                "\(name): the certificate is not valid before \(start), and the clock says \(now)",
                fix: "check the clock of this machine; if it is right, wait until then")
        }
        guard let end = key.notAfter else { return nil }
        let verdict = TimeLeft(from: now, to: end).verdict
        guard verdict > .green else { return nil }
        let detail = "\(name): the certificate \(TimeLeft.words(from: now, to: end))"
        let removal = "cobrowse-sso cert remove \(key.id) --license \(key.license)"
        if isReplaced { return .yellow("\(detail); another key lasts", fix: "when nobody signs with it: \(removal)") }
        return Note(
            verdict: verdict, detail: detail,
            fix: "make another certificate where it came from, then cobrowse-sso cert replace FILE --license "
                + key.license.value)
    }
}

extension DoctorCheck {
    /// The certificate that the service shows its clients lasts.
    static let tlsCertificate = DoctorCheck(id: "tls-certificate") { subject in
        guard let files = subject.configuration.tls else { return [] }
        let certificate: Certificate
        do {
            try subject.configuration.checkFiles()
            guard let bytes = TextFile.bytes(files.certificateFile, limit: 1 << 20) else { return [] }
            certificate = try Certificate(reading: bytes, source: files.certificateFile)
        } catch let error as any ReasonedError {
            return [.red(error.detail, fix: error.hint ?? "correct the file")]
        } catch {
            return [.red("\(files.certificateFile) cannot be read", fix: "correct the file")]
        }
        return [tlsNote(files.certificateFile, certificate.notBefore, certificate.notAfter, now: subject.now)]
    }

    private static func tlsNote(_ path: String, _ start: Timestamp?, _ end: Timestamp?, now: Timestamp) -> Note {
        guard let end else { return .green("\(path) has no end") }
        if let start, start > now {
            return .red("\(path) is not valid before \(start), and the clock says \(now)", fix: "check the clock")
        }
        let detail = "\(path) \(TimeLeft.words(from: now, to: end))"
        let fix = "renew it, then send the service SIGHUP"
        // Certificates that renew themselves do so 30 days before their end.
        switch end.seconds - now.seconds {
        case ...(7 * 86_400): return .red(detail, fix: fix)
        case ...(21 * 86_400): return .yellow(detail, fix: fix)
        default: return .green(detail)
        }
    }
}
