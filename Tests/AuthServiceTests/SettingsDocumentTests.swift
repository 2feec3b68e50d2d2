import AuthService
import BridgeCore
import Testing

@Suite("The settings of a tenant as a document")
struct SettingsDocumentTests {
    @Test("have one text")
    func text() throws {
        let settings = TenantSettings(
            tokenLifetime: 900,
            rules: [
                Rule(.salesforcePermissionSet("a \"b\""), role: .agent),
                Rule(.dynamicsTeam("Zoë"), role: .administrator),
            ])
        let text = """
            {"tokenLifetime":"15m","handOff":"code","redirectOrigins":[],"rules":[\
            {"source":"salesforce","match":{"permissionSet":"a \\"b\\""},"role":"agent"},\
            {"source":"dynamics","match":{"team":"Zoë"},"role":"administrator"}],"ruleTests":[],\
            "recordMapping":{"Case":{"ContactEmail":"user_email"},"Contact":{"Email":"user_email"},\
            "LiveChatTranscript":{"ChatKey":"salesforce_liveAgentSessionKey"}}}
            """
        #expect(settings.json == text)
        #expect(try TenantSettings(parsing: text) == settings)
    }

    @Test("carry the policy of a rule byte for byte")
    func policy() throws {
        let text = """
            {"tokenLifetime":"15m","rules":[\
            {"source":"dynamics","match":{"team":"a"},"role":"agent",\
            "policy":{"version":3,"push":{},"devices":{"custom_data":{"z":"1","a":2}},"recordings":{},"sessions":{}}},\
            {"source":"dynamics","match":{"team":"a"},"role":"agent"}]}
            """
        let settings = try TenantSettings(parsing: text)
        let rules = text[(text.firstIndex(of: "[") ?? text.startIndex)...].dropLast()
        #expect(settings.json.contains("\"rules\":\(rules)"))
        #expect(settings.rules.first?.policy?.sentences.count == 3)
        #expect(settings.rules.last?.policy == nil)
        #expect(settings.rules.first != settings.rules.last)
    }

