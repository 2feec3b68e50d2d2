import AuthService
internal import Dispatch

/// Reads on a connection of its own, so that no read waits for a commit, on a queue, so that none blocks a task.
final class Reader: @unchecked Sendable {  // database is touched on `queue` only
    private let path: String
    private let queue = DispatchQueue(label: "cobrowse-sso.store.reader")
    private var database: SQLiteConnection?

    init(_ database: SQLiteConnection, path: String) {
        self.path = path
        self.database = database
    }

    /// Runs `body`; each statement in it sees all that was committed before it began.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (SQLiteConnection) throws(SQLiteError) -> Value
    ) async throws(StoreError) -> Value {
        let result = await withUnsafeContinuation { continuation in
            queue.async { continuation.resume(returning: self.result(of: body)) }
        }
        return try result.get()
    }

    /// Lets reads that wait finish and closes the connection. Later calls fail with `internal`.
    func close() async {
        await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
            queue.async {
                self.database = nil
                continuation.resume()
            }
        }
    }

    private func result<Value>(
        of body: (SQLiteConnection) throws(SQLiteError) -> Value
    ) -> Result<Value, StoreError> {
        guard let database else { return .failure(.closed(path)) }
        do throws(SQLiteError) {
            return .success(try body(database))
        } catch {
            return .failure(StoreError(error, path: path))
        }
    }
}
