/// What an account may do in Cobrowse; the order is the order of rights.
package enum Role: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Uses the tool: sees and starts own sessions.
    case agent
    /// Sees everything and changes the settings of the account.
    case administrator

    package static func < (left: Role, right: Role) -> Bool {
        left == .agent && right == .administrator
    }
}
