internal import CBenchSupport

/// Heap allocations an operation, by who asked for them.
struct Allocations {
    /// By this project's code and the Swift runtime.
    let own: Double
    /// By OpenSSL.
    let libcrypto: Double
    var total: Double { own + libcrypto }

    /// Counts what one `block` of the calling thread allocates after two blocks of warm-up.
    ///
    /// - Throws: `unable` in a build with a sanitizer, what `block` throws.
    static func count(_ block: () throws -> Void) throws -> Allocations {
        guard bench_can_count_allocations() else { throw BenchError.unable("sanitizers bring their own allocator") }
        for _ in 0..<2 { try block() }
        bench_begin_counting()
        let result = Result(catching: block)
        let counts = bench_end_counting()
        try result.get()
        return Allocations(
            own: Double(counts.own) / Double(blockSize), libcrypto: Double(counts.libcrypto) / Double(blockSize))
    }
}
