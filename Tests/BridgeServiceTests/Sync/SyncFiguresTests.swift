import AuthService
import BridgeCore
import BridgeTesting
import Testing

@testable import BridgeService

@Suite("The figures of syncs")
struct SyncFiguresTests {
    private static let now = Timestamp(seconds: 1_800_000_000)

    private func lines(_ write: (inout MetricsText) -> Void) -> [String] {
        var text = MetricsText()
        write(&text)
        return String(decoding: text.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test("say how long people could do more than their CRM let them, in buckets that add up")
    func delays() {
        let figures = SyncFigures()
        figures.count(delays: [900, 30_000, 30_001, 90_000_000])
        for outcome in ["done", "failed"] { figures.count(outcome) }
        let lines = lines(figures.write)
        let name = "cobrowse_sso_deprovision_seconds"
        for line in [
            "# TYPE \(name) histogram", #"\#(name)_bucket{le="1"} 1"#, #"\#(name)_bucket{le="30"} 2"#,
            #"\#(name)_bucket{le="60"} 3"#, #"\#(name)_bucket{le="3600"} 3"#, #"\#(name)_bucket{le="+Inf"} 4"#,
            "\(name)_sum 90060.901", "\(name)_count 4",
            #"cobrowse_sso_sync_runs_total{outcome="done"} 1"#, #"cobrowse_sso_sync_runs_total{outcome="failed"} 1"#,
            #"cobrowse_sso_sync_runs_total{outcome="stopped"} 0"#,
        ] {
            #expect(lines.contains(line), "\(line)")
        }
    }

    @Test("say how old the last good sync of each connection is, and which wait for somebody's word")
    func connections() async throws {
        let store = InMemoryStore()
        let license = try #require(License("acme"))
        let stamp = AuditStamp(.bridge, at: Self.now)
        try await store.insert(
            Tenant(license: license, name: nil, createdAt: Self.now, settings: .initial), audit: stamp)
        for (name, readAs, outcome, ago) in [
            ("default", .application, .done, 7), ("emea", .application, .stopped, nil),
            ("fresh", .application, nil, nil),
            ("people", .agent, nil, nil), ("was-read", .agent, .done, 9_000), ("late", .application, .done, 9_000),
        ] as [(String, DynamicsSettings.ReadAs, SyncState.Outcome?, Int64?)] {
            let id = ConnectionID(.dynamics, try #require(ConnectionName(name)), of: license)
            try await Self.put(id, readAs: readAs, outcome, successAgo: ago, store)
        }
        let rows = try await SyncMetrics.rows(store, now: Self.now)
        let lines = lines { SyncMetrics.write(rows, now: Self.now, to: &$0) }.filter { !$0.hasPrefix("#") }
        let expected = [("default", 7, 0), ("emea", 500, 1), ("fresh", 500, 0), ("late", 9_000, 0)]
        #expect(
            lines
                == expected.map { name, age, _ in
                    #"cobrowse_sso_sync_age_seconds{license="acme",kind="dynamics",connection="\#(name)"} \#(age)"#
                }
                + expected.map { name, _, stopped in
                    #"cobrowse_sso_sync_stopped{license="acme",kind="dynamics",connection="\#(name)"} \#(stopped)"#
                })
    }

    /// A connection that was changed 500 seconds ago, and what is remembered of its syncs.
    private static func put(
        _ id: ConnectionID, readAs: DynamicsSettings.ReadAs, _ outcome: SyncState.Outcome?, successAgo: Int64?,
        _ store: InMemoryStore
    ) async throws {
        let guid = try #require(GUID("00000000-0000-4000-8000-000000000001"))
        let settings = DynamicsSettings(
            tenantID: guid, clientID: guid, environmentURL: "https://\(id.name).crm.dynamics.com", readAs: readAs)
        let stamp = AuditStamp(.bridge, at: now)
        let put = try await store.put(
            Connection(id, .dynamics(settings), credential: nil, createdAt: now.adding(seconds: -500)), over: nil,
            audit: stamp)
        guard let outcome else { return }
        _ = try await store.beginSync(of: id, by: "a", until: now.adding(seconds: 60), at: now)
        try await store.endSync(
            of: id, by: "a",
            SyncState(
                connectionVersion: put.version, startedAt: now, finishedAt: now, outcome: outcome, isFull: true,
                counts: SyncCounts(),
                success: successAgo.map { ago in
                    let time = now.adding(seconds: -ago)
                    return .init(at: time, fullAt: time, readTo: time, rolesAt: time, roleRequests: 0)
                }))
    }
}
