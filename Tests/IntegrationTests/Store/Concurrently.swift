import AuthService
import BridgeCore
import BridgeTesting
import Testing

/// Runs `body` with 0 ..< `count`, all at once, and returns the results in that order.
func concurrently<Result: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) async -> Result
) async -> [Result] {
    await withTaskGroup(of: (Int, Result).self) { group in
        for number in 0..<count { group.addTask { (number, await body(number)) } }
        var results: [Int: Result] = [:]
        for await (number, result) in group { results[number] = result }
        return (0..<count).compactMap { results[$0] }
    }
}

/// The code of the `StoreError` that `body` fails with, `nil` where it does not fail.
func code(_ body: () async throws -> Void) async -> ReasonCode? {
    do {
        try await body()
        return nil
    } catch let error as StoreError {
        return error.code
    } catch {
        Issue.record(error, "not a StoreError")
        return nil
    }
}
