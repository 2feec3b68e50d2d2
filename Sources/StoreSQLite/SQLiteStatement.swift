internal import CSQLite

/// A value bound to a parameter of a statement.
enum SQLiteValue {
    case text(String?)
    case integer(Int64?)
    case blob([UInt8]?)
}

/// A prepared statement, used again and again by the queue of its connection.
final class SQLiteStatement {
    private let pointer: OpaquePointer  // sqlite3_stmt, owned: finalized in deinit

    /// Takes ownership of a statement that `sqlite3_prepare_v3` made.
    init(takingOwnershipOf pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit { sqlite3_finalize(pointer) }

    /// Runs the statement to its end, ignoring rows.
    func run(_ values: SQLiteValue...) throws(SQLiteError) {
        defer { reset() }
        try bind(values)
        while try step() {}
    }

    /// The first row as `read` makes it, or `nil`.
    func first<Row>(
        _ values: SQLiteValue..., read: (SQLiteStatement) throws(SQLiteError) -> Row
    ) throws(SQLiteError) -> Row? {
        defer { reset() }
        try bind(values)
        return try step() ? try read(self) : nil
    }

    /// All rows as `read` makes them.
    func all<Row>(
        _ values: SQLiteValue..., read: (SQLiteStatement) throws(SQLiteError) -> Row
    ) throws(SQLiteError) -> [Row] {
        try all(values, read: read)
    }

    /// The same with values that were put together before.
    func all<Row>(
        _ values: [SQLiteValue], read: (SQLiteStatement) throws(SQLiteError) -> Row
    ) throws(SQLiteError) -> [Row] {
        defer { reset() }
        try bind(values)
        var rows: [Row] = []
        while try step() { rows.append(try read(self)) }
        return rows
    }

    private func bind(_ values: [SQLiteValue]) throws(SQLiteError) {
        for (index, value) in values.enumerated() {
            let position = Int32(index + 1)
            switch value {
            case .text(let text): try bind(text, at: position)
            case .integer(let number): try bind(number, at: position)
            case .blob(let bytes): try bind(bytes, at: position)
            }
        }
    }
}

/// One step at a time, for the path of logins and for the functions above.
extension SQLiteStatement {
    /// Binds text, copied by SQLite; parameters count from 1.
    func bind(_ text: String?, at index: Int32) throws(SQLiteError) {
        guard var text else { return try check(sqlite3_bind_null(pointer, index)) }
        try check(text.withUTF8 { bridge_sqlite_bind_text(pointer, index, $0.baseAddress, UInt64($0.count)) })
    }

    /// Binds a whole number.
    func bind(_ number: Int64?, at index: Int32) throws(SQLiteError) {
        try check(number.map { sqlite3_bind_int64(pointer, index, $0) } ?? sqlite3_bind_null(pointer, index))
    }

    /// Binds bytes, copied by SQLite.
    func bind(_ bytes: [UInt8]?, at index: Int32) throws(SQLiteError) {
        guard let bytes else { return try check(sqlite3_bind_null(pointer, index)) }
        try check(bytes.withUnsafeBytes { bridge_sqlite_bind_blob(pointer, index, $0.baseAddress, UInt64($0.count)) })
    }

    /// Goes on to the next row; `false` at the end.
    func step() throws(SQLiteError) -> Bool {
        switch sqlite3_step(pointer) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw failure(code)
        }
    }

    /// Makes the statement ready to be run again; without it a read would hold its snapshot, and with it the log.
    func reset() {
        sqlite3_reset(pointer)  // repeats the code of the step that failed: already thrown
    }

    private func check(_ code: Int32) throws(SQLiteError) {
        guard code == SQLITE_OK else { throw failure(code) }
    }

    private func failure(_ code: Int32) -> SQLiteError {
        .failed(code: code, message: String(cString: sqlite3_errmsg(sqlite3_db_handle(pointer))))
    }
}

/// The columns of the current row, counted from 0; `name` says in an error which column was damaged.
extension SQLiteStatement {
    /// Text; damaged where it is NULL, of another type or not UTF-8.
    func text(_ column: Int32, _ name: @autoclosure () -> String) throws(SQLiteError) -> String {
        guard let text = try optionalText(column, name()) else { throw .damaged(column: name()) }
        return text
    }

    /// Text or NULL.
    func optionalText(_ column: Int32, _ name: @autoclosure () -> String) throws(SQLiteError) -> String? {
        switch sqlite3_column_type(pointer, column) {
        case SQLITE_NULL: return nil
        case SQLITE_TEXT:
            guard let text = withText(column, { String(validating: $0, as: UTF8.self) }) else { break }
            return text
        default: break
        }
        throw .damaged(column: name())
    }

    /// Whether the column holds exactly the UTF-8 of `text`; spares making a string that is there already.
    func holds(_ text: String, in column: Int32) -> Bool {
        var text = text
        return withText(column) { stored in text.withUTF8 { stored.elementsEqual($0) } }
    }

    /// A whole number.
    func integer(_ column: Int32, _ name: @autoclosure () -> String) throws(SQLiteError) -> Int64 {
        guard let number = try optionalInteger(column, name()) else { throw .damaged(column: name()) }
        return number
    }

    /// A whole number or NULL.
    func optionalInteger(_ column: Int32, _ name: @autoclosure () -> String) throws(SQLiteError) -> Int64? {
        switch sqlite3_column_type(pointer, column) {
        case SQLITE_NULL: return nil
        case SQLITE_INTEGER: return sqlite3_column_int64(pointer, column)
        default: throw .damaged(column: name())
        }
    }

    /// Bytes.
    func blob(_ column: Int32, _ name: @autoclosure () -> String) throws(SQLiteError) -> [UInt8] {
        guard let bytes = try optionalBlob(column, name()) else { throw .damaged(column: name()) }
        return bytes
    }

    /// Bytes or NULL.
    func optionalBlob(_ column: Int32, _ name: @autoclosure () -> String) throws(SQLiteError) -> [UInt8]? {
        switch sqlite3_column_type(pointer, column) {
        case SQLITE_NULL: return nil
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(pointer, column)
            return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, column))))
        default: throw .damaged(column: name())
        }
    }

    private func withText<Result>(_ column: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let start = sqlite3_column_text(pointer, column)  // before the count: it may convert the value
        return body(UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, column))))
    }
}
