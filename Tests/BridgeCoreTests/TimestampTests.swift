import BridgeCore
import BridgeTesting
import Testing

@Suite("A point in time")
struct TimestampTests {
    static let times: [(String, Int64)] = [
        ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59Z", -1000), ("1970-01-01T00:00:00.001Z", 1),
        ("2027-01-15T08:00:00Z", 1_800_000_000_000), ("2000-02-29T12:00:00Z", 951_825_600_000),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000), ("9999-12-31T23:59:59Z", 253_402_300_799_000),
        ("2026-11-20t09:30:00z", 1_795_167_000_000), ("2026-11-20 09:30:00Z", 1_795_167_000_000),
        ("2026-11-20T09:30:00+00:00", 1_795_167_000_000), ("2026-11-20T09:30:00-00:00", 1_795_167_000_000),
        ("2026-11-20T11:00:00+01:30", 1_795_167_000_000), ("2026-11-19T23:30:00-10:00", 1_795_167_000_000),
        ("2026-11-20T09:30:00.1Z", 1_795_167_000_100), ("2026-11-20T09:30:00.12Z", 1_795_167_000_120),
        ("2026-11-20T09:30:00.123456789Z", 1_795_167_000_123), ("2026-11-20T09:30:00.9999Z", 1_795_167_000_999),
        ("1900-02-28T00:00:00Z", -2_203_977_600_000), ("2100-02-28T23:59:59Z", 4_107_542_399_000),
    ]

    @Test("is read from RFC 3339", arguments: times)
    func reads(_ text: String, _ milliseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(
        "is not read from anything else",
        arguments: [
            "", "2026-11-20", "2026-11-20T09:30Z", "2026-11-20T09:30:00", "2026-11-20T09:30:00Zx",
            " 2026-11-20T09:30:00Z",
            "2026-11-20T09:30:00 Z", "2026-11-20T09:30:00,5Z", "2026-11-20T09:30:00.Z", "20261120T093000Z",
            "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-32T00:00:00Z",
            "2026-04-31T00:00:00Z", "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2000-02-30T00:00:00Z",
            "2026-11-20T24:00:00Z", "2026-11-20T09:60:00Z", "2016-12-31T23:59:60Z", "2026-11-20T09:30:00+0100",
            "2026-11-20T09:30:00+01", "2026-11-20T09:30:00+24:00", "2026-11-20T09:30:00+01:60", "2026-1-20T09:30:00Z",
            "226-11-20T09:30:00Z", "12026-11-20T09:30:00Z", "-2026-11-20T09:30:00Z", "２026-11-20T09:30:00Z", "now",
        ])
    func refuses(_ text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test("is written as it is read, from the year 1 to the year 9999")
    func roundTrip() {
        for year in 1...9999 {
            for (month, day) in [(1, 1), (2, 28), (3, 1), (12, 31)] {
                let text = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T23:59:58Z"
                if Timestamp(rfc3339: text)?.description != text { Issue.record("\(text)") }
            }
        }
        var random = SeededGenerator(seed: 3339)
        for _ in 0..<5000 {
            let time = Timestamp(seconds: Int64(random.below(315_537_897_600 >> 8)) << 8 - 62_135_596_800)
            if Timestamp(rfc3339: time.description) != time { Issue.record("\(time.seconds)") }
        }
    }

    @Test("counts every day once from 1600 to 2400")
    func days() {
        var expected = CivilTime.days(year: 1600, month: 1, day: 1)
        for year in Int64(1600)...2400 {
            for month in Int64(1)...12 {
                for day in 1...CivilTime.length(ofMonth: month, year: year) {
                    let days = CivilTime.days(year: year, month: month, day: day)
                    if days != expected { Issue.record("\(year)-\(month)-\(day)") }
                    expected += 1
                }
            }
        }
        #expect(expected == CivilTime.days(year: 2401, month: 1, day: 1))
    }

    @Test(
        "is cut to whole seconds towards the past",
        arguments: [(0, 0), (999, 0), (1000, 1), (-1, -1), (-999, -1), (-1000, -1), (-1001, -2)])
    func wholeSeconds(_ milliseconds: Int64, _ seconds: Int64) {
        let time = Timestamp(milliseconds: milliseconds)
        #expect(time.seconds == seconds)
        #expect(CivilTime(time).millisecond == milliseconds - seconds * 1000)
    }

    @Test("shows milliseconds in log lines, also before 1970")
    func milliseconds() {
        #expect(CivilTime(Timestamp(milliseconds: 123)).descriptionWithMilliseconds == "1970-01-01T00:00:00.123Z")
        #expect(CivilTime(Timestamp(milliseconds: -1)).descriptionWithMilliseconds == "1969-12-31T23:59:59.999Z")
    }

    @Test("moves by seconds and keeps its milliseconds")
    func adding() {
        #expect(Timestamp(milliseconds: 1500).adding(seconds: 2) == Timestamp(milliseconds: 3500))
        #expect(Timestamp(milliseconds: -1).adding(seconds: 1) == Timestamp(milliseconds: 999))
    }

    @Test("stays within its range at both ends, and traps at none")
    func ends() {
        let ends: [(Int64, Int64)] = [(.min, -9_223_372_036_854_776), (.max, 9_223_372_036_854_775)]
        for (milliseconds, seconds) in ends {
            let time = Timestamp(milliseconds: milliseconds)
            #expect(time.seconds == seconds)
            #expect((0..<1000).contains(CivilTime(time).millisecond))
            #expect(Timestamp(seconds: milliseconds).milliseconds.magnitude == 9_000_000_000_000_000_000)
            #expect(time.adding(seconds: 0) == time)
        }
        #expect(Timestamp(seconds: .max).adding(seconds: .max) == Timestamp(seconds: .max))
        #expect(Timestamp(seconds: .min).adding(seconds: .min) == Timestamp(seconds: .min))
        #expect(Timestamp(seconds: 1) < Timestamp(milliseconds: 1001))
    }

    private func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: width - digits.count) + digits
    }
}
