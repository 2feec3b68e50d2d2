/// A callback that is not what the sign-in asked for.
enum CallbackDefect: String, Sendable, Hashable, CaseIterable {
    case noState = "no-state"
    case otherState = "other-state"
    case noCode = "no-code"
    case unknownCode = "unknown-code"

    var summary: String {
        switch self {
        case .noState: "the callback has no state"
        case .otherState: "the callback has a state that nobody sent"
        case .noCode: "the callback has neither code nor error"
        case .unknownCode: "the callback has a code that was never issued"
        }
    }
}
