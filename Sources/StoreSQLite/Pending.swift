import AuthService
import BridgeCore

/// A login waiting for the next transaction.
struct PendingLogin {
    let attempt: LoginAttempt
    let continuation: UnsafeContinuation<Result<SettledLogin, StoreError>, Never>
}

/// Any other change waiting for the next transaction.
protocol PendingChange: Sendable {
    /// Makes the change and keeps its outcome; returns the failure if it was one.
    func run(on database: SQLiteConnection, path: String) -> SQLiteError?
    /// Answers the caller: with the outcome, or with `failure` where the transaction did not last.
    func finish(failure: StoreError?)
}

/// A change and its caller. Touched by the writer's queue only, from the moment it is queued.
final class Change<Value: Sendable>: PendingChange, @unchecked Sendable {
    typealias Body = @Sendable (SQLiteConnection) throws(SQLiteError) -> Value

    private let body: Body
    private let continuation: UnsafeContinuation<Result<Value, StoreError>, Never>
    private var outcome: Result<Value, StoreError>?

    init(_ body: @escaping Body, answering continuation: UnsafeContinuation<Result<Value, StoreError>, Never>) {
        self.body = body
        self.continuation = continuation
    }

    func run(on database: SQLiteConnection, path: String) -> SQLiteError? {
        do throws(SQLiteError) {
            outcome = .success(try body(database))
            return nil
        } catch {
            outcome = .failure(StoreError(error, path: path))
            return error
        }
    }

    func finish(failure: StoreError?) {
        if let failure { return continuation.resume(returning: .failure(failure)) }
        continuation.resume(returning: outcome ?? .failure(StoreError(.internal, "the change was not made")))
    }
}
