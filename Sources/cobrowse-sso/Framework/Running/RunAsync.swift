internal import BridgeCore
internal import Dispatch
internal import Synchronization

/// Runs asynchronous code to its end while the calling thread waits.
///
/// Only commands that need it call it: the first task starts the threads of the concurrency runtime, which a command
/// such as `cert pubkey` need not pay for. Never call it from a task.
func runAsync<Value: Sendable>(
    _ body: @escaping @Sendable () async throws(CommandFailure) -> Value
) throws(CommandFailure) -> Value {
    let outcome = Outcome<Value>()
    Task.detached {
        do throws(CommandFailure) {
            outcome.finish(.success(try await body()))
        } catch {
            outcome.finish(.failure(error))
        }
    }
    return try outcome.wait()
}

/// A place for one result that another thread waits for.
private final class Outcome<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, CommandFailure>?>(nil)
    private let isFinished = DispatchSemaphore(value: 0)

    func finish(_ value: Result<Value, CommandFailure>) {
        result.withLock { $0 = value }
        isFinished.signal()
    }

    func wait() throws(CommandFailure) -> Value {
        isFinished.wait()
        guard let result = result.withLock({ $0 }) else {
            throw CommandFailure(.internal, "a task ended without a result")
        }
        return try result.get()
    }
}
