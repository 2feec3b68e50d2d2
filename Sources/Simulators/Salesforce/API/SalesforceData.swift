import BridgeCore
import HTTPMessage

/// The data API of an org for one request.
struct SalesforceData {
    let admission: SalesforceAdmission
    let request: SimulatedRequest
    let fault: Fault.Effect?
    let context: SalesforceContext

    /// An answer, and the query that it is the first page of, to be kept.
    struct Answer {
        var response: HTTPResponse
        var cursor: QueryCursor?
    }

    /// Answers what stands behind the version in the path.
    ///
    /// - Throws: the refusal.
    func answer(_ path: [String]) throws(SalesforceAPIError) -> Answer {
        guard request.method == .get else {
            throw SalesforceAPIError(
                .methodNotAllowed, "METHOD_NOT_ALLOWED",
                "HTTP Method '\(request.method.rawValue)' not allowed. Allowed are HEAD,GET")
        }
        if request.target.utf8.count > 16_384 {
            throw SalesforceAPIError(.targetTooLong, "URI_TOO_LONG", "The length of the URI exceeds the limit.")
        }
        var answer: Answer
        switch (path.first, path.count) {
        case ("limits", 1): answer = Answer(response: limits)
        case ("query", 1): answer = try firstPage()
        case ("query", 2): answer = try nextPage(path[1])
        default: throw .notFound
        }
        answer.response.fields.append(
            Self.limitInfo,
            HTTPFieldValue(replacingIllegalIn: "api-usage=\(admission.calls)/\(admission.org.apiLimit)"))
        return answer
    }

    /// The name is a token, so the other side is never reached.
    private static let limitInfo = HTTPFieldName("Sforce-Limit-Info") ?? .xRequestID

    private var limits: HTTPResponse {
        .json { writer in
            writer.object { writer in
                writer.name("DailyApiRequests")
                writer.object { writer in
                    writer.member("Max", admission.org.apiLimit)
                    writer.member("Remaining", admission.org.apiLimit - admission.calls)
                }
            }
        }
    }

    private func firstPage() throws(SalesforceAPIError) -> Answer {
        let parameters: Parameters
        do throws(Parameters.Problem) {
            parameters = try Parameters(request.query ?? "", isForm: true)
        } catch {
            throw .malformed("the query string is malformed")
        }
        guard let text = parameters["q"] else { throw .malformed("A query string has to be specified") }
        if case .salesforce(.rows(.objectForm)) = fault {
            return Answer(response: SalesforceOAuthError("unknown_error", "not in the form of the data API").answer)
        }
        let tables = OrgTables(
            org: admission.org, caller: admission.user, now: context.now, version: admission.version)
        var query = try SOQLParser.parse(
            text, version: admission.version, hasAccessPolicies: admission.org.hasAccessPolicies)
        try tables.checkRights(to: query.object, admission.rights)
        query.filter = try query.filter.map { condition throws(SalesforceAPIError) in
            try tables.resolved(condition, admission.rights)
        }
        var rows = tables.rows(query)
        if case .salesforce(.rows(.none)) = fault { rows = .list([]) }
        if !tables.mayRead(query.object, admission.rights) { rows = .list([]) }
        let size = pageSize
        let cursor = QueryCursor(
            id: RecordID.named(.queryLocator, try token()), user: admission.user.id, tables: tables, query: query,
            rows: rows, pageSize: size)
        return try page(cursor, from: 0)
    }

    private func token() throws(SalesforceAPIError) -> String {
        do throws(SalesforceOAuthError) {
            return try context.token()
        } catch {
            throw SalesforceAPIError(.internalServerError, "UNKNOWN_EXCEPTION", error.description)
        }
    }

    /// 2,000, or what `Sforce-Query-Options: batchSize=` says between 200 and that; an org may give less.
    private var pageSize: Int {
        let option = request.field("Sforce-Query-Options").flatMap { text -> Int? in
            text.hasPrefix("batchSize=") ? Int(text.dropFirst(10)) : nil
        }
        return min(min(max(option ?? 2000, 200), 2000), admission.org.pageSize)
    }

    private func nextPage(_ text: String) throws(SalesforceAPIError) -> Answer {
        let parts = text.split(separator: "-")
        guard let cursor = admission.cursor, cursor.user == admission.user.id, parts.count == 2,
            parts[0] == cursor.id, let offset = Int(parts[1]), offset > 0, offset < max(cursor.rows.count, 2)
        else { throw .badLocator }
        if case .salesforce(.paging(.fails)) = fault { throw Self.pageFailed }
        return try page(cursor, from: offset)
    }

    private static let pageFailed = SalesforceAPIError(
        .internalServerError, "UNKNOWN_EXCEPTION", "An unexpected error occurred.")

    private func page(_ cursor: QueryCursor, from offset: Int) throws(SalesforceAPIError) -> Answer {
        var paging: QueryPagingDefect?
        if case .salesforce(.paging(let defect)) = fault { paging = defect }
        let end = min(offset + cursor.pageSize, cursor.rows.count)
        let isDone = end >= cursor.rows.count
        let link = link(cursor, from: offset, to: end, isDone: isDone, paging)
        // A link that repeats a place may lead behind the last row, or to one where there is none.
        let rows = offset..<(paging == .endless ? offset : max(offset, end))
        let total = cursor.rows.count
        let writer = SOQLRowWriter(cursor.query, tables: cursor.tables)
        let response = HTTPResponse.json(contentType: "application/json;charset=UTF-8", capacity: 512 * rows.count) {
            document in
            document.object { document in
                document.member("totalSize", total)
                document.member("done", paging == nil ? isDone : false)
                if let link { document.member("nextRecordsUrl", link) }
                document.name("records")
                document.array { document in
                    for index in rows { writer.write(cursor.rows[index], to: &document) }
                }
            }
        }
        let isKept = offset == 0 && (!isDone || paging != nil)
        return Answer(response: response, cursor: isKept ? cursor : nil)
    }

    private func link(
        _ cursor: QueryCursor, from offset: Int, to end: Int, isDone: Bool, _ paging: QueryPagingDefect?
    ) -> String? {
        let base = "/services/data/v\(admission.version).0/query/\(cursor.id)"
        switch paging {
        case nil: return isDone ? nil : "\(base)-\(end)"
        case .missing: return nil
        case .foreignHost: return "https://elsewhere.invalid\(base)-\(max(1, end))"
        case .fails: return "\(base)-\(max(1, min(end, cursor.rows.count - 1)))"
        case .loops, .endless: return "\(base)-\(max(1, offset))"
        }
    }
}

/// A query with the rows it found, and the org as it was then.
struct QueryCursor: Sendable {
    let id: String
    /// The running user's id, who alone may go on.
    let user: String
    let tables: OrgTables
    let query: SOQLQuery
    let rows: QueryRows
    let pageSize: Int
}

/// The places of rows, in their order.
enum QueryRows: Sendable {
    case range(Range<Int>)
    case list([Int])

    var count: Int {
        switch self {
        case .range(let range): range.count
        case .list(let places): places.count
        }
    }

    subscript(index: Int) -> Int {
        switch self {
        case .range(let range): range.lowerBound + index
        case .list(let places): places[index]
        }
    }
}
