internal import CBenchSupport

/// The cores that measurements are pinned to.
enum Cores {
    /// The first two cores this process may use, or the only one; found before anything is pinned.
    static let allowed: [Int] = {
        var cores: [Int32] = [0, 0]
        let count = bench_allowed_cores(&cores, 2)
        return count > 0 ? cores.prefix(Int(count)).map(Int.init) : [0]
    }()

    /// Where what is measured runs.
    static var measured: Int { allowed[0] }

    /// Where the load comes from.
    ///
    /// - Throws: `unable` on a machine of one core.
    static func load() throws(BenchError) -> Int {
        guard allowed.count > 1 else { throw .unable("needs two cores") }
        return allowed[1]
    }

    /// Binds the calling thread and what it starts to `core`.
    static func pin(to core: Int) throws(BenchError) {
        let error = bench_pin_thread(Int32(core))
        guard error == 0 else { throw .wrong("core \(core) cannot be bound: \(systemMessage(error))") }
    }
}
