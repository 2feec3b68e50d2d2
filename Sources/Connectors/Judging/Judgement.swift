package import AuthService
internal import BridgeCore

/// What the decision about somebody who has signed in came to, and everything it looked at.
package struct Judgement: Sendable {
    package let outcome: Result<Grant, AccessDenial>
    /// What the CRM said; `nil` where it was not asked, or had nothing to say.
    package let facts: LoginFacts?
    package let trace: FullTrace
    /// Whether some of it was not asked now, but remembered.
    let usedMemory: Bool

    init(
        _ outcome: Result<Grant, AccessDenial>, facts: LoginFacts? = nil, _ trace: FullTrace, usedMemory: Bool = false
    ) {
        self.outcome = outcome
        self.facts = facts
        self.trace = trace
        self.usedMemory = usedMemory
    }

    /// Why the person ought to be asked about once more, past everything that is kept; `nil` where nothing can come of
    /// that. Nobody is refused by what is a minute old.
    var reasonToAskAgain: AccessDenial? {
        guard case .failure(let denial) = outcome, denial.isWorthAskingAgain else { return nil }
        return denial
    }
}

extension FullTrace {
    /// Takes note of why the CRM is asked once more.
    mutating func noteAskedAgain(_ denial: AccessDenial) {
        note(.connection, .passed, "asked again before a refusal: \(denial.code.rawValue)")
    }
}

extension AccessPolicy {
    /// Decides; whatever else is wrong with the person comes first, then it is said why the roles are not known.
    ///
    /// - Parameter problem: what kept the roles from being read.
    func decide(
        _ facts: LoginFacts, rolesProblem problem: ConnectorError?, now: Timestamp, _ trace: inout FullTrace
    ) -> Result<Grant, AccessDenial> {
        do throws(AccessDenial) {
            return .success(try decide(facts, now: now, trace: &trace))
        } catch {
            guard error.code == .rolesUnavailable, let problem else { return .failure(error) }
            return .failure(
                AccessDenial(
                    .rolesUnavailable, "the roles could not be read: \(problem.detail)",
                    ownDetail: "the roles could not be read: \(problem.ownDetail)", hint: problem.hint,
                    fixedBy: AccessDenial(problem).fixedBy))
        }
    }
}

extension AccessDenial {
    /// What a connector could not do, as the reason why somebody is not let in.
    package init(_ error: ConnectorError) {
        self.init(
            error.code, error.detail, ownDetail: error.ownDetail, hint: error.hint, fixedBy: Self.fixer(of: error))
    }

    /// `nil` where the code tells it better: who administers the CRM, and who connects it.
    private static func fixer(of error: ConnectorError) -> Fixer? {
        guard error.code != .connectionMissing, error.code != .connectionUnvalidated else { return nil }
        return switch error.fixedBy {
        case .agent: .person
        case .bridgeOperator: .bridgeOperator
        case .environmentAdministrator: .environmentAdministrator
        case .tenantAdministrator, nil: nil
        }
    }

    /// Whether it says something of the person, which may have changed; not that something does not work.
    fileprivate var isWorthAskingAgain: Bool {
        code.category == .person && code != .rolesUnavailable
    }

    /// A connection is not asked through before it has passed its test.
    static func unvalidated(_ connection: Connection) -> AccessDenial {
        AccessDenial(.unvalidated(connection.id))
    }
}

extension ConnectorError {
    /// A connection is not used before it has passed its test.
    package static func unvalidated(_ id: ConnectionID) -> ConnectorError {
        ConnectorError(
            .connectionUnvalidated, "the \(id) has not passed a test since it was changed",
            hint: "an administrator tests and saves it: cobrowse-sso \(id.kind.rawValue) save --license \(id.license) "
                + "--connection \(id.name)", fixedBy: .bridgeOperator)
    }
}
