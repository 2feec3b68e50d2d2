import BridgeCore
import Testing

@testable import HTTPClient

@Suite("Retry-After")
struct RetryAfterTests {
    private static let now = Timestamp(seconds: 784_111_777)  // 1994-11-06T08:49:37Z

    @Test(
        "is a number of seconds or a time",
        arguments: [
            ("0", 0), ("1", 1), ("120", 120), ("999999999", 999_999_999), ("Sun, 06 Nov 1994 08:49:47 GMT", 10),
            ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("Sun, 06 Nov 1994 08:49:27 GMT", 0),
            ("Sun Nov  6 08:50:37 1994", 60),
        ])
    func reading(text: String, seconds: Int) {
        #expect(RetryAfter.delay(text, now: Self.now) == .seconds(seconds))
    }

    @Test(
        "is nothing else",
        arguments: ["", " ", "-1", "+1", "1.5", "1s", "soon", "9999999999", "0x10", "1994-11-06T08:49:47Z"])
    func refusing(text: String) {
        #expect(RetryAfter.delay(text, now: Self.now) == nil)
    }
}
