internal import Dispatch
internal import Synchronization

/// Runs asynchronous code to its end while the calling thread waits; never call it from a task.
func waitFor<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
    let outcome = Outcome<Value>()
    Task.detached {
        do {
            outcome.finish(.success(try await body()))
        } catch {
            outcome.finish(.failure(error))
        }
    }
    return try outcome.wait()
}

/// A place for one result that another thread waits for.
private final class Outcome<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)
    private let isFinished = DispatchSemaphore(value: 0)

    func finish(_ value: Result<Value, any Error>) {
        result.withLock { $0 = value }
        isFinished.signal()
    }

    func wait() throws -> Value {
        isFinished.wait()
        guard let result = result.withLock({ $0 }) else { throw BenchError.wrong("a task ended without a result") }
        return try result.get()
    }
}
