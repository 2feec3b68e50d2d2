package import BridgeCore

/// When a connection is synced next, and how much of it is read then.
package enum SyncSchedule {
    /// How often everybody is read, in seconds.
    package static let fullInterval: Int64 = 3_600
    /// How far a read of what was modified reaches behind the last one, in seconds: clocks differ, and a row is seen only
    /// once its transaction has ended.
    package static let overlap: Int64 = 300

    /// What a sync reads.
    package struct Reading: Sendable, Hashable {
        /// Everybody, or those alone whose rows were modified since the last time.
        package let isFull: Bool
        /// Whether it looks who has the roles, teams and sets that rules ask for: a change of those touches no row of a person.
        package let looksAtRoles: Bool

        package init(isFull: Bool, looksAtRoles: Bool) {
            self.isFull = isFull
            self.looksAtRoles = looksAtRoles
        }
    }

    /// Whether it is time, `interval` seconds after the last one began.
    ///
    /// A clock that was set back makes it time.
    package static func isDue(_ state: SyncState?, of connection: Connection, every interval: Int64, at now: Timestamp)
        -> Bool
    {
        guard let state, state.isOf(connection) else { return true }
        if let retryAt = state.retryAt, now < retryAt, retryAt < now.adding(seconds: fullInterval) { return false }
        // Whoever asks every `interval` asks a moment too early now and then.
        return now >= state.startedAt.adding(seconds: interval - interval / 10) || now < state.startedAt
    }

    /// What is to be read.
    ///
    /// Looking at roles takes half of the budget at most (at an environment of Dataverse: what cost n requests is done every
    /// n seconds).
    package static func reading(
        _ state: SyncState?, of connection: Connection, everybody: Bool, within budget: SyncBudget.Size,
        at now: Timestamp
    ) -> Reading {
        guard !everybody, let state, state.isOf(connection), let success = state.success, success.readTo <= now,
            now < success.fullAt.adding(seconds: fullInterval)
        else { return Reading(isFull: true, looksAtRoles: true) }
        return Reading(
            isFull: false,
            looksAtRoles: now >= success.rolesAt.adding(seconds: budget.pause(after: success.roleRequests)))
    }
}
