package import AuthService

/// What the rules alone make of what somebody has.
package struct SyncRoles: Sendable, Hashable {
    package let outcome: RuleOutcome
    /// What that may be otherwise by.
    package let doubts: SyncDoubts
}
