internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import StoreSQLite

/// A store that has grown: 1,000,000 accounts of one tenant and 100,000 tenants, against an empty one.
struct ScaleBench {
    private static let roundCount = 3
    private static let loginCount = 400

    private let directory: TemporaryDirectory
    private let tenant: TestTenant

    init(_ directory: TemporaryDirectory) throws {
        self.directory = directory
        tenant = try TestTenant()
        _ = try Tool.sqlite.path()
    }

    func run(into report: inout Report) throws {
        let (small, large) = (try store("small", growing: false), try store("large", growing: true))
        var rounds: [(small: Double, large: Double)] = []
        for round in 0..<Self.roundCount {
            rounds.append((try latency(small, round), try latency(large, round)))
        }
        report.add(.grownLatency, rounds.map { $0.large / $0.small })
        let starts = try (0..<Self.roundCount).map { _ in try start(large) }
        report.add(.grownStart, starts.map(\.seconds))
        report.add(.scale, "login, empty store", "us", rounds.map { $0.small * 1e6 })
        report.add(.scale, "login, 1,000,000 accounts and 100,000 tenants", "us", rounds.map { $0.large * 1e6 })
        report.add(.scale, "resident memory after the start with them", "MiB", starts.map(\.memory))
    }

    /// A data directory with the tenant, and with what a large instance has besides.
    private func store(_ name: String, growing: Bool) throws -> String {
        let folder = try directory.directory(name, mode: 0o700)
        let (tenant, path) = (tenant, "\(folder)/cobrowse-sso.db")
        try waitFor {
            let store = try await tenant.makeStore(at: path)
            await store.close()
        }
        if growing {
            _ = try ChildProcess.output(of: try Tool.sqlite.path(), [path, Self.growth(tenant.license.value)])
        }
        return folder
    }

    private static func growth(_ license: String) -> String {
        """
        BEGIN;
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
        INSERT INTO accounts (license, email, id, display_name, role, status, created_at, last_login_at)
        SELECT '\(license)', printf('p%07d@example.com', i), printf('acc_%032d', i), 'Agent Example', 'agent', 'active', 0, 0
        FROM n;
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
        INSERT INTO tenants (license, name, created_at, settings)
        SELECT printf('t%06d', i), NULL, 0, settings FROM n, (SELECT settings FROM tenants WHERE license = '\(license)');
        COMMIT;
        PRAGMA wal_checkpoint(TRUNCATE);
        """
    }

    /// Seconds a login that nobody has in memory takes, first to last byte of the service: the median of many.
    private func latency(_ folder: String, _ round: Int) throws -> Double {
        let (tenant, path) = (tenant, "\(folder)/cobrowse-sso.db")
        let signer = try TokenSigner(tenant.key)
        let tokens = try (0..<Self.loginCount).map { number in
            // Spread over all accounts; in the small store each is a first login.
            let person = (number * 7_919 + round * 104_729) % 1_000_000 + 1
            let digits = String(person)
            let email = "p" + String(repeating: "0", count: 7 - digits.count) + digits + "@example.com"
            return try signer.sign(tenant.claims(email))
        }
        let times = try PinnedThread.run(on: Cores.measured) {
            try waitFor {
                let store = try SQLiteStore.open(at: path)
                let directory = LoginDirectory(store: store, addresses: .none, bridgeKeys: [])
                let service = LoginService(directory: directory, store: store)
                var times: [Double] = []
                for token in tokens {
                    let start = Monotonic.seconds
                    _ = try await service.admit(try UnverifiedToken(token), now: tenant.issuedAt)
                    times.append(Monotonic.seconds - start)
                }
                await store.close()
                return times
            }
        }
        return times.sorted()[times.count / 2]
    }

    /// From the start of the process to the line that says it listens.
    private func start(_ folder: String) throws -> (seconds: Double, memory: Double) {
        let start = Monotonic.seconds
        let server = try BridgeServer(existing: folder, cacheCapacity: 8192)
        defer { server.stop() }
        return (Monotonic.seconds - start, try server.residentMemory())
    }
}
