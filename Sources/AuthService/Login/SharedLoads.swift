internal import BridgeCore
internal import Synchronization

/// Lets those who ask for the same thing at the same time wait for the first of them, who reads it for all.
///
/// The reading stays in the task of the first one, and so on its executor: a task of its own would leave it.
final class SharedLoads<Value: Sendable>: Sendable {
    private typealias Outcome = Result<Value, StoreError>

    /// What is being read: of two licenses, or of one before and after a change, each has its own.
    private struct Key: Hashable {
        let license: License
        let mark: LicenseMarks.Mark
    }

    private let waiting = Mutex<[Key: [CheckedContinuation<Outcome?, Never>]]>([:])

    /// The value that `read` returns, or that somebody else's `read` for the same license and mark is about to.
    func join(
        _ license: License, mark: LicenseMarks.Mark, read: () async throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        let key = Key(license: license, mark: mark)
        if let shared = await follow(key) { return try shared.get() }
        let outcome = await Self.outcome(of: read)
        let followers = waiting.withLock { $0.removeValue(forKey: key) }
        for follower in followers ?? [] { follower.resume(returning: outcome) }
        return try outcome.get()
    }

    /// Waits for the one who reads; `nil` at once for the first, who is the one from then on.
    private func follow(_ key: Key) async -> Outcome? {
        await withCheckedContinuation { continuation in
            let isFirst = waiting.withLock { waiting in
                waiting[key]?.append(continuation)
                guard waiting[key] == nil else { return false }
                waiting[key] = []
                return true
            }
            if isFirst { continuation.resume(returning: nil) }
        }
    }

    private static func outcome(of read: () async throws(StoreError) -> Value) async -> Outcome {
        do throws(StoreError) {
            return .success(try await read())
        } catch {
            return .failure(error)
        }
    }
}
