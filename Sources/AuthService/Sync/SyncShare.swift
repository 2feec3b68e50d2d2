package import BridgeCore

/// The rule that keeps a mistake in a CRM, or in reading it, from closing out a whole company: where too many would lose the
/// same at once, they wait until somebody says that it is meant.
package enum SyncShare {
    /// What somebody would lose. Each is counted by itself: whoever is deactivated is closed out while it is asked whether a
    /// renamed role is meant.
    package enum Loss: Sendable, Hashable {
        /// The way in, and why.
        case access(ReasonCode)
        /// The administrator's role.
        case administration
    }

    /// Percent of the accounts that can enter through a connection; of the role, of those who have it.
    package static let largest = 20

    /// Whether a sync stops and asks that would take the same from so many of `accounts`.
    ///
    /// One person alone is no mass: in a team of four the one who leaves is a quarter of it.
    package static func stops(takingFrom count: Int, of accounts: Int) -> Bool {
        count > 1 && count * 100 > accounts * largest
    }

    /// How many of `waiting` are to be expected to be suspended, where that was true of so many of those asked about.
    ///
    /// Of a role that was renamed it is true of all, and a few people a sync would be out until nobody is left.
    package static func expected(of waiting: Int, where confirmed: Int, of asked: Int) -> Int {
        asked > 0 ? waiting * confirmed / asked : 0
    }
}
