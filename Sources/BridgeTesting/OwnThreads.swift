internal import Dispatch

/// Runs every piece of a task on a thread that has nothing else to do, so that the piece may block.
///
/// The concurrency runtime has as many threads as the machine has cores, on one core a single one. A test that blocks
/// such a thread waits for work that may need the same thread: the tests then hang, or not, as the machine decides.
package final class OwnThreads: TaskExecutor {
    private static let shared = OwnThreads()

    /// Whether the caller is a task that runs here.
    package static var areCurrent: Bool {
        unsafe withUnsafeCurrentTask { task in
            guard let executor = unsafe task?.unownedTaskExecutor else { return false }
            return unsafe executor == shared.asUnownedTaskExecutor()
        }
    }

    /// For the first line of what blocks: fails where that would block a thread of the concurrency runtime.
    package static func require() throws(NotOnOwnThread) {
        guard areCurrent else { throw NotOnOwnThread() }
    }

    /// Runs `body`, the tasks it has as children included, where blocking does no harm.
    fileprivate static func run<Value, Failure>(
        _ body: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        try await withTaskExecutorPreference(shared, operation: body)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // A serial queue of its own gets a thread however many others are blocked; concurrent ones have one a core.
        DispatchQueue(label: "cobrowse-sso.testing.own-thread").async {
            unsafe job.runSynchronously(on: self.asUnownedTaskExecutor())
        }
    }
}

/// A test blocks a thread that others need.
package struct NotOnOwnThread: Error, CustomStringConvertible {
    package var description: String { "what blocks belongs into onThread or into a test with the trait .blocking" }
}

/// Runs `body`, which may block, off the threads of the concurrency runtime, and returns what it returns.
///
/// Its child tasks run on threads of their own as well. A suite that blocks all the time has the trait `.blocking`.
package func onThread<Value, Failure>(_ body: () async throws(Failure) -> Value) async throws(Failure) -> Value {
    try await OwnThreads.run(body)
}
