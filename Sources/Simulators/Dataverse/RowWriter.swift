import BridgeCore
import HTTPMessage

/// Writes rows as the Web API shows them.
struct RowWriter {
    let tables: Tables
    let entity: EntityType
    /// The columns asked for; `nil` for all.
    let select: [String]?

    /// Writes the object of the row at `place`; the key is always there.
    func write(_ place: Int, to writer: inout JSONWriter, context: String? = nil) {
        let row = tables.row(entity, place)
        writer.object { writer in
            if let context { writer.member("@odata.context", context) }
            writer.member("@odata.etag", etag(row))
            for column in columns {
                writer.name(column)
                tables.value(row, column).write(to: &writer)
            }
        }
    }

    /// What stands in the parentheses of a context: `(fullname,systemuserid)`; empty for all columns.
    var contextColumns: String { select.map { "(\($0.joined(separator: ",")))" } ?? "" }

    private var columns: [String] {
        guard let select else { return entity.columns.keys.sorted() }
        return select.contains(entity.key) ? select : select + [entity.key]
    }

    private func etag(_ row: Tables.Row) -> String {
        if case .user(let user) = row { return "W/\"\(user.modifiedOn.milliseconds / 1000)\"" }
        return "W/\"1000000\""
    }
}
