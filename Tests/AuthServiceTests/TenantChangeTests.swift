import BridgeCore
import Testing

@testable import AuthService

@Suite("The changes of a tenant document")
struct TenantChangeTests {
    private static let a = #"{"source":"salesforce","match":{"profile":"A"},"role":"agent"}"#
    private static let b = #"{"source":"salesforce","match":{"profile":"B"},"role":"agent"}"#
    private static let test = #"{"name":"t","dynamics":{"teams":[]},"expect":"agent"}"#
    private static let otherTest = #"{"name":"t","dynamics":{"teams":[]},"expect":"role_missing"}"#

    private static func document(_ members: String) throws -> TenantDocument {
        try TenantDocument(parsing: #"{"license":"l",\#(members)}"#.utf8)
    }

    @Test(
        "are shown a line each",
        arguments: [
            (#""tokenLifetime":"24h","rules":[]"#, #""tokenLifetime":"1440m","rules":[]"#, []),
            (
                #""name":"A","tokenLifetime":"24h","rules":[]"#, #""tokenLifetime":"8h","rules":[],"handOff":"token""#,
                [#"~ name: "A" -> null"#, #"~ tokenLifetime: "24h" -> "8h""#, #"~ handOff: "code" -> "token""#]
            ),
            (
                #""tokenLifetime":"1h","rules":[\#(a),\#(b)]"#, #""tokenLifetime":"1h","rules":[\#(b)]"#,
                ["- rules: \(a)"]
            ),
            (
                #""tokenLifetime":"1h","rules":[\#(a)]"#, #""tokenLifetime":"1h","rules":[\#(b),\#(b)]"#,
                ["- rules: \(a)", "+ rules: \(b)", "+ rules: \(b)"]
            ),
            (
                #""tokenLifetime":"1h","rules":[\#(a),\#(b)]"#, #""tokenLifetime":"1h","rules":[\#(b),\#(a)]"#,
                ["~ rules: [\(a),\(b)] -> [\(b),\(a)]"]
            ),
            (
                #""tokenLifetime":"1h","rules":[],"redirectOrigins":["https://a.example"]"#,
                #""tokenLifetime":"1h","rules":[],"redirectOrigins":["https://b.example"]"#,
                [#"- redirectOrigins: "https://a.example""#, #"+ redirectOrigins: "https://b.example""#]
            ),
            (
                #""tokenLifetime":"1h","rules":[],"ruleTests":[\#(test)]"#,
                #""tokenLifetime":"1h","rules":[],"ruleTests":[\#(otherTest)]"#,
                ["~ ruleTests: \(test) -> \(otherTest)"]
            ),
            (
                #""tokenLifetime":"1h","rules":[]"#,
                #""tokenLifetime":"1h","rules":[],"recordMapping":{"Case":{"A":"a"},"Lead":{"B":"b"}}"#,
                [
                    #"- recordMapping.Contact: {"Email":"user_email"}"#,
                    #"- recordMapping.LiveChatTranscript: {"ChatKey":"salesforce_liveAgentSessionKey"}"#,
                    #"~ recordMapping.Case: {"ContactEmail":"user_email"} -> {"A":"a"}"#,
                    #"+ recordMapping.Lead: {"B":"b"}"#,
                ]
            ),
        ])
    func lines(before: String, after: String, lines: [String]) throws {
        let changes = TenantChange.all(from: try Self.document(before), to: try Self.document(after))
        #expect(changes.map(\.description) == lines)
    }

    @Test("are none where an export is applied")
    func export() throws {
        let document = try Self.document(#""tokenLifetime":"8h","rules":[\#(Self.a)],"ruleTests":[\#(Self.test)]"#)
        #expect(TenantChange.all(from: document, to: try TenantDocument(parsing: document.text.utf8)).isEmpty)
    }
}
