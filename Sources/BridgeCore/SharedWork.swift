internal import Synchronization

/// Lets those who ask for the same thing at the same time wait for the first of them, who does the work for all.
///
/// The work stays in the task of the first one, and so on its executor: a task of its own would leave it. Where that task
/// is cancelled, the work was lost for another's sake, and one of those who wait does it again.
package final class SharedWork<Key: Hashable & Sendable, Value: Sendable, Failure: Error>: Sendable {
    private typealias Outcome = Result<Value, Failure>

    /// What somebody who asks is told.
    private enum Turn {
        /// Nobody does the work: do it.
        case yours
        case done(Outcome)
    }

    private let waiting = Mutex<[Key: [CheckedContinuation<Turn, Never>]]>([:])

    package init() {}

    /// The value of `work`, or of somebody else's for the same key who is at it.
    package func join(_ key: Key, work: () async throws(Failure) -> Value) async throws(Failure) -> Value {
        if case .done(let outcome) = await turn(key) { return try outcome.get() }
        let outcome = await Self.outcome(of: work)
        if Task.isCancelled, case .failure = outcome { pass(key) } else { finish(key, outcome) }
        return try outcome.get()
    }

    /// How many wait for whoever does the work.
    package func followers(of key: Key) -> Int { waiting.withLock { $0[key]?.count ?? 0 } }

    private func turn(_ key: Key) async -> Turn {
        await withCheckedContinuation { continuation in
            let isFirst = waiting.withLock { waiting in
                waiting[key]?.append(continuation)
                guard waiting[key] == nil else { return false }
                waiting[key] = []
                return true
            }
            if isFirst { continuation.resume(returning: .yours) }
        }
    }

    /// Tells everybody who waits.
    private func finish(_ key: Key, _ outcome: Outcome) {
        let all = waiting.withLock { $0.removeValue(forKey: key) }
        for continuation in all ?? [] { continuation.resume(returning: .done(outcome)) }
    }

    /// Leaves the work to the next one, if there is one.
    private func pass(_ key: Key) {
        let next = waiting.withLock { waiting in
            guard waiting[key]?.isEmpty == false else {
                waiting[key] = nil
                return nil as CheckedContinuation<Turn, Never>?
            }
            return waiting[key]?.removeFirst()
        }
        next?.resume(returning: .yours)
    }

    private static func outcome(of work: () async throws(Failure) -> Value) async -> Outcome {
        do throws(Failure) {
            return .success(try await work())
        } catch {
            return .failure(error)
        }
    }
}
