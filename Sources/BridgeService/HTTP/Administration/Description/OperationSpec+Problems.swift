internal import BridgeCore
internal import HTTPMessage

extension OperationSpec {
    /// Every way to fail: what the operation names, and what its kind has in common; by status, codes in their order.
    var failures: [(status: HTTPStatus, codes: [String])] {
        var codes: [UInt16: [String]] = [:]
        for problem in commonProblems + problems {
            let (status, code) = (problem.status.rawValue, problem.code.rawValue)
            if codes[status]?.contains(code) != true { codes[status, default: []].append(code) }
        }
        return codes.sorted { $0.key < $1.key }.map { (HTTPStatus(rawValue: $0.key), $0.value) }
    }

    private var commonProblems: [Problem] {
        var problems = need.problems
        if !query.isEmpty || need.isAdministration { problems.append(Problem(.configurationInvalid, .badRequest)) }
        if case .none = body {
        } else if need.isAdministration {
            problems.append(Problem(.configurationInvalid, .unsupportedMediaType))
            problems.append(Problem(.of(.contentTooLarge), .contentTooLarge))
        }
        if isConditional {
            problems.append(Problem(.conflict, .preconditionFailed))
            if method == .put, !isUpsert { problems.append(Problem(.configurationInvalid, .preconditionRequired)) }
        }
        return problems
    }
}

extension OperationSpec.Need {
    fileprivate var isAdministration: Bool {
        switch self {
        case .nothing, .agentToken: false
        case .tenant, .queriedTenant, .instance, .mint, .tenantMint: true
        }
    }

    /// What letting callers in can come to.
    fileprivate var problems: [OperationSpec.Problem] {
        let login = ReasonCode.allCases.filter { $0.category == .token || $0.category == .person }
        switch self {
        case .nothing: return [.init(.internal)]
        case .agentToken, .tenant, .queriedTenant, .instance, .mint, .tenantMint:
            return [.init(.unauthenticated), .init(.forbidden), .init(.rateLimited), .init(.internal)]
                + login.map { .init($0) }
        }
    }
}
