import AuthService
import BridgeCore
import BridgeTesting
import Testing

@testable import BridgeService

@Suite("The URL of an embedded page, over HTTP", .blocking)
struct EmbedURLTests {
    /// A service with an administrator, and an API token that mints.
    private static func run(
        _ settings: [String: String] = [:], _ body: (Administrator, (String) throws -> RawResponse) async throws -> Void
    ) async throws {
        try await Administrator.run(settings) { admin in
            let mint = try await admin.test.apiToken(.mint(try .example(TokenMaker.license)))
            try await body(admin) { query in
                try admin.test.call("GET", Administrator.root + "/embed" + query, token: mint)
            }
        }
    }

    /// A text with every byte as an escape.
    private static func encoded(_ text: String) -> String { text.utf8.map { "%" + Hex.encode([$0]) }.joined() }

    private static func record(_ type: String, _ fields: String) -> String {
        "&record=" + encoded(#"{"type":"\#(type)","fields":\#(fields)}"#)
    }

    private static func mints(_ admin: Administrator) throws -> Int {
        try admin.get("/audit?action=token.mint").json["items"]?.arrayValue?.count ?? 0
    }

    @Test("has the filter of the record and a token that lets its agent in, or the token beside it")
    func urls() async throws {
        try await Self.run(["cobrowse_api": "https://eu.cobrowse.io"]) { admin, get in
            let filter = Self.record("Case", #"{"ContactEmail":"jané+1@b.example"}"#)
            let answer = try get("?email=Cai@example.com&displayName=Cai%20C&role=agent&expiresIn=60" + filter)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer["cache-control"] == "no-store")
            let url = try #require(try answer.json["url"]?.stringValue)
            #expect(try answer.json["token"] == nil)
            let start = "https://eu.cobrowse.io/dashboard?token="
            let rest = "&filter_user_email=jan%C3%A9%2B1%40b.example"
            #expect(url.hasPrefix(start) && url.hasSuffix(rest), "\(url)")
            let login = try admin.test.verify(String(url.dropFirst(start.count).dropLast(rest.count)))
            #expect(try login.json["account"]?["email"] == .string("cai@example.com"))
            #expect(try login.json["account"]?["displayName"] == .string("Cai C"))
            let beside = try get("?email=cai@example.com&token_source=postMessage&page=connect&end_action=code&lng=de")
            #expect(
                try beside.json["url"]
                    == .string("https://eu.cobrowse.io/connect?token_source=postMessage&end_action=code&lng=de"))
            #expect(try admin.test.verify(try #require(try beside.json["token"]?.stringValue)).status == 200)
            // Without a record `connect` takes whatever device is there.
            #expect(try beside.json["warnings"]?.arrayValue?.count == 1)
            #expect(try answer.json["warnings"] == .array([]))
            #expect(try get("?email=cai@example.com&token_source=url").json["token"] == nil)
            #expect(try Self.mints(admin) == 3)
            let entry = try #require(try admin.get("/audit?action=token.mint").json["items"]?.arrayValue?.first)
            #expect(entry["actor"]?.stringValue?.hasPrefix("token:tok_") == true)
            #expect(entry["account"] == .string("cai@example.com"))
            // Neither the customer nor a token stands in the log.
            let log = admin.test.log.lines.joined()
            #expect(!log.contains("b.example") && !log.contains("eyJ"))
        }
    }

    @Test("is refused at the place of the mistake, and then no token is signed")
    func refusals() async throws {
        try await Self.run(["superusers": "root@.*"]) { admin, get in
            let cai = "?email=cai@example.com"
            let rows: [(query: String, verdict: String, word: String)] = [
                (cai + Self.record("Case", "{}"), "422 not_found", "no value in ContactEmail"),
                (cai + Self.record("Case", #"{"ContactEmail":null}"#), "422 not_found", "ContactEmail"),
                (cai + Self.record("Case", #"{"ContactEmail":""}"#), "422 not_found", "ContactEmail"),
                (cai + Self.record("Case", #"{"ContactEmail":7}"#), "422 configuration_invalid", "is no text"),
                (cai + Self.record("Lead", #"{"Email":"a"}"#), "422 configuration_invalid", "not mapped"),
                (cai + "&record=%7B", "400 configuration_invalid", "record"),
                (cai + "&record=%7B%7D", "400 configuration_invalid", "type: is missing"),
                (cai + "&record=", "400 configuration_invalid", "record"),
                ("", "400 configuration_invalid", "email"), ("?email=cai", "400 configuration_invalid", "email"),
                (cai + "&page=session", "400 configuration_invalid", "page"),
                (cai + "&token_source=header", "400 configuration_invalid", "token_source"),
                // A query stands in logs: a token, and what goes with it, is for the body of POST.
                (cai + "&token=ey.j.w", "400 configuration_invalid", "token"),
                (cai + "&policy=%7B%7D", "400 configuration_invalid", "policy"),
                (cai + "&navigation=no", "400 configuration_invalid", "navigation"),
                (cai + "&end_action=x%26token%3Dy", "400 configuration_invalid", "end_action"),
                (cai + "&lng=de_DE", "400 configuration_invalid", "lng"),
                (cai + "&role=superuser", "400 configuration_invalid", "role"),
                (cai + "&expiresIn=15m", "400 configuration_invalid", "expiresIn"),
                (cai + "&expiresIn=-1", "400 configuration_invalid", "expiresIn"),
                (cai + "&filter_user_email=a", "400 configuration_invalid", "filter_user_email"),
                (cai + "&expiresIn=86401", "422 token_lifetime_exceeded", "86401"),
                ("?email=root@example.com", "403 email_not_allowed", ""),
            ]
            for row in rows {
                let answer = try get(row.query)
                #expect(answer.verdict == row.verdict, "\(row.query) \(answer.text)")
                #expect(answer.text.contains(row.word), "\(row.query) \(answer.text)")
                #expect(!answer.text.contains("filter_user_email=a\""))
            }
            #expect(try Self.mints(admin) == 0)
        }
    }

    @Test("follows the mapping of the moment")
    func mapping() async throws {
        try await Self.run { admin, get in
            let lead = "?email=cai@example.com" + Self.record("Lead", #"{"Owner__r.Email__c":"a@b.example"}"#)
            #expect(try get(lead).verdict == "422 configuration_invalid")
            let change = try admin.call(
                "PUT", "/recordMapping", json: #"{"Lead":{"Owner__r.Email__c":"owner"}}"#, fields: ["If-Match: *"])
            #expect(change.status == 200)
            let answer = try get(lead)
            #expect(try answer.json["url"]?.stringValue?.hasSuffix("&filter_owner=a%40b.example") == true)
        }
    }
}
