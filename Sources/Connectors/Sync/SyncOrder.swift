package import AuthService

/// What somebody wants of a sync.
package struct SyncOrder: Sendable {
    /// Who has it done, as the audit trail names them.
    package let actor: Actor
    /// How many seconds after the last one it is time for the next one; `nil` for now.
    package var interval: Int64?
    /// Whether everybody is read, and not those alone whose rows were modified.
    package var everybody: Bool
    /// Whether it goes on where it would stop because of too many.
    package var goesOn: Bool
    /// Whether it only says what it would do.
    package var isDryRun: Bool

    package init(
        actor: Actor, interval: Int64? = nil, everybody: Bool = false, goesOn: Bool = false, isDryRun: Bool = false
    ) {
        self.actor = actor
        self.interval = interval
        self.everybody = everybody
        self.goesOn = goesOn
        self.isDryRun = isDryRun
    }
}
