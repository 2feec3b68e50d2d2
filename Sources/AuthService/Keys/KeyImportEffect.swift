package import BridgeCore

/// Which tokens an import makes acceptable, and which it makes unacceptable, in words for whoever decides about it.
///
/// What a token's `kid` names selects keys (`TokenKeySet`), so a new key can also take tokens away from another: those
/// that carried its name when it still meant nothing.
package struct KeyImportEffect: Sendable, Hashable {
    /// Each one clause in lower case.
    package private(set) var starts: [String] = []
    package private(set) var stops: [String] = []

    /// - Parameters:
    ///   - imported: what importing one key comes to.
    ///   - keys: those the tenant trusts without it.
    ///   - grace: the tenant's `refuseExpiredKeysAfter`.
    package init(of imported: ImportedKey, into keys: [TrustedKey], refusedAfterEnd grace: Int64?, at now: Timestamp) {
        let key = imported.key
        let known = keys.first { $0.id == key.id }
        let others = keys.filter { $0.id != key.id }
        guard KeyTerm(of: key, at: now, refusedAfterEnd: grace).state.isInForce else { return }
        if known.map({ KeyTerm(of: $0, at: now, refusedAfterEnd: grace).state.isInForce }) ?? false {
            if key.refusedFrom(afterEnd: grace) != known?.refusedFrom(afterEnd: grace) {
                starts.append("tokens signed by this key, for longer: until \(Self.end(key, grace))")
            }
        } else {
            starts.append(contentsOf: Self.accepted(key, grace))
        }
        let names = Self.names(key).filter { name in !(known.map { Self.names($0).contains(name) } ?? false) }
        stops = Self.taken(names, from: others)
    }

    private static func accepted(_ key: TrustedKey, _ grace: Int64?) -> [String] {
        let names = names(key).map { "\"\($0)\"" }.joined(separator: " or ")
        let until = key.refusedFrom(afterEnd: grace) == nil ? "" : ", until \(end(key, grace))"
        let named = "tokens signed by this key whose kid is \(names)\(until)"
        guard key.declaredKeyID == nil else { return [named] }
        return [named, "tokens signed by this key without a kid, or with one that names no key\(until)"]
    }

    /// Tokens of other keys that are tried with nobody else from now on.
    private static func taken(_ names: [String], from others: [TrustedKey]) -> [String] {
        let losers = others.filter { $0.declaredKeyID == nil && $0.retiredAt == nil }
        guard !losers.isEmpty else { return [] }
        // The thumbprint of a key is in no token that somebody else signs.
        return names.dropFirst().map { name in
            let shown = losers.prefix(3).map { $0.alias ?? $0.id } + (losers.count > 3 ? ["..."] : [])
            return "tokens with the kid \"\(name)\" that are signed by another key (\(shown.joined(separator: ", ")))"
        }
    }

    /// What a `kid` may name it by: the thumbprint first.
    private static func names(_ key: TrustedKey) -> [String] {
        var names = [key.id]
        for name in [key.declaredKeyID, key.alias].compactMap(\.self) where !names.contains(name) { names.append(name) }
        return names
    }

    private static func end(_ key: TrustedKey, _ grace: Int64?) -> String {
        key.refusedFrom(afterEnd: grace).map(\.description) ?? "it is removed"
    }
}
