import BridgeCore
import Testing

@Suite("An origin")
struct WebOriginTests {
    @Test(
        "has one text",
        arguments: [
            ("https://a.example", "https://a.example"), ("HTTPS://A.Example:443", "https://a.example"),
            ("http://a.example:80", "http://a.example"), ("http://a.example:443", "http://a.example:443"),
            ("https://[::1]:8443", "https://[::1]:8443"), ("https://[2606:4700:0::1111]", "https://[2606:4700::1111]"),
            ("https://1.2.3.4", "https://1.2.3.4"), ("https://1.example", "https://1.example"),
        ])
    func text(text: String, value: String) {
        #expect(WebOrigin(text)?.description == value)
    }

    @Test(
        "is nothing that two readers take for two hosts",
        arguments: [
            "https://127.1", "https://2130706433", "https://0x7f000001", "https://0x7f.0.0.1", "https://127.0.0.0x1",
            "https://010.0.0.1", "https://1.2.3", "https://1.2.3.4.5", "https://256.1.1.1", "https://1.2.3.4.",
            "https://a.example.", "https://a_b.example", "https://a.example\\@b.example", "https://a@b.example",
            "https://[::ffff:127.0.0.1]", "https://[::1%25lo]", "https://[1.2.3.4]", "https://a%2eexample",
            "https://\u{FF41}.example", "https://a.0x", "ftp://a.example", "https:a.example", "https://",
        ])
    func refuses(text: String) {
        #expect(WebOrigin(text) == nil)
    }

    @Test(
        "of this machine is known by its name",
        arguments: [
            ("http://localhost", true), ("https://127.0.0.1:1", true), ("http://[::1]", true),
            ("https://[0:0:0:0:0:0:0:1]", true), ("http://127.0.0.2", false), ("http://localhost.example", false),
        ])
    func loopback(text: String, isLoopback: Bool) throws {
        #expect(try #require(WebOrigin(text)).isLoopback == isLoopback)
    }
}
