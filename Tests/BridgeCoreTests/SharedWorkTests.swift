import BridgeCore
import Synchronization
import Testing

@Suite("Work that is shared")
struct SharedWorkTests {
    struct Failed: Error, Equatable {}

    /// Opens once everybody is there.
    private final class Gate: Sendable {
        /// How often somebody got through.
        let passes = Atomic(0)
        private let waiting = Mutex<[CheckedContinuation<Void, Never>]?>([])

        func pass() async {
            await withCheckedContinuation { continuation in
                let isOpen = waiting.withLock { waiting in
                    waiting?.append(continuation)
                    return waiting == nil
                }
                if isOpen { continuation.resume() }
            }
        }

        func open() {
            let all = waiting.withLock { waiting in
                defer { waiting = nil }
                return waiting ?? []
            }
            for continuation in all { continuation.resume() }
        }
    }

    @Test("is done once for all who ask meanwhile, and again for who asks later")
    func once() async throws {
        let (shared, gate) = (SharedWork<String, Int, Failed>(), Gate())
        let values = try await withThrowingTaskGroup(of: Int.self) { group in
            let started = AsyncStream<Void>.makeStream()
            group.addTask {
                try await shared.join("a") { () async throws(Failed) in
                    started.continuation.yield()
                    await gate.pass()
                    return gate.passes.wrappingAdd(1, ordering: .relaxed).newValue
                }
            }
            for await _ in started.stream { break }
            for _ in 0..<10 {
                group.addTask { try await shared.join("a") { () async throws(Failed) in -1 } }
            }
            // Those who come after the work is done do it themselves: the gate waits for the ten.
            while shared.followers(of: "a") < 10 { await Task.yield() }
            gate.open()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(values == [Int](repeating: 1, count: 11))
        #expect(try await shared.join("a") { () async throws(Failed) in 2 } == 2)
    }

    @Test("fails for all, and is kept apart by key")
    func failure() async throws {
        let shared = SharedWork<String, Int, Failed>()
        await #expect(throws: Failed()) { try await shared.join("a") { () async throws(Failed) in throw Failed() } }
        let value = try await shared.join("a") { () async throws(Failed) in
            try await shared.join("b") { () async throws(Failed) in 5 }
        }
        #expect(value == 5)
    }

    @Test("is taken over by another where whoever does it is cancelled")
    func cancelled() async throws {
        let (shared, started) = (SharedWork<String, Int, Failed>(), AsyncStream<Void>.makeStream())
        let first = Task {
            try await shared.join("a") { () async throws(Failed) in
                started.continuation.yield()
                while !Task.isCancelled { await Task.yield() }
                throw Failed()
            }
        }
        for await _ in started.stream { break }
        let second = Task { try await shared.join("a") { () async throws(Failed) in 7 } }
        while shared.followers(of: "a") < 1 { await Task.yield() }
        first.cancel()
        await #expect(throws: Failed()) { try await first.value }
        #expect(try await second.value == 7)
    }
}
