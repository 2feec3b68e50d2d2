import Synchronization

/// A number that several threads count up.
final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    var value: Int { count.load(ordering: .relaxed) }

    /// Counts one more, and says how many that makes.
    @discardableResult
    func increment() -> Int { count.add(1, ordering: .relaxed).newValue }
}