    @Test("of an older version are read with defaults for what it did not know")
    func older() throws {
        let settings = try TenantSettings(parsing: #"{"tokenLifetime":"15m","rules":[]}"#)
        #expect(settings == TenantSettings(tokenLifetime: 900, rules: []))
        #expect(settings.handOff == .code)
        #expect(settings.redirectOrigins.isEmpty && settings.ruleTests.isEmpty)
        #expect(settings.recordMapping == .standard)
    }

    @Test("come back as they went", arguments: [TenantSettings.initial, everyKind])
    func roundTrip(settings: TenantSettings) throws {
        #expect(try TenantSettings(parsing: settings.json) == settings)
    }

    private static let everyKind = TenantSettings(
        tokenLifetime: 1,
        rules: [
            Rule(.salesforcePermissionSet("a"), role: .agent), Rule(.salesforcePermissionSetGroup("b"), role: .agent),
            Rule(.salesforceCustomPermission("c"), role: .agent), Rule(.salesforceProfile("d"), role: .administrator),
            Rule(.dynamicsSecurityRole("e"), role: .agent), Rule(.dynamicsTeam("f"), role: .administrator),
        ])

    @Test("may stand among members that somebody else reads")
    func besides() throws {
        let value = try JSONValue(parsing: #"{"license":"a","tokenLifetime":"24h","rules":[]}"#.utf8)
        let settings = try TenantSettings(value, besides: ["license", "name"])
        #expect(settings == TenantSettings(tokenLifetime: 86_400, rules: []))
        #expect(throws: DocumentError(at: "license", "")) { try TenantSettings(value) }
    }

    @Test("are refused at the place that is wrong", arguments: Refusal.table)
    func refused(_ refusal: Refusal) throws {
        let error = #expect(throws: DocumentError.self) { try TenantSettings(parsing: refusal.text) }
        #expect(error?.place == refusal.place)
        #expect(error?.code == .configurationInvalid)
        if let hint = refusal.hint { #expect(error?.hint == hint) }
    }

    /// A document, the place of its mistake, and the hint where there is one to be sure of.
    struct Refusal: CustomTestStringConvertible, Sendable {
        let text: String
        let place: String
        let hint: String?

        var testDescription: String { text }

        init(_ text: String, at place: String, hint: String? = nil) {
            self.text = text
            self.place = place
            self.hint = hint
        }

        static func rule(_ text: String, at place: String, hint: String? = nil) -> Refusal {
            let good = #"{"source":"dynamics","match":{"team":"a"},"role":"agent"}"#
            return Refusal(#"{"tokenLifetime":"1h","rules":[\#(good),\#(text)]}"#, at: place, hint: hint)
        }

        private static let long = String(repeating: "x", count: 4096)

        static let table: [Refusal] = [
            Refusal("", at: ""), Refusal("{", at: ""), Refusal("[]", at: ""), Refusal("null", at: ""),
            Refusal("{}", at: "tokenLifetime"),
            Refusal(#"{"tokenLifetime":"1h"}"#, at: "rules"),
            Refusal(#"{"rules":[]}"#, at: "tokenLifetime"),
            Refusal(#"{"tokenLifetime":3600,"rules":[]}"#, at: "tokenLifetime"),
            Refusal(#"{"tokenLifetime":"","rules":[]}"#, at: "tokenLifetime"),
            Refusal(#"{"tokenLifetime":"3600","rules":[]}"#, at: "tokenLifetime"),
            Refusal(#"{"tokenLifetime":"0s","rules":[]}"#, at: "tokenLifetime"),
            Refusal(#"{"tokenLifetime":"86401s","rules":[]}"#, at: "tokenLifetime"),
            Refusal(#"{"tokenLifetime":"1h","rules":{}}"#, at: "rules"),
            Refusal(#"{"tokenLifetime":"1h","rules":null}"#, at: "rules"),
            Refusal(#"{"tokenLifetime":"1h","rules":[],"rule":[]}"#, at: "rule", hint: "did you mean rules?"),
            Refusal(#"{"tokenLifetime":"1h","rules":[],"rules":[]}"#, at: ""),
            .rule("null", at: "rules[1]"),
            .rule("{}", at: "rules[1].source"),
            .rule(#"{"source":"hubspot","match":{"team":"a"},"role":"agent"}"#, at: "rules[1].source"),
            .rule(#"{"source":1,"match":{"team":"a"},"role":"agent"}"#, at: "rules[1].source"),
            .rule(#"{"source":"dynamics","role":"agent"}"#, at: "rules[1].match"),
            .rule(#"{"source":"dynamics","match":"team","role":"agent"}"#, at: "rules[1].match"),
            .rule(#"{"source":"dynamics","match":{},"role":"agent"}"#, at: "rules[1].match"),
            .rule(
                #"{"source":"dynamics","match":{"team":"a","securityRole":"b"},"role":"agent"}"#,
                at: "rules[1].match"),
            .rule(
                #"{"source":"dynamics","match":{"permissionSet":"a"},"role":"agent"}"#,
                at: "rules[1].match.permissionSet", hint: "known are securityRole, team"),
            .rule(
                #"{"source":"salesforce","match":{"permissionset":"a"},"role":"agent"}"#,
                at: "rules[1].match.permissionset", hint: "did you mean permissionSet?"),
            .rule(#"{"source":"dynamics","match":{"team":""},"role":"agent"}"#, at: "rules[1].match.team"),
            .rule(#"{"source":"dynamics","match":{"team":["a"]},"role":"agent"}"#, at: "rules[1].match.team"),
            .rule(#"{"source":"dynamics","match":{"team":"a"}}"#, at: "rules[1].role"),
            .rule(#"{"source":"dynamics","match":{"team":"a"},"role":null}"#, at: "rules[1].role"),
            .rule(
                #"{"source":"dynamics","match":{"team":"a"},"role":"admin"}"#, at: "rules[1].role",
                hint: "write agent or administrator"),
            .rule(#"{"source":"dynamics","match":{"team":"a"},"role":"Agent"}"#, at: "rules[1].role"),
            .rule(#"{"source":"dynamics","match":{"team":"a"},"role":"agent","x":1}"#, at: "rules[1].x"),
            .rule(#"{"source":"dynamics","match":{"team":"a"},"role":"agent","policy":null}"#, at: "rules[1].policy"),
            .rule(
                #"{"source":"dynamics","match":{"team":"a"},"role":"agent","policy":{}}"#, at: "rules[1].policy.version"
            ),
            .rule(
                #"{"source":"dynamics","match":{"team":"a"},"role":"agent","policy":{"version":3,"push":{"id":7}}}"#,
                at: "rules[1].policy.push.id"),
            .rule(
                #"{"source":"dynamics","match":{"team":"a"},"role":"agent","policy":{"version":3,"x":"\#(long)"}}"#,
                at: "rules[1].policy"),
        ]
    }
}
