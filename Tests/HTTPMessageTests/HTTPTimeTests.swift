import BridgeCore
import HTTPMessage
import Testing

@Suite("The time in a field")
struct HTTPTimeTests {
    @Test(
        "has three forms",
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"),
            ("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z"),
            ("Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z"),
            ("Thu, 29 Feb 2024 00:00:00 GMT", "2024-02-29T00:00:00Z"),
            ("Friday, 01-Jan-27 00:00:00 GMT", "2027-01-01T00:00:00Z"),
        ])
    func reading(text: String, time: String) {
        #expect(HTTPTime.parse(text)?.description == time)
    }

    @Test(
        "has no others",
        arguments: [
            "", "GMT", "120", "Sun", "1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 31 Nov 1994 08:49:37 GMT", "Sun, 29 Feb 2023 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
            "Sun, 06 nov 1994 08:49:37 GMT", "Sun, +6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 99999 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Nov 1994 08:49:37 GMT GMT GMT GMT GMT",
        ])
    func refusing(text: String) {
        #expect(HTTPTime.parse(text) == nil)
    }
}
