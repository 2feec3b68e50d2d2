import AuthService
import BridgeCore
import Connectors
import HTTPMessage
import Testing

@Suite("Where a sign-in returns to")
struct RedirectTargetTests {
    private func target(_ text: String) throws -> Result<RedirectTarget, ConnectorError> {
        let cobrowse = try #require(WebOrigin("https://cobrowse.io"))
        let listed = try ["https://agents.example.com", "http://localhost:3000"].map {
            try #require(RedirectOrigin($0))
        }
        do throws(ConnectorError) {
            return .success(try RedirectTarget(text, cobrowse: cobrowse, listed: listed))
        } catch {
            return .failure(error)
        }
    }

    @Test(
        "is a path of Cobrowse, or a URL of a listed origin",
        arguments: [
            ("/", "https://cobrowse.io/"), ("/dashboard", "https://cobrowse.io/dashboard"),
            (
                "/connect?filter_user_email=ann%40example.com",
                "https://cobrowse.io/connect?filter_user_email=ann%40example.com"
            ),
            ("/a/b/", "https://cobrowse.io/a/b/"), ("/@me/x:y", "https://cobrowse.io/@me/x:y"),
            ("/x?next=%2F%2Fevil.example", "https://cobrowse.io/x?next=%2F%2Fevil.example"),
            ("/x?u=https://evil.example", "https://cobrowse.io/x?u=https://evil.example"),
            ("https://cobrowse.io/dashboard", "https://cobrowse.io/dashboard"),
            ("https://agents.example.com", "https://agents.example.com/"),
            ("https://agents.example.com?a=b", "https://agents.example.com/?a=b"),
            ("HTTPS://AGENTS.example.com:443/x", "https://agents.example.com/x"),
            ("http://localhost:3000/x", "http://localhost:3000/x"), ("/a%20b", "https://cobrowse.io/a%20b"),
            ("/x?barcode=1", "https://cobrowse.io/x?barcode=1"),
        ])
    func accepts(text: String, url: String) throws {
        #expect(try target(text).get().url.text == url)
    }

    @Test(
        "is nothing that leads elsewhere, or may be read in two ways",
        arguments: [
            "", "dashboard", "//evil.example", "///evil.example", "////evil.example/..", "/\\evil.example",
            "\\\\evil.example", "/\t/evil.example", "/\n/evil.example", "/%09/evil.example\r\n", "\u{0}/x", " /x",
            "/x ",
            "/%2f/evil.example", "/%2Fevil.example", "/%2f%2fevil.example", "/%5cevil.example", "/%5Cevil.example",
            "/a%2f..%2fb", "/.//evil.example", "/..//evil.example", "/../x", "/a/../../x", "/a/.", "/a/..", "/%2e%2e/x",
            "/a//b", "/a/%00", "/x#y", "#", "?", "?x", "@evil.example", "/x\r\nSet-Cookie: a=b", "/x%0d%0a\n",
            "https://evil.example", "https://evil.example/https://cobrowse.io", "https://cobrowse.io.evil.example",
            "https://cobrowse.io@evil.example", "https://cobrowse.io:443@evil.example",
            "https://cobrowse.io%40evil.example",
            "https://evil.example#https://cobrowse.io", "https://evil.example?https://cobrowse.io",
            "https://evil.example\\@cobrowse.io", "https://cobrowse.io\\@evil.example",
            "https://cobrowse.io\\.evil.example",
            "https://cobrowse.io:8443/", "http://cobrowse.io/", "https:/cobrowse.io", "https:cobrowse.io",
            "https:///cobrowse.io",
            "https://cobrowse.io//evil.example", "https://cobrowse.io/\\evil.example",
            "https://cobrowse.io/..//evil.example",
            "https://agents.example.com.evil.example", "https://user@agents.example.com/",
            "https://agents.example.com:/",
            "https://sub.agents.example.com/", "https://agents.example.com\u{3002}evil.example",
            "https://cobrowse\u{FF0E}io/",
            "https://\u{441}obrowse.io/", "/\u{2215}\u{2215}evil.example", "\u{FF0F}\u{FF0F}evil.example", "/\u{E9}",
            "https://cobrowse.io./", "https://%63obrowse.io/", "https://[::1]/", "http://127.0.0.1:3000/",
            "data:text/html,x", "javascript:alert(1)", "JavaScript://cobrowse.io/%0aalert(1)", "file:///etc/passwd",
            "blob:https://cobrowse.io/x", "ftp://cobrowse.io/", "ws://cobrowse.io/", "cobrowse.io", "https://",
            "https://*",
            "null", "/x?code=1", "/x?a=b&token=", "/x?error=x", "/x?%63ode=1", "/x?state=1",
        ])
    func refuses(text: String) throws {
        let error = try target(text).failure
        #expect(error?.code == .redirectNotAllowed)
        #expect(error?.detail.unicodeScalars.allSatisfy { $0.value >= 0x20 } == true)
    }

    @Test("is not endless")
    func long() throws {
        #expect(try target("/" + String(repeating: "a", count: 2047)).failure == nil)
        #expect(try target("/" + String(repeating: "a", count: 2048)).failure?.code == .redirectNotAllowed)
    }

    @Test("gets what a finished sign-in adds behind its query")
    func location() throws {
        #expect(try target("/x").get().location(adding: [("code", "a b&c")]) == "https://cobrowse.io/x?code=a%20b%26c")
        #expect(try target("/x?y=1").get().location(adding: [("code", "1")]) == "https://cobrowse.io/x?y=1&code=1")
    }
}
