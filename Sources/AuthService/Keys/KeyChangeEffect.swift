internal import BridgeCore

/// Which tokens a change of one trusted key makes acceptable, and which it makes unacceptable, in words for whoever
/// decides about it: an import, a removal, a retirement.
///
/// What a token's `kid` names selects keys (`TokenKeySet`), so a new key can also take tokens away from another, those
/// that carried its name when it still meant nothing; and one that goes gives them back.
package struct KeyChangeEffect: Sendable, Hashable {
    /// Each one clause in lower case.
    package let starts: [String]
    package let stops: [String]

    /// Of a change that leaves a key as it is.
    package static let none = KeyChangeEffect(starts: [], stops: [])

    private init(starts: [String], stops: [String]) {
        (self.starts, self.stops) = (starts, stops)
    }

    /// - Parameter id: of the key that is changed between `before` and `after`.
    package init(of id: String, from before: KeySelection, to after: KeySelection) {
        let (old, new) = (before.inForce(id), after.inForce(id))
        var (starts, stops): ([String], [String]) = ([], [])
        switch (old, new) {
        case (nil, nil): break
        case (nil, let new?): starts = Self.signed(by: new, until: after.end(of: new))
        case (let old?, nil): stops = Self.signed(by: old, until: nil)
        case (let old?, let new?): starts = Self.gained(old, before.end(of: old), new, after.end(of: new))
        }
        let (oldNames, newNames) = (before.key(id)?.names ?? [], after.key(id)?.names ?? [])
        // The thumbprint of a key is in no token that somebody else signs.
        let taken = newNames.dropFirst().filter { !oldNames.contains($0) && !before.isTaken($0) }
        let freed = oldNames.dropFirst().filter { !newNames.contains($0) && !after.isTaken($0) }
        stops += Self.signedByOthers(taken, of: before.undeclared, except: id)
        starts += Self.signedByOthers(freed, of: after.undeclared, except: id)
        self.init(starts: starts, stops: stops)
    }

    /// What a key verifies while it is in force.
    private static func signed(by key: TrustedKey, until end: Timestamp?) -> [String] {
        let limit = end.map { ", until \($0)" } ?? ""
        let names = key.names.map(quoted).joined(separator: " or ")
        let named = "tokens signed by this key whose kid is \(names)\(limit)"
        guard key.declaredKeyID == nil else { return [named] }
        return [named, "tokens signed by this key without a kid, or with one that names no key\(limit)"]
    }

    /// What a key that stays in force verifies besides: for longer, or under a further name.
    private static func gained(
        _ old: TrustedKey, _ oldEnd: Timestamp?, _ new: TrustedKey, _ newEnd: Timestamp?
    ) -> [String] {
        var gained: [String] = []
        if let oldEnd, newEnd.map({ $0 > oldEnd }) ?? true {
            gained.append("tokens signed by this key for longer: \(newEnd.map { "until \($0)" } ?? "without an end")")
        }
        // One that declares no kid was tried before, when the name still named nobody.
        let names = new.names.filter { !old.names.contains($0) }
        if !names.isEmpty, old.declaredKeyID != nil {
            gained.append("tokens signed by this key whose kid is \(names.map(quoted).joined(separator: " or "))")
        }
        return gained
    }

    /// Tokens with a name that are, or were, tried with all keys that declare none.
    private static func signedByOthers(
        _ names: some Sequence<String>, of keys: [TrustedKey], except id: String
    ) -> [String] {
        let others = keys.lazy.filter { $0.id != id }.prefix(4).map { $0.alias ?? $0.id }
        guard let first = others.first else { return [] }
        let shown =
            others.count > 3 ? "\(others.prefix(3).joined(separator: ", ")), ..." : others.joined(separator: ", ")
        let signer = others.count == 1 ? "by the key \(first)" : "by another key (\(shown))"
        return names.map { "tokens with the kid \(quoted($0)) that are signed \(signer)" }
    }
}

extension KeyImport {
    /// The keys of a tenant after an import that came to `imported`.
    package static func keys(_ keys: [TrustedKey], after imported: [ImportedKey]) -> [TrustedKey] {
        let changed = Dictionary(imported.map { ($0.key.id, $0.key) }, uniquingKeysWith: { _, last in last })
        let known = Set(keys.map(\.id))
        var added: Set<String> = []
        let new = imported.map(\.key).filter { !known.contains($0.id) && added.insert($0.id).inserted }
        return keys.map { changed[$0.id] ?? $0 } + new
    }
}
