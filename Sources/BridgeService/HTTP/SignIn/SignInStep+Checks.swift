internal import AuthService
internal import Connectors

extension SignInStep {
    /// The step in the trace of a decision.
    var check: Check.Name {
        switch self {
        case .state: .state
        case .code: .code
        case .idToken: .idToken
        }
    }

    /// The steps that were passed before this one.
    ///
    /// - Parameter provider: who lets people in, as traces call it.
    func passedBefore(by provider: String) -> [Check] {
        Self.allCases.prefix { $0 != self }.map { $0.passed(by: provider) }
    }

    /// All of them.
    static func allPassed(by provider: String) -> [Check] { allCases.map { $0.passed(by: provider) } }

    private func passed(by provider: String) -> Check {
        let words =
            switch self {
            case .state: "the browser that left has come back, once and in time"
            case .code: "\(provider) let the person in, and gave tokens for the code"
            case .idToken: "\(provider)'s ID token was verified"
            }
        return Check(check, .passed, words)
    }
}
