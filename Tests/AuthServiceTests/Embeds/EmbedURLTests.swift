import AuthService
import BridgeCore
import Testing

@Suite("The URL of an embedded page")
struct EmbedURLTests {
    /// What goes in and the URL that comes out, behind the origin.
    struct Row: CustomTestStringConvertible, Sendable {
        var page = EmbedPage.dashboard
        var source = EmbedTokenSource.url
        var token: String? = "t"
        var filters: [String: String] = [:]
        var parameters: [EmbedParameter: String] = [:]
        let url: String
        var testDescription: String { url }

        /// A filter by a value that has to be encoded.
        static func value(_ value: String, _ encoded: String) -> Row {
            Row(filters: ["user_email": value], url: "/dashboard?token=t&filter_user_email=\(encoded)")
        }

        static let table: [Row] = [
            Row(url: "/dashboard?token=t"), Row(page: .code, url: "/code?token=t"),
            Row(page: .connect, url: "/connect?token=t"), Row(token: nil, url: "/dashboard"),
            Row(source: .postMessage, url: "/dashboard?token_source=postMessage"),
            Row(page: .code, source: .postMessage, token: nil, url: "/code?token_source=postMessage"),
            Row(token: "eyJ.a-b_c.d~", url: "/dashboard?token=eyJ.a-b_c.d~"),
            .value("ann@example.com", "ann%40example.com"), .value("a+b@c.example", "a%2Bb%40c.example"),
            .value("a b", "a%20b"), .value("a&b=c", "a%26b%3Dc"), .value("a#b", "a%23b"), .value("50%", "50%25"),
            .value("%41", "%2541"), .value("\"'`", "%22%27%60"), .value("<b>", "%3Cb%3E"), .value("a?b/c", "a%3Fb%2Fc"),
            .value("jürgen@bücher.example", "j%C3%BCrgen%40b%C3%BCcher.example"),
            .value("日本", "%E6%97%A5%E6%9C%AC"), .value("👩‍💻", "%F0%9F%91%A9%E2%80%8D%F0%9F%92%BB"),
            .value("&token=x", "%26token%3Dx"), .value("!$()*,;:@[]", "%21%24%28%29%2A%2C%3B%3A%40%5B%5D"),
            .value("aZ09-._~", "aZ09-._~"),
            Row(
                page: .connect, filters: ["user_email": "a@b", "device_id": "1"],
                url: "/connect?token=t&filter_device_id=1&filter_user_email=a%40b"),
            Row(
                source: .postMessage, filters: ["k": "v"],
                parameters: [
                    .messages: "none", .language: "pt-BR", .navigation: "none", .endAction: "code", .popout: "none",
                    .agentTools: "none", .deviceControls: "none", .sessionDetails: "none",
                ],
                url: """
                    /dashboard?token_source=postMessage&filter_k=v&navigation=none&end_action=code&popout=none\
                    &agent_tools=none&device_controls=none&session_details=none&messages=none&lng=pt-BR
                    """),
        ]
    }

    @Test("is percent-encoded, whatever stands in it", arguments: Row.table)
    func text(row: Row) throws {
        for origin in ["https://cobrowse.io", "https://eu.cobrowse.io", "http://127.0.0.1:4000"] {
            let filters = try row.filters.map { key, value in try Self.filter(key, value) }
            let url = EmbedURL(
                origin: try #require(WebOrigin(origin)), page: row.page, tokenSource: row.source,
                parameters: row.parameters, filters: filters)
            #expect(url.text(token: row.token) == origin + row.url)
        }
    }

    private static func filter(_ key: String, _ value: String) throws -> DeviceFilter {
        let mapping = RecordMapping(["Case": ["Field": key]])
        let record = CRMRecord(type: "Case", fields: [JSONMember(name: "Field", value: .string(value))])
        return try #require(try mapping.filters(for: record).first)
    }

    @Test("is at most 20 KiB long, with the longest filters and token there can be")
    func longest() throws {
        let fields = (0..<RecordMapping.fieldLimit).map { number in
            (field: "Field\(number)", key: String(repeating: "k", count: 63) + "\(number)")
        }
        let mapping = RecordMapping(["Case": Dictionary(uniqueKeysWithValues: fields.map { ($0.field, $0.key) })])
        #expect(try RecordMapping(mapping.value, at: "") == mapping)
        let value = JSONValue.string(String(repeating: "&", count: DeviceFilter.valueLimit))
        let record = CRMRecord(type: "Case", fields: fields.map { JSONMember(name: $0.field, value: value) })
        let url = EmbedURL(
            origin: try #require(WebOrigin("https://cobrowse.io")), filters: try mapping.filters(for: record))
        let length = url.text(token: String(repeating: "t", count: 8 << 10)).utf8.count
        #expect((16 << 10)...(20 << 10) ~= length, "\(length)")
    }

    @Test(
        "takes the documented values of each parameter alone",
        arguments: [
            (.navigation, "none", true), (.navigation, "None", false), (.navigation, "", false),
            (.endAction, "dashboard", true), (.endAction, "code", true), (.endAction, "none", true),
            (.endAction, "close", false), (.popout, "none", true), (.popout, "true", false),
            (.language, "de", true), (.language, "pt-BR", true), (.language, "zh-Hant-TW", true),
            (.language, "d", false), (.language, "de_DE", false), (.language, "de-", false),
            (.language, "de&x=1", false),
            (.language, "deutsch", false), (.language, "de-\(String(repeating: "a", count: 9))", false),
        ] as [(EmbedParameter, String, Bool)])
    func values(parameter: EmbedParameter, value: String, isTaken: Bool) {
        #expect(parameter.takes(value) == isTaken)
    }

    @Test("shows its token to nobody who only describes it")
    func description() throws {
        let url = EmbedURL(
            origin: try #require(WebOrigin("https://cobrowse.io")), filters: [try Self.filter("k", "ann@b")])
        let embed = Embed(url, MintedToken(token: "secret.token.here", expiresAt: Timestamp(seconds: 0), keyID: "k1"))
        var shown = "\(embed)"
        dump(embed, to: &shown)
        #expect(!shown.contains("secret") && !shown.contains("ann@b"), "\(shown)")
        #expect(embed.text.contains("token=secret.token.here"))
        #expect(embed.separateToken == nil)
    }
}
