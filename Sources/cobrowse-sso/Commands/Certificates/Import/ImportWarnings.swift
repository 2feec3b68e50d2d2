internal import AuthService
internal import BridgeCore
internal import BridgeCrypto

/// Says loudly what an administrator might not want to trust, or will find is not accepted.
struct ImportWarnings {
    private let result: CertImportResult
    private let now: Timestamp
    private let messages: Messages

    init(_ result: CertImportResult, now: Timestamp, _ messages: Messages) {
        self.result = result
        self.now = now
        self.messages = messages
    }

    func show() {
        for item in result.items {
            // Of one key it is plain which is meant.
            let prefix = result.items.count == 1 ? "" : "\(item.origin): "
            let term = KeyTerm(of: item.key, at: now, refusedAfterEnd: result.grace)
            if let certificate = item.found.certificate { warn(of: certificate, term, prefix) }
            if term.state == .retired, let consequence = term.consequence {
                messages.warning(
                    prefix + consequence,
                    hint: "to trust it again: cobrowse-sso cert remove \(item.key.id) --license "
                        + "\(item.key.license), then import it once more")
            }
        }
    }

    private func warn(of certificate: Certificate, _ term: KeyTerm, _ prefix: String) {
        if let warning = CertificateWarnings.validity(certificate, now: now) {
            messages.warning(prefix + warning.text, hint: term.state == .retired ? nil : term.consequence)
        }
        for warning in CertificateWarnings.lasting(certificate) {
            messages.warning(prefix + warning.text, hint: warning.hint)
        }
    }
}
