import AuthService
import Testing

@Suite("An origin to return to")
struct RedirectOriginTests {
    @Test(
        "has one text",
        arguments: [
            ("https://a.example", "https://a.example"), ("HTTPS://A.Example", "https://a.example"),
            ("https://a.example:443", "https://a.example"), ("https://a.example:8443", "https://a.example:8443"),
            ("http://localhost", "http://localhost"), ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
            ("http://[::1]:80", "http://[::1]"), ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ])
    func accepts(text: String, value: String) {
        #expect(RedirectOrigin(text)?.value == value)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "https://", "a.example", "//a.example", "http://a.example", "ftp://a.example", "https:/a.example",
            "https://a.example/", "https://a.example/x", "https://a.example?x", "https://a.example#x",
            "https://user@a.example", "https://*.example", "https://a..example", "https://-a.example",
            "https://a.example:", "https://a.example:0", "https://a.example:65536", "https://a.example:080",
            "https://a.example:+1", "https://a.example:443:1", "https://[::2]", "https://[::1", "https://[::1]x",
            "http://localhost.evil.example", "http://127.0.0.1.nip.io", "https://b\u{FC}cher.example",
            "https://a.example\n", " https://a.example", "https://a b", "null", "https://\u{212A}.example",
        ])
    func refuses(text: String) {
        #expect(RedirectOrigin(text) == nil)
    }
}
