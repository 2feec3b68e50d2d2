internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
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
                        let login = logins[index]
                        guard case .success(let settled) = try await store.settle(login).outcome,
                            settled.account.email == login.grant.email
                        else {
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

    private static func logins(_ tenant: TestTenant, count: Int) throws -> [LoginAttempt] {
        try (0..<count).map { number in
            guard let email = EmailAddress(TestTenant.email(number)) else { throw BenchError.wrong("no address") }
            let name = "Agent Example"
            let grant = Grant(
                identity: .address(email, of: tenant.license), email: email, proof: .tenantSigned, displayName: name,
                role: .agent, rule: nil, validUntil: nil)
            let facts = LoginFacts(email: email.value, displayName: name, claimedRole: .agent, origin: .signer)
            // As many a millisecond as the fastest store takes: names of records begin with the time.
            let time = Timestamp(milliseconds: tenant.issuedAt.milliseconds + Int64(number / 16))
            return LoginAttempt(
                license: tenant.license, grant: grant, time: time, newAccountID: try RecordID.make("acc_", at: time),
                draft: DecisionDraft(
                    id: try RecordID.make("dec_", at: time), source: .token, requestID: nil, facts: facts,
                    trace: FullTrace()))
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
