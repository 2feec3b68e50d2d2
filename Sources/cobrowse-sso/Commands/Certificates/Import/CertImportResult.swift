internal import AuthService
internal import BridgeCore

/// What an import came to, or would.
struct CertImportResult: Sendable {
    /// One key of it.
    struct Item: Sendable {
        let found: CandidateKey
        let imported: ImportedKey
        /// Which tokens would be accepted and refused; `nil` where it has happened.
        let effect: KeyChangeEffect?

        var key: TrustedKey { imported.key }
        var origin: String { found.origin }
    }

    let items: [Item]
    /// The tenant's `refuseExpiredKeysAfter`.
    let grace: Int64?
    let isDryRun: Bool

    /// An import that was made.
    init(_ found: [CandidateKey], _ imported: [ImportedKey], grace: Int64?) {
        items = zip(found, imported).map { Item(found: $0, imported: $1, effect: nil) }
        self.grace = grace
        isDryRun = false
    }

    /// One that was only tried, on a tenant that trusts `keys`.
    init(
        trying found: [CandidateKey], _ imported: [ImportedKey], into keys: [TrustedKey], grace: Int64?,
        at now: Timestamp
    ) {
        let before = KeySelection(keys, refusedAfterEnd: grace, at: now)
        let after = KeySelection(KeyImport.keys(keys, after: imported), refusedAfterEnd: grace, at: now)
        items = zip(found, imported).map { found, imported in
            Item(
                found: found, imported: imported,
                effect: KeyChangeEffect(of: imported.key.id, from: before, to: after))
        }
        self.grace = grace
        isDryRun = true
    }
}
