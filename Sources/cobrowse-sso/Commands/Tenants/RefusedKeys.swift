internal import AuthService
internal import BridgeCore

/// The trusted keys that a tenant's `refuseExpiredKeysAfter` refuses: a setting that can lock everybody out at once.
struct RefusedKeys: Sendable {
    private let refused: [(key: TrustedKey, since: Timestamp)]
    private let isAnyLeft: Bool

    /// - Parameters:
    ///   - keys: those of the tenant.
    ///   - grace: the setting as it is, or would be.
    init(among keys: [TrustedKey], grace: Int64?, at now: Timestamp) {
        let terms = keys.map { (key: $0, term: KeyTerm(of: $0, at: now, refusedAfterEnd: grace)) }
        refused = terms.compactMap { key, term in
            term.state == .refused ? term.refusedFrom.map { (key, $0) } : nil
        }
        isAnyLeft = terms.contains { $0.term.state.isInForce }
    }

    func warn(_ license: License, _ messages: Messages) {
        for (key, since) in refused {
            messages.warning(
                "refuseExpiredKeysAfter: tokens of the key \(key.shownName) are refused with key_retired since \(since)",
                hint: "cobrowse-sso cert replace FILE --license \(license)")
        }
        if !refused.isEmpty, !isAnyLeft {
            messages.warning("\(license) trusts no other key: nobody can sign in until another one is imported")
        }
    }
}
