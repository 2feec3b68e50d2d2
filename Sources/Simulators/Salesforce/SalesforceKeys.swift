import BridgeCore

/// The keys that sign ID tokens, the same at every host.
struct SalesforceKeys: Sendable {
    private(set) var published: [IDTokenKey]
    private(set) var current: IDTokenKey
    /// A key that no key set shows.
    let unpublished: IDTokenKey
    private let store: KeyStore

    /// - Throws: `internal` when OpenSSL fails.
    init(_ store: KeyStore) throws(SimulatorError) {
        self.store = store
        current = try store.key(2, issuer: nil)
        unpublished = try store.key(3, issuer: nil)
        published = [try store.key(1, issuer: nil), current]
    }

    /// The key that signs a token with `defect`.
    func key(for defect: IDTokenDefect?) -> IDTokenKey { defect == .unknownKey ? unpublished : current }

    /// Signs with a new key from now on.
    ///
    /// - Parameter keepsOld: whether the keys of before stay in the set.
    mutating func rotate(keepsOld: Bool) throws(SimulatorError) {
        current = try store.fresh(issuer: nil)
        published = (keepsOld ? published : []) + [current]
    }
}
