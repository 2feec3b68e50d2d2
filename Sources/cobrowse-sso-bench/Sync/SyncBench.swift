internal import BridgeCore

/// An environment of 100,000 people who all have accounts, read from end to end by `cobrowse-sso dynamics sync`, with the
/// stand-in of Dataverse as a process of its own. The first one suspends those who are disabled or not approved, one in fifty;
/// of those without a role some are asked about in each.
struct SyncBench {
    private static let peopleCount = 100_000
    private static let suspendedCount: Int64 = 2_000
    private static let roundCount = 3
    private static let license = "trial12345"

    private let program: String
    private let directory: TemporaryDirectory

    init(_ directory: TemporaryDirectory) throws {
        self.directory = directory
        program = try Tool.beside("cobrowse-sso")
        _ = try Tool.sqlite.path()
    }

    func run(into report: inout Report) throws {
        let simulator = try ChildProcess(
            program, ["simulate", "--listen", "127.0.0.1:0", "--people", "\(Self.peopleCount)", "--json"],
            output: .pipe)
        defer { simulator.stop() }
        guard let line = simulator.readLine(), let world = try? JSONValue(parsing: line.utf8) else {
            throw BenchError.wrong("the simulator says nothing")
        }
        let rounds = try (0..<Self.roundCount).map { try round($0, world) }
        report.add(.syncTime, rounds.map(\.first.seconds))
        report.add(.syncMemory, rounds.map { max($0.first.memory, $0.again.memory) })
        report.add(.sync, "the same once more", "s", rounds.map(\.again.seconds))
        report.add(.sync, "what was modified, and who has the roles", "s", rounds.map(\.modified.seconds))
    }

    private func round(_ number: Int, _ world: JSONValue) throws -> (
        first: TimedSync, again: TimedSync, modified: TimedSync
    ) {
        let data = try directory.directory("sync\(number)", mode: 0o700)
        let connection = try connect(data, world)
        _ = try ChildProcess.output(
            of: try Tool.sqlite.path(), ["\(data)/cobrowse-sso.db", Self.growth(tenantID: connection.tenantID)])
        func sync(_ flags: [String], suspendingAtLeast expected: Int64) throws -> TimedSync {
            try TimedSync(
                program, ["dynamics", "sync"] + flags + connection.flags, logTo: "\(data)/sync.log",
                suspendingAtLeast: expected, amongAtLeast: 95_000)
        }
        let first = try sync(["--full"], suspendingAtLeast: Self.suspendedCount)
        let again = try sync(["--full"], suspendingAtLeast: 0)
        return (first, again, try sync([], suspendingAtLeast: 0))
    }

    private struct Connection {
        let tenantID: String
        let flags: [String]
    }

    /// A data directory with a tenant and its connection.
    private func connect(_ data: String, _ world: JSONValue) throws -> Connection {
        let connections = world["connections"]?.arrayValue ?? []
        guard let connection = connections.first(where: { $0["environment"]?.stringValue == "contoso" }),
            let tenantID = connection["tenantId"]?.stringValue, let clientID = connection["clientId"]?.stringValue,
            let secret = connection["clientSecret"]?.stringValue,
            let url = connection["environmentUrl"]?.stringValue
        else { throw BenchError.wrong("the simulator names no environment contoso") }
        let settings = (world["settings"]?.objectValue ?? []).map { "\($0.name)=\($0.value.stringValue ?? "")\n" }
        let name = data.split(separator: "/").last.map(String.init) ?? ""
        let file = try directory.write(settings.joined(), to: "\(name)/bridge.conf")
        let flags = ["--license", Self.license, "--data", data, "--config", file]
        _ = try ChildProcess.output(of: program, ["tenant", "create", Self.license, "--data", data])
        _ = try ChildProcess.output(
            of: program,
            ["dynamics", "save", "--tenant-id", tenantID, "--client-id", clientID, "--environment-url", url]
                + ["--client-secret-file", try directory.write(secret, to: "\(name)/secret.txt")] + flags)
        return Connection(tenantID: tenantID, flags: flags)
    }

    /// Everybody the stand-in makes has signed in once; object ids as it makes them.
    private static func growth(tenantID: String) -> String {
        """
        BEGIN;
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < \(peopleCount - 1))
        INSERT INTO accounts (license, email, id, display_name, role, status, created_at, last_login_at)
        SELECT '\(license)', printf('person%06d@contoso.example', i), printf('acc_%032x', i), 'Agent Example',
            iif(i % 100 BETWEEN 80 AND 84, 'administrator', 'agent'), 'active', 0, 0 FROM n;
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < \(peopleCount - 1))
        INSERT INTO identities (license, connection, organization, subject, account_id, email, email_proof, created_at)
        SELECT '\(license)', 'dynamics:default', '\(tenantID)', printf('5eed0001-0000-4000-8000-%012x', i),
            printf('acc_%032x', i), printf('person%06d@contoso.example', i), 'dataverse-approved', 0 FROM n;
        COMMIT;
        PRAGMA wal_checkpoint(TRUNCATE);
        """
    }
}
