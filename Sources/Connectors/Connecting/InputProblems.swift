internal import BridgeCore

/// Everything that is wrong with what was typed, so that it is mended in one go.
struct InputProblems {
    private var problems: [(member: String, error: ConnectorError)] = []

    var isEmpty: Bool { problems.isEmpty }

    /// Takes note of what is wrong with a member.
    mutating func note(
        _ member: String, _ detail: String, hint: String, fixedBy: FixedBy = .tenantAdministrator
    ) {
        note(member, ConnectorError(.configurationInvalid, detail, hint: hint, fixedBy: fixedBy))
    }

    mutating func note(_ member: String, _ error: ConnectorError) {
        problems.append((member, error))
    }

    /// All of them as one error; of several, each hint names its member.
    var error: ConnectorError {
        let hints = problems.compactMap { problem in
            problem.error.hint.map { problems.count == 1 ? $0 : "\(problem.member): \($0)" }
        }
        return ConnectorError(
            .configurationInvalid, problems.map { "\($0.member): \($0.error.detail)" }.joined(separator: "; "),
            hint: hints.isEmpty ? nil : hints.joined(separator: "; "), fixedBy: problems.first?.error.fixedBy)
    }
}
