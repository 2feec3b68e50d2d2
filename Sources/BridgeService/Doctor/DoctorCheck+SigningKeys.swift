internal import AuthService
internal import BridgeCore

extension DoctorCheck {
    /// The age at which a signing key should be replaced: 365 days.
    private static let signingKeyLife: Int64 = 365 * 86_400

    /// The bridge's own keys are there and not too old. They have no end, so that nothing here is red.
    static let signingKeys = DoctorCheck(id: "signing-keys") { subject in
        guard subject.store != nil else { return [] }
        let keys: [StoredSigningKey]
        switch await subject.signingKeys() {
        case .failure(let error): return [.red(error)]
        case .success(let stored): keys = stored
        }
        guard let current = keys.first(where: { $0.state == .current }) else {
            return [.yellow("there is no signing key", fix: "the service makes one when it first starts")]
        }
        let now = subject.now
        let age = max(0, now.seconds - current.createdAt.seconds) / 86_400
        let detail = "the current signing key \(current.id) is \(age) days old"
        let left = TimeLeft(from: now, to: current.createdAt.adding(seconds: signingKeyLife))
        return left == .more
            ? [.green(detail)] : [.yellow("\(detail); a year is enough", fix: "plan for cobrowse-sso key rotate")]
    }
}
