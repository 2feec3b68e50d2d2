/// The rule that keeps a mistake in a CRM, or in reading it, from closing out a whole company.
package enum SyncShare {
    /// Percent of the accounts that can enter through a connection.
    package static let largest = 20

    /// Whether a sync that would suspend so many of `accounts` stops and asks.
    ///
    /// One person alone is no mass: in a team of four the one who leaves is a quarter of it.
    package static func stops(suspending count: Int, of accounts: Int) -> Bool {
        count > 1 && count * 100 > accounts * largest
    }

    /// How many of `waiting` are to be expected to be suspended, where that was true of so many of those asked about.
    ///
    /// Of a role that was renamed it is true of all, and a few people a sync would be out until nobody is left.
    package static func expected(of waiting: Int, where confirmed: Int, of asked: Int) -> Int {
        asked > 0 ? waiting * confirmed / asked : 0
    }
}
