internal import AuthService
internal import BridgeCore

/// Finds people with a profile of the org's own who have only one of the two sets that such people need: the packaged one, and
/// its clone ("users with custom profiles need original and clone", Cobrowse's Salesforce page).
struct OnlyOneSet {
    /// Packaged sets and accepted clones of them, by places in `SalesforceHolders.wanted`.
    private struct Pair {
        let original: SalesforceSets.Assignable
        let cloneIDs: Set<SalesforceID>
        let clone: SalesforceSets.Assignable
        var withOriginal = Count()
        var withClone = Count()
    }

    private struct Count {
        var number = 0
        var examples: [String] = []

        mutating func add(_ username: String?) {
            number += 1
            if let username, examples.count < 3 { examples.append(username) }
        }
    }

    private let holders: SalesforceHolders
    private let customProfiles: Set<SalesforceID>
    private var pairs: [Pair]

    init(
        _ holders: SalesforceHolders, _ finder: CloneFinder, _ policy: AccessPolicy, customProfiles: Set<SalesforceID>,
        now: Timestamp
    ) {
        self.holders = holders
        self.customProfiles = customProfiles
        var clones: [SalesforceID: [SalesforceSets.Assignable]] = [:]
        for assignable in holders.wanted {
            guard let set = assignable.set, !set.isPackaged,
                let role = policy.outcome(of: SalesforceFacts(assignable.facts), now: now).role
            else { continue }
            if let original = finder.packagedSet(of: set, worth: role) {
                clones[original.id, default: []].append(assignable)
            }
        }
        pairs = holders.wanted.compactMap { original in
            guard let found = clones[original.id], let first = found.first else { return nil }
            return Pair(original: original, cloneIDs: Set(found.map(\.id)), clone: first)
        }
    }

    /// Looks at somebody who is active.
    mutating func look(at key: PersonKey, profile: SalesforceID, username: String?) {
        guard !pairs.isEmpty, customProfiles.contains(profile) else { return }
        let ids = Set(holders.has(key).flatMap(\.setIDs))
        guard !ids.isEmpty else { return }
        for place in pairs.indices {
            let pair = pairs[place]
            switch (ids.contains(pair.original.id), !ids.isDisjoint(with: pair.cloneIDs)) {
            case (true, false): pairs[place].withOriginal.add(username)
            case (false, true): pairs[place].withClone.add(username)
            default: break
            }
        }
    }

    /// What to say of it.
    var drift: [SetDrift] {
        pairs.flatMap { pair in
            [(pair.withOriginal, pair.original, pair.clone), (pair.withClone, pair.clone, pair.original)]
                .filter { $0.0.number > 0 }
                .map { count, has, lacks in Self.drift(count, has: has, lacks: lacks) }
        }
    }

    private static func drift(
        _ count: Count, has: SalesforceSets.Assignable, lacks: SalesforceSets.Assignable
    ) -> SetDrift {
        let people = count.number == 1 ? "1 person" : "\(count.number) people"
        return SetDrift(
            .onlyOneSet, id: lacks.id, label: lacks.label,
            detail: "\(people) with a custom profile have \(has.id.value) (\(has.label)) and lack this one: "
                + count.examples.joined(separator: ", ") + (count.number > count.examples.count ? ", ..." : "")
                + "; assign both")
    }
}
