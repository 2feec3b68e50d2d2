import BridgeCore
import HTTPMessage
import Testing

@Suite("Where a request may go")
struct HostRuleTests {
    /// A rule, an origin, and whether it is allowed.
    struct Row: Sendable, CustomTestStringConvertible {
        let rule: HostRule
        let origin: String
        let isAllowed: Bool

        var testDescription: String { origin }

        init(_ rule: HostRule, _ origin: String, _ isAllowed: Bool) {
            self.rule = rule
            self.origin = origin
            self.isAllowed = isAllowed
        }
    }

    private static let dataverse = HostRule(
        ["*.crm#.dynamics.com", "login.example.com"],
        and: HostList(["own.example", "other.example:8443", "127.0.0.1"].compactMap(HostList.entry)))

    private static let rows: [Row] = [
        Row(dataverse, "https://acme.crm.dynamics.com", true), Row(dataverse, "https://acme.crm4.dynamics.com", true),
        Row(dataverse, "https://acme.api.crm21.dynamics.com", true), Row(dataverse, "https://crm4.dynamics.com", false),
        Row(dataverse, "https://acme.crm4x.dynamics.com", false),
        Row(dataverse, "https://acme.xcrm4.dynamics.com", false),
        Row(dataverse, "https://acme.dynamics.com", false), Row(dataverse, "https://evil-crm.dynamics.com", false),
        Row(dataverse, "https://acme.crm.dynamics.com.evil.example", false),
        Row(dataverse, "https://acme.crm.dynamics.com:8443", false),
        Row(dataverse, "http://acme.crm.dynamics.com", false),
        Row(dataverse, "https://login.example.com", true), Row(dataverse, "https://a.login.example.com", false),
        Row(dataverse, "https://own.example", true), Row(dataverse, "https://own.example:9", true),
        Row(dataverse, "https://a.own.example", false), Row(dataverse, "https://other.example", false),
        Row(dataverse, "https://other.example:8443", true), Row(dataverse, "http://127.0.0.1:9000", true),
        Row(dataverse, "http://127.0.0.2:9000", false),
    ]

    @Test("is a table", arguments: rows) func judging(row: Row) throws {
        #expect(row.rule.allows(try #require(WebOrigin(row.origin))) == row.isAllowed)
    }

    @Test(
        "with a token is one origin, to the port",
        arguments: [
            ("https://acme.crm4.dynamics.com", true), ("https://ACME.crm4.dynamics.com:443", true),
            ("http://acme.crm4.dynamics.com", false), ("https://acme.crm4.dynamics.com:444", false),
            ("https://acme2.crm4.dynamics.com", false), ("https://acme.api.crm4.dynamics.com", false),
        ])
    func only(text: String, isAllowed: Bool) throws {
        let rule = HostRule(only: try #require(WebOrigin("https://acme.crm4.dynamics.com")))
        #expect(rule.allows(try #require(WebOrigin(text))) == isAllowed)
    }

    @Test(
        "is listed by host, with or without a port",
        arguments: [
            "", "*", "*.example", ".example", "a b", "https://a.example", "a.example:0", "a.example/", "\u{E4}.example",
        ])
    func noHost(text: String) {
        #expect(HostList.entry(text) == nil)
    }

    @Test(
        "is refused where nothing is listed",
        arguments: ["https://a.example", "http://localhost", "https://[::1]"])
    func nothing(text: String) throws {
        #expect(!HostRule([]).allows(try #require(WebOrigin(text))))
    }
}
