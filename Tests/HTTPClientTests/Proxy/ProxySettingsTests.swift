import BridgeCore
import Testing

@testable import HTTPClient

@Suite("A proxy")
struct ProxySettingsTests {
    private static let exceptions =
        "internal.example, .lab.example,other.example:8443 10.0.0.0/8,192.0.2.7,fd00::/8,[bad],,"

    @Test(
        "is used but for the exceptions",
        arguments: [
            ("https://a.example", true), ("https://internal.example", false), ("https://internal.example:9", false),
            ("https://a.internal.example", false), ("https://notinternal.example", true),
            ("https://lab.example", false), ("https://a.lab.example", false), ("https://other.example", true),
            ("https://other.example:8443", false), ("https://10.1.2.3", false), ("https://11.1.2.3", true),
            ("https://192.0.2.7", false), ("https://192.0.2.8", true), ("https://[fd00::1]", false),
            ("https://[2606::1]", true), ("https://localhost", false), ("https://127.0.0.1:8443", false),
            ("https://[::1]", false), ("http://127.0.0.1", false), ("http://a.example", false),
        ])
    func choosing(origin: String, isUsed: Bool) throws {
        let settings = try ProxySettings(
            environment: ["https_proxy": "http://proxy.example:3128", "no_proxy": Self.exceptions])
        let proxy = settings.proxy(for: try #require(WebOrigin(origin)))
        #expect(proxy?.url == (isUsed ? "http://proxy.example:3128" : nil))
    }

    @Test(
        "is found in the environment",
        arguments: [
            (["https_proxy": "proxy.example:3128"], "http://proxy.example:3128"),
            (["HTTPS_PROXY": "http://proxy.example/"], "http://proxy.example:80"),
            (["https_proxy": "https://proxy.example"], "https://proxy.example:443"),
            (["https_proxy": "http://[::1]:3128"], "http://[::1]:3128"),
            (["https_proxy": "http://a.example:1", "HTTPS_PROXY": "http://b.example:2"], "http://a.example:1"),
            (["https_proxy": "http://u:p%40@proxy.example:3128"], "http://proxy.example:3128"),
            (["https_proxy": ""], nil), ([:], nil), (["http_proxy": "http://a.example:1"], nil),
            (["https_proxy": "http://a.example:1", "no_proxy": "*"], nil),
            (["https_proxy": "http://a.example:1", "NO_PROXY": "A.EXAMPLE, crm.EXAMPLE"], nil),
        ] as [([String: String], String?)])
    func reading(environment: [String: String], url: String?) throws {
        let origin = try #require(WebOrigin("https://crm.example"))
        #expect(try ProxySettings(environment: environment).proxy(for: origin)?.url == url)
    }

    @Test("keeps its password to itself") func credentials() throws {
        let proxy = try #require(Proxy("http://ann:hunter2@proxy.example:3128"))
        #expect(proxy.url == "http://proxy.example:3128")
        #expect("\(proxy)".contains("hunter2") == false)
        let bytes = proxy.credentials?.withBytes { bytes in bytes.indices.map { bytes[$0] } }
        #expect(bytes == Array("ann:hunter2".utf8))
    }

    @Test(
        "is refused without being quoted",
        arguments: ["socks5://a:hunter2@b.example", "http://hunter2@", "hunter2 example", "http://hunter2.example/x?y"])
    func refusing(text: String) {
        let error = #expect(throws: HTTPClientError.self) { try ProxySettings(environment: ["https_proxy": text]) }
        #expect(error?.code == .configurationInvalid)
        #expect(error?.detail.contains("https_proxy") == true)
        #expect(error.map { "\($0) \($0.hint ?? "")" }?.contains("hunter2") == false)
    }
}
