/// First logins made durable: what sharing a commit is worth against a commit for each.
struct StoreBench {
    private static let roundCount = 3
    private static let seconds = 1.5

    private let directory: String

    init(_ directory: TemporaryDirectory) throws {
        self.directory = try directory.directory("store", mode: 0o700)
    }

    func run(into report: inout Report) throws {
        var (single, shared): ([Double], [Double]) = ([], [])
        for round in 0..<Self.roundCount {
            single.append(try rate(concurrency: 1, file: "single-\(round).db"))
            shared.append(try rate(concurrency: 256, file: "shared-\(round).db"))
        }
        report.add(.durableLogins, zip(shared, single).map { $0 / $1 })
        report.add(.store, "first logins made durable, one at a time", "/s", single)
        report.add(.store, "first logins made durable, 256 at once", "/s", shared)
    }

    /// In a process of its own, so that all its threads are on one core, as those of the service are in `http`.
    private func rate(concurrency: Int, file: String) throws -> Double {
        let arguments = ChildRole.store(path: "\(directory)/\(file)", concurrency: concurrency, seconds: Self.seconds)
        let output = try PinnedThread.run(on: Cores.measured) {
            try ChildProcess.output(of: Tool.ourselves, arguments.arguments)
        }
        guard let rate = Double(output.prefix { $0 != "\n" }) else {
            throw BenchError.wrong("the store reported \(output)")
        }
        return rate
    }
}
