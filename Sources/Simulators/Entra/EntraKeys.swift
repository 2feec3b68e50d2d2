import BridgeCore

/// The keys of an authority: those that are published, and which of them signs.
struct EntraKeys: Sendable {
    /// In no order that means anything.
    private(set) var published: [IDTokenKey]
    private(set) var current: IDTokenKey
    /// The key of a tenant that nobody signs in to; tokens of other tenants that it signs are forged.
    let foreign: IDTokenKey
    /// A key that no key set shows.
    let unpublished: IDTokenKey
    private let store: KeyStore

    /// - Throws: `internal` when OpenSSL fails.
    init(_ store: KeyStore, foreignTenant: GUID) throws(SimulatorError) {
        self.store = store
        current = try store.key(0, issuer: .anyTenant)
        foreign = try store.key(1, issuer: .tenant(foreignTenant))
        let plain = try store.key(2, issuer: nil)
        unpublished = try store.key(3, issuer: .anyTenant)
        published = [plain, foreign, current]
    }

    /// Signs with a new key from now on.
    ///
    /// - Parameter keepsOld: whether the keys of before stay in the set, as they do for a while at a planned change.
    mutating func rotate(keepsOld: Bool) throws(SimulatorError) {
        current = try store.fresh(issuer: .anyTenant)
        published = keepsOld ? published + [current] : [foreign, current]
    }

    /// The key that signs a token with `defect`.
    func key(for defect: IDTokenDefect?) -> IDTokenKey {
        switch defect {
        case .unknownKey: unpublished
        case .foreignKey: foreign
        default: current
        }
    }
}
