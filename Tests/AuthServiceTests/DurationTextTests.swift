import AuthService
import Testing

@Suite("A length of time as text")
struct DurationTextTests {
    @Test(
        "is read and written",
        arguments: [
            ("0s", 0), ("1s", 1), ("30s", 30), ("90s", 90), ("1m", 60), ("15m", 900), ("1h", 3_600), ("24h", 86_400),
            ("36h", 129_600), ("2d", 172_800), ("7d", 604_800), ("86401s", 86_401),
        ] as [(String, Int64)])
    func roundTrip(text: String, seconds: Int64) {
        #expect(DurationText.seconds(text) == seconds)
        #expect(DurationText.text(seconds) == text)
    }

    @Test("may be longer than what is written", arguments: [("1d", 86_400), ("60s", 60), ("120m", 7_200)])
    func longer(text: String, seconds: Int64) {
        #expect(DurationText.seconds(text) == seconds)
    }

    @Test(
        "has a number and a unit and nothing else",
        arguments: [
            "", "s", "24", "24 h", " 24h", "24h ", "+1h", "-1h", "1.5h", "01h", "00s", "1H", "1w", "1h30m", "٣h",
            "9223372036854775807d", "9223372036854775808s", "1h\0",
        ])
    func refused(text: String) {
        #expect(DurationText.seconds(text) == nil)
    }
}
