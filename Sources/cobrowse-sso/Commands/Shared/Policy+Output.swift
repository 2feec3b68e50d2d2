internal import AuthService

extension Policy {
    /// What it allows and what is doubtful, a line each, for people.
    var lines: [String] {
        (sentences + warnings.map { "warning: \($0)" }).map { "  \(Printable.line($0))" }
    }
}
