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
        figures.count("done", delays: [900, 30_000, 30_001, 90_000_000])
        figures.count("failed", delays: [])
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
    func connections() throws {
        let license = try #require(License("acme"))
        func state(_ outcome: SyncState.Outcome, ago: Int64?) -> SyncState {
            SyncState(
                connectionVersion: 1, startedAt: Self.now, finishedAt: Self.now, outcome: outcome, isFull: true,
                counts: SyncCounts(),
                success: ago.map { ago in
                    let time = Self.now.adding(seconds: -ago)
                    return .init(at: time, fullAt: time, readTo: time, rolesAt: time, roleRequests: 0)
                })
        }
        let emea = ConnectionID(.dynamics, try #require(ConnectionName("emea")), of: license)
        let lines = lines { text in
            SyncMetrics.write(
                [(ConnectionID(.dynamics, of: license), state(.done, ago: 7)), (emea, state(.stopped, ago: nil))],
                now: Self.now, to: &text)
        }
        .filter { !$0.hasPrefix("#") }
        #expect(
            lines == [
                #"cobrowse_sso_sync_age_seconds{license="acme",kind="dynamics",connection="default"} 7"#,
                #"cobrowse_sso_sync_stopped{license="acme",kind="dynamics",connection="default"} 0"#,
                #"cobrowse_sso_sync_stopped{license="acme",kind="dynamics",connection="emea"} 1"#,
            ])
    }
}
