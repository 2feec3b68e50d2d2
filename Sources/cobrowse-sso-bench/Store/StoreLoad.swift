internal import AuthService
internal import BridgeCore
internal import StoreSQLite
internal import Synchronization

/// First logins written to a store, each of another person: what a child process does and reports.
enum StoreLoad {
    /// Records logins with `concurrency` at once, in a new store at `path`, for about `seconds`.
    ///
    /// - Returns: durable logins a second.
    static func run(storeAt path: String, concurrency: Int, seconds: Double) async throws -> Double {
        let tenant = try TestTenant()
        let store = try await tenant.makeStore(at: path)
        let logins = try logins(tenant, count: concurrency == 1 ? 20_000 : 300_000)
        let next = Counter()
        let start = Monotonic.seconds
        try await withThrowingTaskGroup { group in
            for _ in 0..<concurrency {
                group.addTask {
                    while Monotonic.seconds - start < seconds, let index = next.take(below: logins.count) {
                        let account = try await store.record(logins[index])
                        guard account.email == logins[index].email else {
                            throw BenchError.wrong("the store returned another account")
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let elapsed = Monotonic.seconds - start
        let count = next.count
        await store.close()
        return Double(min(count, logins.count)) / elapsed
    }

    private static func logins(_ tenant: TestTenant, count: Int) throws -> [Login] {
        try (0..<count).map { number in
            guard let email = EmailAddress(TestTenant.email(number)) else { throw BenchError.wrong("no address") }
            let id = "acc_" + String(repeating: "0", count: 26) + String(100_000 + number)
            return Login(
                license: tenant.license, email: email, displayName: "Agent Example", role: .agent,
                time: tenant.issuedAt, newAccountID: id)
        }
    }

    /// Hands out numbers from 0 to all tasks.
    private final class Counter: Sendable {
        private let taken = Atomic<Int>(0)

        var count: Int { taken.load(ordering: .relaxed) }

        func take(below limit: Int) -> Int? {
            let number = taken.wrappingAdd(1, ordering: .relaxed).oldValue
            return number < limit ? number : nil
        }
    }
}
