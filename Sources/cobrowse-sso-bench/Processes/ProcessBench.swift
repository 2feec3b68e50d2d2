/// A command as a process: from its start to its exit, against the OpenSSL command that prints the same.
struct ProcessBench {
    private static let roundCount = 5
    private static let pairsPerRound = 40

    private let ours: String
    private let openssl: String
    private let certificate: String

    init(_ directory: TemporaryDirectory) throws {
        ours = try Tool.beside("cobrowse-sso")
        openssl = try Tool.openssl.path()
        certificate = try directory.write(try TestTenant().certificate, to: "CobrowseIO.crt")
    }

    private var ourArguments: [String] { ["cert", "pubkey", certificate] }
    private var opensslArguments: [String] { ["x509", "-pubkey", "-noout", "-in", certificate] }

    func run(into report: inout Report) throws {
        guard
            try ChildProcess.output(of: ours, ourArguments) == ChildProcess.output(of: openssl, opensslArguments)
        else { throw BenchError.wrong("cert pubkey and openssl x509 print different keys") }
        let rounds = try PinnedThread.run(on: Cores.measured) {
            try (0..<Self.roundCount).map { _ in try round() }
        }
        report.add(.publicKeyProcess, rounds.map { $0.ours / $0.openssl })
        report.add(.process, "cobrowse-sso cert pubkey", "ms", rounds.map { $0.ours * 1e3 })
        report.add(.process, "openssl x509 -pubkey", "ms", rounds.map { $0.openssl * 1e3 })
    }

    /// The median time of each, run in turn, in seconds.
    private func round() throws -> (ours: Double, openssl: Double) {
        var times: (ours: [Double], openssl: [Double]) = ([], [])
        for _ in 0..<Self.pairsPerRound {
            times.ours.append(try time(ours, ourArguments))
            times.openssl.append(try time(openssl, opensslArguments))
        }
        return (Figure(times.ours).median, Figure(times.openssl).median)
    }

    private func time(_ program: String, _ arguments: [String]) throws(BenchError) -> Double {
        let start = Monotonic.seconds
        let status = try ChildProcess(program, arguments, output: .null).wait()
        let end = Monotonic.seconds
        guard status == 0 else { throw .wrong("\(program) ended with status \(status)") }
        return end - start
    }
}
