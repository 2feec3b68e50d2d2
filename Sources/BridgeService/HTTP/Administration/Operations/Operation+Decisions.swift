internal import AuthService
internal import BridgeCore
internal import HTTPMessage

extension Operation {
    private static let path = PathTemplate("/api/1/tenants/{license}/decisions")

    /// Why logins were let in or not.
    static let decisions = [
        Operation(
            spec: OperationSpec(
                id: "listDecisions", method: .get, path: path, summary: "List why logins were let in or not",
                need: .tenant,
                query: QueryParameter.paging + [
                    QueryParameter(
                        name: "email", schema: .formatted("email"), summary: "Those about this address.")
                ],
                answers: [.list("Decisions, newest first", "Decision")], problems: [.init(.notFound)])
        ) { call in
            let limit = try call.query.limit()
            let last = try call.position("listDecisions")
            guard last?.hasPrefix("dec_") ?? true else { throw ListCursor.malformed }
            let email = try call.query.email()
            let license = try await call.knownLicense()
            let decisions = try await call.store.decisions(
                of: license, email: email?.value, before: last, limit: limit + 1)
            return ListPage("listDecisions", decisions, limit: limit, position: \.id)
                .answer { $1.raw($0.document.utf8) }
        },
        Operation(
            spec: OperationSpec(
                id: "getDecision", method: .get, path: PathTemplate("/api/1/tenants/{license}/decisions/{id}"),
                summary: "One decision with every check it took", need: .tenant,
                answers: [.value("The decision", .named("Decision"))], problems: [.init(.notFound)])
        ) { call in
            let license = try await call.knownLicense()
            guard let decision = try await call.store.decision(call.parameters["id"] ?? "", of: license) else {
                throw StoreError(
                    .notFound, "the tenant \(license) has no decision with this id",
                    hint: "decisions are kept for 90 days unless the operator changed that")
            }
            return .json { $0.raw(decision.document.utf8) }
        },
    ]
}
