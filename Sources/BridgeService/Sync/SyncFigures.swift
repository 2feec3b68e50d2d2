internal import AuthService
internal import Synchronization

/// What the syncs of this process came to since it started.
final class SyncFigures: Sendable {
    private struct Counts {
        var runs: [String: Int64] = ["done": 0, "stopped": 0, "failed": 0]
        var buckets = [Int64](repeating: 0, count: SyncFigures.bounds.count)
        var count: Int64 = 0
        var sum: Int64 = 0
    }

    private let counts = Mutex(Counts())

    /// Upper bounds in seconds.
    private static let bounds: [Int64] = [1, 5, 15, 30, 60, 90, 120, 300, 600, 1_800, 3_600]
    private static let delay = "cobrowse_sso_deprovision_seconds"
    private static let runs = "cobrowse_sso_sync_runs_total"

    /// Counts a sync that ended.
    func count(_ outcome: String) { counts.withLock { $0.runs[outcome, default: 0] += 1 } }

    /// Counts what was written of a sync, as soon as it is: whoever sees that something was taken sees here how long it took.
    func count(_ effects: [SyncEffect]) {
        count(delays: effects.filter(\.takes).map(\.delay))
    }

    /// - Parameter delays: of each that was taken something, in milliseconds.
    func count(delays: [Int64]) {
        counts.withLock { counts in
            for delay in delays {
                counts.count += 1
                counts.sum = counts.sum.addingReportingOverflow(delay).partialValue
                for (index, bound) in Self.bounds.enumerated() where delay <= bound * 1000 {
                    counts.buckets[index] += 1
                }
            }
        }
    }

    func write(to text: inout MetricsText) {
        let counts = counts.withLock(\.self)
        text.begin(
            .histogram, Self.delay,
            help: "How long people could do more than their CRM let them, at the most, when a sync took it from them.")
        for (bound, count) in zip(Self.bounds, counts.buckets) {
            text.sample("\(Self.delay)_bucket", [("le", "\(bound)")], count)
        }
        text.sample("\(Self.delay)_bucket", [("le", "+Inf")], counts.count)
        text.sample("\(Self.delay)_sum", milliseconds: counts.sum)
        text.sample("\(Self.delay)_count", [], counts.count)
        text.begin(.counter, Self.runs, help: "Syncs of this process by how they ended.")
        for (outcome, count) in counts.runs.sorted(by: { $0.key < $1.key }) {
            text.sample(Self.runs, [("outcome", outcome)], count)
        }
    }
}
