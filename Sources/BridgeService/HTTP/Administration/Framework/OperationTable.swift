internal import HTTPMessage

/// Finds the operation of a request.
struct OperationTable: Sendable {
    let operations: [Operation]

    /// What a path and a method lead to.
    enum Match {
        case operation(Operation, parameters: [String: String])
        /// The path is one; these are its methods.
        case otherMethods([HTTPMethod])
    }

    /// Every operation of the administration; of two that match a path and a method, the first counts.
    static let all = OperationTable(
        operations: Operation.tenants + Operation.keys + Operation.organizations + Operation.connections
            + Operation.rules + Operation.accounts
            + Operation.revocations + Operation.decisions + Operation.audit + Operation.tokens + Operation.embeds
            + Operation.consent)

    /// The operation of a path as it was sent; `HEAD` is answered wherever `GET` is.
    func find(_ method: HTTPMethod, _ path: String) -> Match? {
        let wanted = method == .head ? .get : method
        var methods: [HTTPMethod] = []
        for operation in operations {
            guard let parameters = operation.spec.path.values(in: path) else { continue }
            if operation.spec.method == wanted { return .operation(operation, parameters: parameters) }
            methods.append(operation.spec.method)
        }
        return methods.isEmpty ? nil : .otherMethods(HTTPMethod.allCases.filter { Self.answers($0, methods) })
    }

    private static func answers(_ method: HTTPMethod, _ methods: [HTTPMethod]) -> Bool {
        methods.contains(method) || method == .head && methods.contains(.get)
    }
}
