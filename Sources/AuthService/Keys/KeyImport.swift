internal import BridgeCore

/// A key after its import, or as an import would leave it.
package struct ImportedKey: Sendable, Hashable {
    /// The key as it is stored in the end.
    package let key: TrustedKey
    /// What the import changed about it.
    package let outcome: Outcome

    /// What an import changes about one key.
    package enum Outcome: String, Sendable, Hashable, CaseIterable {
        case new
        /// Known; its certificate now is the one that ends later.
        case certificateRenewed
        /// Known; it had no alias.
        case aliasAdded
        case certificateRenewedAndAliasAdded
        case unchanged
    }

    package init(key: TrustedKey, outcome: Outcome) {
        self.key = key
        self.outcome = outcome
    }
}

/// The import of keys into what one tenant trusts: the one place that decides what is new, changed or refused.
///
/// A pure computation: stores run it on the keys they hold and write what it says, a dry run throws the result away.
package struct KeyImport: Sendable {
    /// The keys of the tenant with everything imported so far.
    package private(set) var keys: [TrustedKey]
    /// Where each key stands in `keys`, by id and by alias.
    private var places: [String: Int]
    private var placesByAlias: [String: Int]

    /// - Parameter keys: those the tenant trusts already.
    package init(into keys: [TrustedKey]) {
        self.keys = keys
        places = Dictionary(keys.indices.map { (keys[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
        placesByAlias = Dictionary(
            keys.indices.compactMap { place in keys[place].alias.map { ($0, place) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// What importing `added` into `keys` would answer; errors as of `add`.
    package static func preview(_ added: [TrustedKey], into keys: [TrustedKey]) throws(StoreError) -> [ImportedKey] {
        var keyImport = KeyImport(into: keys)
        var outcomes: [ImportedKey.Outcome] = []
        for key in added { outcomes.append(try keyImport.add(key)) }
        return zip(added, outcomes).map { ImportedKey(key: keyImport.stored($0) ?? $0, outcome: $1) }
    }

    /// Every key of `added` that cannot be imported into `keys`, by its place, and why: errors as of `add`.
    package static func conflicts(
        of added: [TrustedKey], into keys: [TrustedKey]
    ) -> [(place: Int, error: StoreError)] {
        var keyImport = KeyImport(into: keys)
        var conflicts: [(place: Int, error: StoreError)] = []
        for (place, key) in added.enumerated() {
            do throws(StoreError) { _ = try keyImport.add(key) } catch { conflicts.append((place, error)) }
        }
        return conflicts
    }

    /// The key with the id of `key` as it is now.
    package func stored(_ key: TrustedKey) -> TrustedKey? { places[key.id].map { keys[$0] } }

    /// Adds `key`, or brings the one with its id up to date: a later certificate, a missing alias.
    ///
    /// - Throws: `conflict` for an alias that names another key, for an alias or declared kid other than those the key
    ///   has, and for one key more than `largestCount`; `configuration_invalid` for an alias that cannot be one.
    package mutating func add(_ key: TrustedKey) throws(StoreError) -> ImportedKey.Outcome {
        if let alias = key.alias, !KeyAlias.isValid(alias) {
            throw StoreError(.configurationInvalid, "the alias of a key cannot be used", hint: KeyAlias.rule)
        }
        try refuseTakenName(key)
        guard let place = places[key.id] else {
            guard keys.count < Self.largestCount else { throw Self.tooMany(of: key.license) }
            places[key.id] = keys.count
            if let alias = key.alias { placesByAlias[alias] = keys.count }
            keys.append(key)
            return .new
        }
        try Self.refuseOtherNames(key, than: keys[place])
        if let alias = key.alias { placesByAlias[alias] = place }
        return Self.update(&keys[place], with: key)
    }

    /// How many keys a tenant may have: each is tried where a token names none.
    package static let largestCount = 10_000

    private static func tooMany(of license: License) -> StoreError {
        StoreError(
            .conflict, "the tenant \(license) has \(largestCount) keys, and no tenant may have more",
            hint: "remove what is not used any more: cobrowse-sso cert remove KEYID --license \(license)")
    }

    private static func update(_ known: inout TrustedKey, with key: TrustedKey) -> ImportedKey.Outcome {
        let addsAlias = known.alias == nil && key.alias != nil
        if addsAlias { known.alias = key.alias }
        guard renews(key, known) else { return addsAlias ? .aliasAdded : .unchanged }
        known.certificate = key.certificate
        known.notBefore = key.notBefore
        known.notAfter = key.notAfter
        return addsAlias ? .certificateRenewedAndAliasAdded : .certificateRenewed
    }

    /// Whether `key` brings a certificate that takes the place of the one `known` has.
    private static func renews(_ key: TrustedKey, _ known: TrustedKey) -> Bool {
        guard key.certificate != nil else { return false }
        guard known.certificate != nil else { return true }
        guard let end = key.notAfter else { return false }
        return known.notAfter.map { $0 < end } ?? true
    }

    /// Keys are named by alias or id alike, so an alias may not be the id of another key either, nor the reverse.
    private func refuseTakenName(_ key: TrustedKey) throws(StoreError) {
        let holders = [placesByAlias[key.id]] + (key.alias.map { [placesByAlias[$0], places[$0]] } ?? [])
        guard let taken = holders.compactMap(\.self).map({ keys[$0] }).first(where: { $0.id != key.id }) else { return }
        throw StoreError(
            .conflict, "another key of the tenant \(key.license) has the alias \"\(key.alias ?? key.id)\"",
            hint: "choose another alias, or remove that key first: \(Self.removal(of: taken))")
    }

    /// A name that differs would be lost without a word, because a key keeps those it has.
    private static func refuseOtherNames(_ key: TrustedKey, than known: TrustedKey) throws(StoreError) {
        let hint = "to change it, remove the key first: \(removal(of: known))"
        if let alias = key.alias, let knownAlias = known.alias, alias != knownAlias {
            throw StoreError(
                .conflict, "the key \(key.id) has the alias \"\(knownAlias)\" already, not \"\(alias)\"", hint: hint)
        }
        guard let kid = key.declaredKeyID, kid != known.declaredKeyID else { return }
        let knownKid = known.declaredKeyID.map { "the kid \"\($0)\"" } ?? "no kid"
        throw StoreError(.conflict, "the key \(key.id) is trusted already with \(knownKid), not \"\(kid)\"", hint: hint)
    }

    private static func removal(of key: TrustedKey) -> String {
        "cobrowse-sso cert remove \(key.id) --license \(key.license)"
    }
}
