internal import AuthService
internal import BridgeCore

extension FlagSpec {
    /// The time before which tokens are taken back.
    static let issuedBefore = option("--issued-before", "RFC3339", "only tokens issued before then", default: "now")
}

extension ParsedArguments {
    /// `--issued-before`, or `now`.
    func issuedBefore(now: Timestamp) throws(CommandFailure) -> Timestamp {
        guard let text = value(of: .issuedBefore) else { return now }
        do throws(DocumentError) {
            return try Revocation.time(text, at: FlagSpec.issuedBefore.name, now: now)
        } catch {
            throw .usage(error.detail, hint: error.hint)
        }
    }
}
