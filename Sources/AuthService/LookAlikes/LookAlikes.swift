/// Accounts of one tenant whose addresses people take for one another: duplicates of one person, or an imitation.
package enum LookAlikes {
    /// Groups of at least two accounts, each group and all groups in the order in which the pages came.
    ///
    /// Reads all pages twice. What is kept of each account is a number of eight bytes; accounts themselves are kept
    /// only where they look like another. An account that is changed in between is missing at worst.
    /// - Parameter page: the accounts after the given one, empty after the last.
    package static func groups<Failure: Error>(
        _ page: (Account?) async throws(Failure) -> [Account]
    ) async throws(Failure) -> [[Account]] {
        var census = Census()
        try await forEach(page) { census.count($0) }
        guard !census.isEmpty else { return [] }
        var collected = Collected()
        try await forEach(page) { account in
            let skeleton = AddressSkeleton(account.email)
            if census.hasSeveral(skeleton) { collected.add(account, skeleton) }
        }
        return collected.groups.filter { $0.count > 1 }
    }

    private static func forEach<Failure: Error>(
        _ page: (Account?) async throws(Failure) -> [Account], _ body: (Account) -> Void
    ) async throws(Failure) {
        var last: Account?
        while true {
            let accounts = try await page(last)
            guard !accounts.isEmpty else { return }
            for account in accounts { body(account) }
            last = accounts.last
        }
    }

    /// Which skeletons occur more than once. Two may have one hash: the second pass compares them in full.
    private struct Census {
        private var once: Set<Int> = []
        private var several: Set<Int> = []

        var isEmpty: Bool { several.isEmpty }

        mutating func count(_ account: Account) {
            let hash = AddressSkeleton(account.email).hashValue
            if !once.insert(hash).inserted { several.insert(hash) }
        }

        func hasSeveral(_ skeleton: AddressSkeleton) -> Bool { several.contains(skeleton.hashValue) }
    }

    private struct Collected {
        private(set) var groups: [[Account]] = []
        private var places: [AddressSkeleton: Int] = [:]

        mutating func add(_ account: Account, _ skeleton: AddressSkeleton) {
            if let place = places[skeleton] {
                groups[place].append(account)
            } else {
                places[skeleton] = groups.count
                groups.append([account])
            }
        }
    }
}
