package import BridgeCore

/// What a decision about made-up or remembered facts comes to: a role, or the reason code of a refusal.
package enum RuleOutcome: Sendable, Hashable, CustomStringConvertible {
    case role(Role)
    case denial(ReasonCode)

    /// `agent`, `administrator` or the code, as documents and answers have it.
    package var description: String {
        switch self {
        case .role(let role): role.rawValue
        case .denial(let code): code.rawValue
        }
    }

    /// The role; `nil` for a refusal.
    package var role: Role? {
        if case .role(let role) = self { role } else { nil }
    }
}
