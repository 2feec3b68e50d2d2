/// What a second core adds: two threads with a verifier each and the same key.
enum TwoThreads {
    /// The rate of two threads over that of one, which is measured on both cores, before and after.
    static func round(_ tenant: TestTenant) throws -> Double {
        let cores = [Cores.measured, try Cores.load()]
        let before = try start(tenant, on: cores[0], seconds: 0.5).join()
        let both = try cores.map { try start(tenant, on: $0, seconds: 1) }
        let sum = try both.map { try $0.join() }.reduce(0, +)
        let after = try start(tenant, on: cores[1], seconds: 0.5).join()
        return sum / ((before + after) / 2)
    }

    private static func start(_ tenant: TestTenant, on core: Int, seconds: Double) throws -> PinnedThread<Double> {
        try PinnedThread.start(on: core) {
            let work = try VerifyWork(tenant)
            return try rate(seconds: seconds, work.verify)
        }
    }
}
