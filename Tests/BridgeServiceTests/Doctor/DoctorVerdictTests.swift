import AuthService
import BridgeCore
import Testing

@testable import BridgeService

@Suite("A verdict of doctor")
struct DoctorVerdictTests {
    private static let day: Int64 = 86_400
    private static let now = Timestamp(seconds: 1_800_000_000)

    @Test(
        "on what ends goes by the days that are left",
        arguments: [
            (-1, .none, .red), (0, .none, .red), (1, .tenDays, .red), (10 * day, .tenDays, .red),
            (10 * day + 1, .thirtyDays, .yellow), (30 * day, .thirtyDays, .yellow), (60 * day, .sixtyDays, .yellow),
            (60 * day + 1, .more, .green),
        ] as [(Int64, TimeLeft, DoctorFinding.Verdict)])
    func timeLeft(seconds: Int64, expected: TimeLeft, verdict: DoctorFinding.Verdict) {
        let left = TimeLeft(from: Self.now, to: Self.now.adding(seconds: seconds))
        #expect(left == expected)
        #expect(left.verdict == verdict)
    }

    @Test("on a disk goes by the room for a copy of the database")
    func disk() {
        #expect(DoctorCheck.note(free: 63 << 20, needed: 0, "d").verdict == .red)
        #expect(DoctorCheck.note(free: 64 << 20, needed: 0, "d").verdict == .yellow)
        #expect(DoctorCheck.note(free: 512 << 20, needed: 0, "d").verdict == .green)
        #expect(DoctorCheck.note(free: 600 << 20, needed: 700 << 20, "d").verdict == .yellow)
    }

    @Test("of a report is the worst there is")
    func worst() {
        let findings = [DoctorFinding.Verdict.green, .red, .yellow].map {
            DoctorFinding(check: "a", verdict: $0, detail: "", fix: nil)
        }
        #expect(DoctorReport(findings: findings).verdict == .red)
        #expect(DoctorReport(findings: []).verdict == .green)
    }

    @Test("belongs to a check with an id of its own")
    func ids() {
        let ids = DoctorCheck.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(ids.count == 12)
    }
}
