package import BridgeCore

/// How a tenant's keys are chosen for a token at a moment: which names select which, and which take what is left.
///
/// The same rules as `TokenKeySet`, over stored keys, to be compared before and after a change.
package struct KeySelection: Sendable {
    private let keys: [String: TrustedKey]
    /// How many keys answer to a name: thumbprint, declared `kid`, alias.
    private let names: [String: Int]
    /// The keys in force that declare no `kid`, in their order: a `kid` that names nobody leaves these.
    let undeclared: [TrustedKey]
    private let grace: Int64?
    private let now: Timestamp

    /// - Parameter grace: the tenant's `refuseExpiredKeysAfter`.
    package init(_ keys: [TrustedKey], refusedAfterEnd grace: Int64?, at now: Timestamp) {
        self.keys = Dictionary(keys.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        names = keys.reduce(into: [:]) { names, key in for name in key.names { names[name, default: 0] += 1 } }
        undeclared = keys.filter {
            $0.declaredKeyID == nil && KeyTerm(of: $0, at: now, refusedAfterEnd: grace).state.isInForce
        }
        (self.grace, self.now) = (grace, now)
    }

    /// The key of that id whose tokens are accepted; `nil` where it is not there, retired or refused.
    func inForce(_ id: String) -> TrustedKey? {
        keys[id].flatMap { KeyTerm(of: $0, at: now, refusedAfterEnd: grace).state.isInForce ? $0 : nil }
    }

    /// The key of that id, whatever became of it.
    func key(_ id: String) -> TrustedKey? { keys[id] }

    /// Whether a token with this `kid` is tried with the keys that bear the name and no others.
    func isTaken(_ name: String) -> Bool { names[name] != nil }

    /// When tokens of `key` end to be accepted, as far as that is known.
    func end(of key: TrustedKey) -> Timestamp? { key.refusedFrom(afterEnd: grace) }
}

extension TrustedKey {
    /// What a `kid` may name it by, each once: the thumbprint first.
    var names: [String] {
        var names = [id]
        for name in [declaredKeyID, alias].compactMap(\.self) where !names.contains(name) { names.append(name) }
        return names
    }
}
