internal import BridgeCore

/// An org of 100,000 users with three assignments each who all have accounts, read from end to end by
/// `cobrowse-sso salesforce sync`, with the stand-in of Salesforce as a process of its own. The first one suspends those who
/// are inactive or not verified, two in a hundred, and those who have another set than the agents'.
struct OrgSyncBench {
    private static let userCount = 100_000
    private static let suspendedCount: Int64 = 5_000
    private static let roundCount = 3
    private static let license = "trial12345"

    private let program: String
    private let directory: TemporaryDirectory

    init(_ directory: TemporaryDirectory) throws {
        self.directory = directory
        program = try Tool.beside("cobrowse-sso")
        _ = (try Tool.sqlite.path(), try Tool.curl.path())
    }

    func run(into report: inout Report) throws {
        let simulator = try ChildProcess(
            program, ["simulate", "--listen", "127.0.0.1:0", "--people", "\(Self.userCount)", "--json"], output: .pipe)
        defer { simulator.stop() }
        guard let line = simulator.readLine(), let world = try? JSONValue(parsing: line.utf8),
            let control = world["sites"]?["control"]?.stringValue
        else { throw BenchError.wrong("the simulator says nothing") }
        let overview = try ChildProcess.output(of: try Tool.curl.path(), ["-s", "\(control)/simulator"])
        guard let org = try? JSONValue(parsing: overview.utf8)["orgs"]?["acme"] else {
            throw BenchError.wrong("the simulator has no org")
        }
        let rounds = try (0..<Self.roundCount).map { try round($0, world, org) }
        report.add(.orgSyncTime, rounds.map(\.first.seconds))
        report.add(.orgSyncMemory, rounds.map { max($0.first.memory, $0.again.memory) })
        report.add(.sync, "the org once more", "s", rounds.map(\.again.seconds))
        report.add(.sync, "what was modified there, and who has the sets", "s", rounds.map(\.modified.seconds))
    }

    private func round(
        _ number: Int, _ world: JSONValue, _ org: JSONValue
    ) throws -> (first: TimedSync, again: TimedSync, modified: TimedSync) {
        let name = "org\(number)"
        let data = try directory.directory(name, mode: 0o700)
        let flags = try connect(data, name, world, org)
        _ = try ChildProcess.output(
            of: try Tool.sqlite.path(),
            ["\(data)/cobrowse-sso.db", Self.growth(organizationID: org["id"]?.stringValue ?? "")])
        func sync(_ more: [String], suspendingAtLeast expected: Int64) throws -> TimedSync {
            try TimedSync(
                program, ["salesforce", "sync"] + more + flags, logTo: "\(data)/sync.log",
                suspendingAtLeast: expected, amongAtLeast: 94_000)
        }
        let first = try sync(["--full"], suspendingAtLeast: Self.suspendedCount)
        let again = try sync(["--full"], suspendingAtLeast: 0)
        return (first, again, try sync([], suspendingAtLeast: 0))
    }

    /// A tenant that is connected with the org, by the app's secret.
    private func connect(_ data: String, _ name: String, _ world: JSONValue, _ org: JSONValue) throws -> [String] {
        let app = org["connectedApps"]?["bridge"]
        guard let key = app?["consumerKey"]?.stringValue, let secret = app?["consumerSecret"]?.stringValue,
            let url = world["sites"]?["salesforce/acme"]?.stringValue
        else { throw BenchError.wrong("the simulator names no app of acme") }
        let settings = (world["settings"]?.objectValue ?? []).map { "\($0.name)=\($0.value.stringValue ?? "")\n" }
        let file = try directory.write(settings.joined(), to: "\(name)/bridge.conf")
        let flags = ["--license", Self.license, "--data", data, "--config", file]
        _ = try ChildProcess.output(of: program, ["tenant", "create", Self.license, "--data", data])
        _ = try ChildProcess.output(
            of: program,
            ["salesforce", "save", "--login-url", url, "--client-id", key]
                + ["--client-secret-file", try directory.write(secret, to: "\(name)/secret.txt")]
                + ["--integration-username", "integration@acme.example"] + flags)
        return flags
    }

    /// Everybody the stand-in makes has signed in once; ids as it makes them, whose last three characters follow from the
    /// fifteen before.
    private static func growth(organizationID: String) -> String {
        """
        BEGIN;
        CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < \(userCount - 1))
        SELECT i, i / 3844 AS a, i / 62 % 62 AS b, i % 62 AS c FROM n;
        INSERT INTO accounts (license, email, id, display_name, role, status, created_at, last_login_at)
        SELECT '\(license)', printf('person%06d@acme.example', i), printf('acc_%032x', i), 'Agent Example',
            iif(i % 100 BETWEEN 80 AND 84, 'administrator', 'agent'), 'active', 0, 0 FROM n;
        INSERT INTO identities (license, connection, organization, subject, account_id, email, email_proof, created_at)
        SELECT '\(license)', 'salesforce:default', '\(organizationID)',
            '0055g0000000' || substr('\(digits)', a + 1, 1) || substr('\(digits)', b + 1, 1) || substr('\(digits)', c + 1, 1)
                || 'AA' || substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ012345',
                    1 + 4 * (a BETWEEN 10 AND 35) + 8 * (b BETWEEN 10 AND 35) + 16 * (c BETWEEN 10 AND 35), 1),
            printf('acc_%032x', i), printf('person%06d@acme.example', i), 'salesforce-verified', 0 FROM n;
        COMMIT;
        PRAGMA wal_checkpoint(TRUNCATE);
        """
    }

    private static let digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
}
