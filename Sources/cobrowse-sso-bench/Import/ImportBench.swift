internal import BridgeCore

/// A directory of certificates that becomes a tenant's trusted keys: `cobrowse-sso cert import DIR` as a process.
struct ImportBench {
    private static let roundCount = 3
    /// As many as a tenant may have.
    private static let certificateCount = 10_000

    private let program: String
    private let certificates: String
    private let data: String

    init(_ directory: TemporaryDirectory) throws {
        program = try Tool.beside("cobrowse-sso")
        data = try directory.directory("import-data", mode: 0o700)
        certificates = try directory.directory("certificates")
        var made = try MadeCertificates(try TestTenant())
        for number in 0..<Self.certificateCount {
            _ = try directory.write(try made.next(), to: "certificates/\(number).crt")
        }
    }

    func run(into report: inout Report) throws {
        let rounds = try (0..<Self.roundCount).map { try round("tenant\($0)") }
        report.add(.directoryImport, rounds.map(\.first))
        report.add(.importing, "the same 10,000 once more", "s", rounds.map(\.again))
        report.add(.importing, "the same 10,000 with --dry-run", "s", rounds.map(\.preview))
    }

    /// Seconds from the start of the process to its end, for a tenant that trusts nothing, and then for one that trusts
    /// all of it.
    private func round(_ license: String) throws -> (first: Double, again: Double, preview: Double) {
        _ = try ChildProcess.output(of: program, ["tenant", "create", license, "--data", data])
        let preview = try time(license, ["--dry-run"])
        let (first, again) = (try time(license), try time(license))
        let list = try ChildProcess.output(of: program, ["cert", "list", "--license", license, "--data", data])
        guard list.count(where: { $0 == "\n" }) == Self.certificateCount + 1 else {
            throw BenchError.wrong("not every certificate was imported")
        }
        return (first, again, preview)
    }

    private func time(_ license: String, _ flags: [String] = []) throws -> Double {
        let start = Monotonic.seconds
        _ = try ChildProcess.output(
            of: program, ["cert", "import", certificates, "--license", license, "--data", data] + flags)
        return Monotonic.seconds - start
    }
}
