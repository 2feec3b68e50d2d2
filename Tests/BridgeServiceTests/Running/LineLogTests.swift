import BridgeCore
import BridgeTesting
import Testing

@testable import BridgeService

@Suite("A log line")
struct LineLogTests {
    private static let clock = FixedClock(Timestamp(milliseconds: 1_800_000_000_007))
    private static let fields: [(name: String, value: LogValue)] = [
        ("requestId", "r-1"), ("count", 3), ("detail", "a \"b\"\nc\u{1B}"),
    ]

    private static func line(_ format: Configuration.LogFormat) -> String {
        let log = LineLog(level: .info, format: format, clock: clock)
        return String(decoding: log.line(.warning, "login_refused", fields), as: UTF8.self)
    }

    @Test("is one JSON object with time, level, event and the fields in their order")
    func json() {
        #expect(
            Self.line(.json) == #"""
                {"time":"2027-01-15T08:00:00.007Z","level":"warning","event":"login_refused",\#
                "requestId":"r-1","count":3,"detail":"a \"b\"\nc\u001b"}

                """#)
    }

    @Test("is a text that begins with the same")
    func text() {
        #expect(
            Self.line(.text) == #"""
                2027-01-15T08:00:00.007Z warning login_refused \#
                {"requestId":"r-1","count":3,"detail":"a \"b\"\nc\u001b"}

                """#)
    }

    @Test("is one line, whatever is in it", arguments: [Configuration.LogFormat.json, .text])
    func oneLine(format: Configuration.LogFormat) {
        #expect(Self.line(format).utf8.filter { $0 == UInt8(ascii: "\n") }.count == 1)
    }

    @Test("is written from the level on that is set", arguments: LogLevel.allCases)
    func levels(level: LogLevel) {
        let log = LineLog(level: level, format: .json, clock: Self.clock)
        #expect(LogLevel.allCases.filter(log.isEnabled) == LogLevel.allCases.filter { $0 >= level })
    }

    @Test("is written as a reload has it from then on")
    func adjusted() {
        let log = LineLog(level: .error, format: .text, clock: Self.clock)
        log.adjust(level: .debug, format: .json)
        #expect(log.isEnabled(.debug))
        #expect(log.line(.info, "a", []).first == UInt8(ascii: "{"))
        log.adjust(level: .warning, format: .text)
        #expect(!log.isEnabled(.info))
        #expect(log.line(.info, "a", []).first == UInt8(ascii: "2"))
    }
}
