import BridgeCore
import HTTPMessage

/// Answers as `sender` does, without some rows, as for a user to whom they are not shown.
struct HidingSender: HTTPSender {
    /// Rows of an object by what stands in a column.
    struct Rows: Sendable {
        let object: String
        let column: String
        /// Whether a row with that value is hidden.
        let isHidden: @Sendable (String) -> Bool

        /// Those of one user.
        static func of(_ user: String, in object: String) -> Rows {
            Rows(object: object, column: object == "User" ? "Id" : "UserId") { $0 == user }
        }
    }

    let sender: StandInSender
    let hidden: [Rows]

    func send(_ request: OutgoingRequest) async throws(SendError) -> IncomingResponse {
        var response = try await sender.send(request)
        for rows in hidden where request.url.target.contains("FROM%20\(rows.object)%20") {
            response.body = Self.without(rows, response.body)
        }
        for rows in hidden where request.url.target.hasSuffix("FROM%20\(rows.object)") {
            response.body = Self.without(rows, response.body)
        }
        return response
    }

    /// The body of a page, which has to be the only one.
    private static func without(_ rows: Rows, _ body: [UInt8]) -> [UInt8] {
        guard let value = try? JSONValue(parsing: body), let all = value["records"]?.arrayValue else { return body }
        let shown = all.filter { !($0[rows.column]?.stringValue.map(rows.isHidden) ?? false) }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("totalSize", Int64(shown.count))
            writer.member("done", true)
            writer.name("records")
            writer.array { writer in for row in shown { writer.value(row) } }
        }
        return Array(writer.text.utf8)
    }
}
