internal import Glibc

/// A thread bound to one core; processes it starts inherit the core.
final class PinnedThread<Value>: @unchecked Sendable {  // `result` is written by the thread, read after the join
    private let body: () throws -> Value
    private let core: Int
    private var handle = pthread_t()
    private var result: Result<Value, any Error>?

    private init(core: Int, _ body: @escaping () throws -> Value) {
        self.core = core
        self.body = body
    }

    /// Runs `body` on `core` and waits for it.
    static func run(on core: Int, _ body: @escaping () throws -> Value) throws -> Value {
        try start(on: core, body).join()
    }

    /// Runs `body` on `core`; `join` has to follow.
    static func start(on core: Int, _ body: @escaping () throws -> Value) throws -> PinnedThread {
        let thread = PinnedThread(core: core, body)
        let context = Unmanaged.passRetained(Entry(thread.main))
        let status = pthread_create(
            &thread.handle, nil,
            { context in
                if let context { Unmanaged<Entry>.fromOpaque(context).takeRetainedValue().body() }
                return nil
            }, context.toOpaque())
        guard status == 0 else {
            context.release()
            throw BenchError.wrong("a thread cannot be started: \(systemMessage(status))")
        }
        return thread
    }

    /// Waits for the end and returns what `body` did.
    func join() throws -> Value {
        pthread_join(handle, nil)
        guard let result else { throw BenchError.wrong("a thread ended without a result") }
        return try result.get()
    }

    private func main() {
        result = Result {
            try Cores.pin(to: core)
            return try body()
        }
    }
}

/// What a C function pointer can be handed of a generic class.
private final class Entry {
    let body: () -> Void

    init(_ body: @escaping () -> Void) {
        self.body = body
    }
}
