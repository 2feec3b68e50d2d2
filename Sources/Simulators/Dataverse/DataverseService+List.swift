import BridgeCore
import HTTPMessage

extension DataverseService {
    /// A page of rows.
    func list(
        _ entity: EntityType, _ rows: RowSet, _ request: SimulatedRequest, caller: Caller, context: String,
        paging: PagingDefect?
    ) throws(DataverseError) -> HTTPResponse {
        try caller.check(entity.privilege)
        let query = try ODataQuery(request.query, on: entity, schema: tables.schema)
        let preferences = Preferences(request.field("Prefer"))
        let page = tables.page(
            entity, rows, query, size: preferences.maximumPageSize ?? Preferences.standardPageSize,
            ignoresTop: preferences.maximumPageSize != nil)
        let writer = RowWriter(tables: tables, entity: entity, select: query.select)
        let link = try nextLink(page, request, query, paging)
        var response = answer { document in
            document.object { document in
                document.member(
                    "@odata.context", "\(origin)/api/data/v9.2/$metadata#\(context)\(writer.contextColumns)")
                if let total = page.total { document.member("@odata.count", total) }
                document.name("value")
                document.array { document in
                    if paging != .endless { for place in page.places { writer.write(place, to: &document) } }
                }
                if let link { document.member("@odata.nextLink", link) }
            }
        }
        if let size = preferences.maximumPageSize {
            response.fields.append(
                DataverseHeaders.preferenceApplied, HTTPFieldValue(replacingIllegalIn: "odata.maxpagesize=\(size)"))
        }
        return response
    }

    private func nextLink(
        _ page: Page, _ request: SimulatedRequest, _ query: ODataQuery, _ paging: PagingDefect?
    ) throws(DataverseError) -> String? {
        let number = (query.skipToken?.page ?? 1) + 1
        let position = query.skipToken?.position ?? 0
        switch paging {
        case nil: return page.next.map { link(request, to: ODataPageToken(page: number, position: $0), origin) }
        case .foreignHost:
            return link(
                request, to: ODataPageToken(page: number, position: page.next ?? 1), "https://elsewhere.invalid")
        case .loops: return link(request, to: ODataPageToken(page: max(2, number - 1), position: position), origin)
        case .endless: return link(request, to: ODataPageToken(page: number, position: position), origin)
        case .fails:
            guard query.skipToken == nil else {
                throw DataverseError(.internalServerError, "0x80040216", "An unexpected error occurred.")
            }
            return link(request, to: ODataPageToken(page: number, position: page.next ?? 1), origin)
        }
    }

    /// The URL of the request with another page token.
    private func link(_ request: SimulatedRequest, to token: ODataPageToken, _ origin: String) -> String {
        let options = (request.query ?? "").split(separator: "&").filter { !$0.hasPrefix("$skiptoken=") }
        let all = options.map(String.init) + ["$skiptoken=\(PercentText.encode(token.text))"]
        return "\(origin)\(request.path)?\(all.joined(separator: "&"))"
    }

    /// 200 with a JSON document.
    func answer(_ body: (inout JSONWriter) -> Void) -> HTTPResponse {
        var response = HTTPResponse.json(contentType: "application/json; odata.metadata=minimal", body)
        response.fields.append(DataverseHeaders.odataVersion, "4.0")
        return response
    }
}
