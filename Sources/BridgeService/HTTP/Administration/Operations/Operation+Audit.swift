internal import AuthService
internal import BridgeCore
internal import HTTPMessage

extension Operation {
    /// What was changed, by whom.
    static let audit = [
        Operation(
            spec: OperationSpec(
                id: "listAudit", method: .get, path: PathTemplate("/api/1/tenants/{license}/audit"),
                summary: "List what was changed and decided, and by whom", need: .tenant,
                query: QueryParameter.paging + [
                    QueryParameter(name: "since", schema: .time, summary: "Entries at this time or later."),
                    QueryParameter(name: "until", schema: .time, summary: "Entries before this time."),
                    QueryParameter(name: "actor", schema: .string, summary: "Entries of this actor."),
                    QueryParameter(
                        name: "account", schema: .string, summary: "Entries about this account: address or id."),
                    QueryParameter(
                        name: "code", schema: .choice(ReasonCode.allCases.map(\.rawValue)),
                        summary: "Entries with this reason code."),
                    QueryParameter(name: "action", schema: .string, summary: "Entries of this action: `key.import`."),
                ],
                answers: [.list("Entries of the tenant, newest first", "AuditEntry")], problems: [.init(.notFound)]),
            run: listAudit)
    ]

    private static func listAudit(_ call: AdministrationCall) async throws -> AdministrationAnswer {
        let limit = try call.query.limit()
        let last = try call.position("listAudit").map { text throws(RequestRefusal) in
            guard let sequence = Int64(text), sequence > 0 else { throw ListCursor.malformed }
            return sequence
        }
        var query = try query(call)
        let license = try await call.knownLicense()
        query.license = license
        if let account = try call.query.text("account") {
            query.account = try await .find(account, of: license, in: call.store)
        }
        let records = try await call.store.audit(query, after: last, order: .newestFirst, limit: limit + 1)
        return ListPage("listAudit", records, limit: limit) { "\($0.sequence)" }.answer { $1.auditRecord($0) }
    }

    private static func query(_ call: AdministrationCall) throws(RequestRefusal) -> AuditQuery {
        var query = AuditQuery()
        query.since = try call.query.time("since")
        query.until = try call.query.time("until")
        query.actor = try call.query.text("actor")
        query.action = try call.query.text("action")
        if let text = try call.query.text("code") {
            guard let code = ReasonCode(rawValue: text) else {
                let near = Suggestion.nearest(to: text, among: ReasonCode.allCases.map(\.rawValue))
                throw .query("code", "is no reason code", hint: near.map { "did you mean \($0)?" })
            }
            query.code = code
        }
        return query
    }
}
