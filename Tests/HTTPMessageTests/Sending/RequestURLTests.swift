import BridgeCore
import HTTPMessage
import Testing

@Suite("The URL of a request")
struct RequestURLTests {
    @Test(
        "is an origin and a target",
        arguments: [
            ("https://a.example", "https://a.example", "/"), ("https://a.example/", "https://a.example", "/"),
            ("HTTPS://A.example:443/B?c=D", "https://a.example", "/B?c=D"),
            ("https://a.example?b=/c", "https://a.example", "/?b=/c"),
            ("https://a.example/../b//c/./d", "https://a.example", "/../b//c/./d"),
            ("http://[::1]:8080/x", "http://[::1]:8080", "/x"),
            (
                "https://a.example/api/data/v9.2/users?$filter=a%20eq%20'b'&$top=1", "https://a.example",
                "/api/data/v9.2/users?$filter=a%20eq%20'b'&$top=1"
            ),
        ])
    func reading(text: String, origin: String, target: String) throws {
        let url = try #require(RequestURL(text))
        #expect("\(url.origin)" == origin)
        #expect(url.target == target)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "/", "a.example/b", "//a.example/b", "https:/a.example", "https://", "https:///b",
            "https://a.example#b",
            "https://a.example/b#c", "https://u@a.example/", "https://u:p@a.example/", "https://a.example@b.example/",
            "https://a.example /b", "https://a.example/b c", "https://a.example/b\r\nHost: c",
            "https://a.example/\u{E4}",
            "https://a.example\\b", "https://a.example/\u{7F}", "ftp://a.example/", "file:///etc/passwd",
            "https://a.example/\(String(repeating: "b", count: 16 << 10))",
        ])
    func refusing(text: String) {
        #expect(RequestURL(text) == nil)
    }

    @Test func `encodes every name and value of a query`() throws {
        let origin = try #require(WebOrigin("https://a.example"))
        let url = RequestURL(origin: origin, path: "/b", query: [("$filter", "a eq 'b&c'"), ("d+e", "\u{E4}#?~")])
        #expect(url?.target == "/b?%24filter=a%20eq%20%27b%26c%27&d%2Be=%C3%A4%23%3F~")
        #expect(RequestURL(origin: origin, path: "/b")?.target == "/b")
    }

    @Test(arguments: ["", "b", "/b?c", "/b#c", "/b c", "/\n"]) func `takes no path that is more or less`(path: String)
        throws
    {
        #expect(RequestURL(origin: try #require(WebOrigin("https://a.example")), path: path) == nil)
    }
}
