import BridgeCore
import Testing

@testable import AuthService

@Suite("The document of a tenant")
struct TenantDocumentTests {
    private static let everything = #"""
        {
          "license": "trial12345",
          "name": "Société \"Générale\"",
          "tokenLifetime": "8h",
          "handOff": "token",
          "redirectOrigins": [
            "https://agents.example.com",
            "http://localhost:3000"
          ],
          "rules": [
            {"source":"salesforce","match":{"permissionSet":"Support"},"role":"agent"},
            {"source":"dynamics","match":{"team":"Leads"},"role":"administrator"}
          ],
          "ruleTests": [
            {"name":"support","salesforce":{"emailVerified":true,"profile":"P","permissionSets":["Support",{"name":"A","isActive":false}]},"expect":"agent"},
            {"name":"nobody","dynamics":{"isEnabled":true,"securityRoles":[{"name":"R","rootId":"1"}],"teams":["T"]},"expect":"role_missing"}
          ],
          "recordMapping": {
            "Account": {"Email__c":"mail"},
            "Case": {"ContactEmail":"user_email","Device__c":"device_id"}
          }
        }

        """#

    @Test("has one text, which is read again as what it was")
    func canonical() throws {
        let document = try TenantDocument(parsing: Self.everything.utf8)
        #expect(document.text == Self.everything)
        #expect(document.settings.handOff == .token)
        #expect(document.settings.tokenLifetime == 28_800)
        #expect(document.settings.ruleTests.map(\.expectation) == [.role(.agent), .denial(.roleMissing)])
    }

    @Test("reads the same whatever the order of its members and its white space")
    func order() throws {
        let text = #"""
            {"recordMapping":{"Case":{"Device__c":"device_id","ContactEmail":"user_email"},"Account":{"Email__c":"mail"}},
             "ruleTests":[{"expect":"agent","salesforce":{"permissionSets":["Support",{"isActive":false,"name":"A"}],
               "profile":"P","emailVerified":true},"name":"support"},
               {"dynamics":{"teams":["T"],"securityRoles":[{"rootId":"1","name":"R"}],"isEnabled":true},
               "expect":"role_missing","name":"nobody"}],
             "rules":[{"role":"agent","match":{"permissionSet":"Support"},"source":"salesforce"},
               {"match":{"team":"Leads"},"source":"dynamics","role":"administrator"}],
             "redirectOrigins":["https://AGENTS.example.com:443","HTTP://localhost:3000"],"handOff":"token",
             "tokenLifetime":"480m","name":"Société \u0022Générale\u0022","license":"trial12345"}
            """#
        #expect(try TenantDocument(parsing: text.utf8).text == Self.everything)
    }

    @Test("of a new tenant says everything that holds for it")
    func initial() throws {
        let license = try #require(License("a"))
        let tenant = Tenant(license: license, name: nil, createdAt: Timestamp(seconds: 0))
        let document = TenantDocument(tenant)
        #expect(try TenantDocument(parsing: document.text.utf8) == document)
        // What nobody decided and what has no default is left out.
        let names = TenantDocument.memberNames.filter { $0 != "refuseExpiredKeysAfter" }
        #expect(document.value.objectValue?.map(\.name) == names)
        #expect(document.text.contains("\n  \"ruleTests\": [],\n"))
        #expect(document.text.contains("\n  \"name\": null,\n"))
    }

    @Test("needs license, tokenLifetime and rules, and no more")
    func least() throws {
        let document = try TenantDocument(parsing: #"{"license":"a","tokenLifetime":"24h","rules":[]}"#.utf8)
        #expect(document.name == nil)
        #expect(document.settings == TenantSettings(tokenLifetime: 86_400, rules: []))
    }

    @Test("is refused at the place that is wrong", arguments: Refusal.table)
    func refused(_ refusal: Refusal) throws {
        let error = #expect(throws: DocumentError.self) { try TenantDocument(parsing: refusal.text.utf8) }
        #expect(error?.place == refusal.place)
        #expect(error?.code == .configurationInvalid)
    }

    @Test("that is no JSON is refused with line and column")
    func syntax() throws {
        let table: [(text: String, detail: String)] = [
            ("", "line 1, column 1: the text ends too early"),
            ("{\n  \"license\": \"a\",\n  \"näme\": ?\n}", "line 3, column 11: unexpected character"),
            ("{\"license\":\"a\",\n\"license\":\"b\"}", "line 2, column 2: a member name occurs twice"),
            ("{}\n\nx", "line 3, column 1: something follows the value"),
        ]
        for (text, detail) in table {
            let error = #expect(throws: DocumentError.self) { try TenantDocument(parsing: text.utf8) }
            #expect(error?.detail == detail)
        }
    }

    /// A document and the place of its mistake.
    struct Refusal: CustomTestStringConvertible, Sendable {
        let text: String
        let place: String
        var testDescription: String { text }

        /// A whole document but for `members`, which come last.
        init(_ members: String, at place: String) {
            text = #"{"license":"a","tokenLifetime":"1h","rules":[],\#(members)}"#
            self.place = place
        }

        /// A whole document with one rule test besides a good one.
        static func test(_ test: String, at place: String) -> Refusal {
            let good = #"{"name":"good","salesforce":{"permissionSets":[]},"expect":"role_missing"}"#
            return Refusal(
                #""ruleTests":[\#(good),\#(test)]"#, at: place.isEmpty ? "ruleTests[1]" : "ruleTests[1].\(place)")
        }

        /// A rule test with these facts.
        static func facts(_ source: String, _ facts: String, at place: String) -> Refusal {
            .test(
                #"{"name":"a","\#(source)":\#(facts),"expect":"agent"}"#,
                at: place.isEmpty ? source : "\(source).\(place)")
        }

        static let table: [Refusal] = [
            Refusal(#""version":1"#, at: "version"), Refusal(#""Name":"a""#, at: "Name"),
            Refusal(#""name":1"#, at: "name"), Refusal(#""name":"""#, at: "name"),
            Refusal(#""name":"a\nb""#, at: "name"), Refusal(#""name":"a\u202eb""#, at: "name"),
            Refusal(#""handOff":"cookie""#, at: "handOff"), Refusal(#""handOff":null"#, at: "handOff"),
            Refusal(#""redirectOrigins":"https://a.example""#, at: "redirectOrigins"),
            Refusal(#""redirectOrigins":["https://a.example",1]"#, at: "redirectOrigins[1]"),
            Refusal(#""redirectOrigins":["http://a.example"]"#, at: "redirectOrigins[0]"),
            Refusal(#""redirectOrigins":["https://a.example/"]"#, at: "redirectOrigins[0]"),
            Refusal(#""redirectOrigins":["https://a.example","https://A.example:443"]"#, at: "redirectOrigins[1]"),
            Refusal(#""recordMapping":[]"#, at: "recordMapping"),
            Refusal(#""recordMapping":{"Case":"user_email"}"#, at: "recordMapping.Case"),
            Refusal(#""recordMapping":{"Case":{}}"#, at: "recordMapping.Case"),
            Refusal(#""recordMapping":{"":{"a":"b"}}"#, at: "recordMapping"),
            Refusal(#""recordMapping":{"Case":{"a b":"b"}}"#, at: "recordMapping.Case"),
            Refusal(#""recordMapping":{"Case":{"a":""}}"#, at: "recordMapping.Case.a"),
            Refusal(#""recordMapping":{"Case":{"a":"x&y"}}"#, at: "recordMapping.Case.a"),
            Refusal(#""recordMapping":{"Case":{"a":null}}"#, at: "recordMapping.Case.a"),
            Refusal(#""recordMapping":{"Case":{"a":"x","b":"x"}}"#, at: "recordMapping.Case.b"),
            Refusal(#""ruleTests":{}"#, at: "ruleTests"),
            .test("1", at: ""),
            .test(#"{"salesforce":{},"expect":"agent"}"#, at: "name"),
            .test(#"{"name":"","salesforce":{},"expect":"agent"}"#, at: "name"),
            .test(#"{"name":"good","salesforce":{},"expect":"agent"}"#, at: "name"),
            .test(#"{"name":"a","expect":"agent"}"#, at: ""),
            .test(#"{"name":"a","salesforce":{},"dynamics":{},"expect":"agent"}"#, at: ""),
            .test(#"{"name":"a","salesforce":{}}"#, at: "expect"),
            .test(#"{"name":"a","salesforce":{},"expect":"admin"}"#, at: "expect"),
            .test(#"{"name":"a","salesforce":{},"expect":"Agent"}"#, at: "expect"),
            .test(#"{"name":"a","salesforce":{},"expect":"agent","x":1}"#, at: "x"),
            .facts("salesforce", "[]", at: ""), .facts("dynamics", "null", at: ""),
            .facts("salesforce", #"{"permissionsets":[]}"#, at: "permissionsets"),
            .facts("salesforce", #"{"permissionSets":["a",1]}"#, at: "permissionSets[1]"),
            .facts("salesforce", #"{"permissionSets":[{"label":"a"}]}"#, at: "permissionSets[0].name"),
            .facts("salesforce", #"{"permissionSets":[{"name":"a","id":"b"}]}"#, at: "permissionSets[0].id"),
            .facts(
                "salesforce", #"{"permissionSets":[{"name":"a","isActive":"yes"}]}"#, at: "permissionSets[0].isActive"),
            .facts(
                "salesforce", #"{"permissionSets":[{"name":"a","expirationDate":"soon"}]}"#,
                at: "permissionSets[0].expirationDate"),
            .facts("salesforce", #"{"profile":{"id":"00e8Z000000btHh"}}"#, at: "profile.name"),
            .facts("salesforce", #"{"emailVerified":"yes"}"#, at: "emailVerified"),
            .facts("salesforce", #"{"organizationId":"1"}"#, at: "organizationId"),
            .facts("salesforce", #"{"isActive":null}"#, at: "isActive"),
            .facts("salesforce", #"{"connection":"default"}"#, at: "connection"),
            .facts("dynamics", #"{"isEnabled":"yes"}"#, at: "isEnabled"),
            .facts("dynamics", #"{"roles":[]}"#, at: "roles"),
            .facts("dynamics", #"{"securityRoles":{}}"#, at: "securityRoles"),
            .facts("dynamics", #"{"securityRoles":[""]}"#, at: "securityRoles[0]"),
            .facts("dynamics", #"{"securityRoles":[{"rootId":"1"}]}"#, at: "securityRoles[0].name"),
            .facts("dynamics", #"{"securityRoles":[{"name":"a","rootId":1}]}"#, at: "securityRoles[0].rootId"),
            .facts("dynamics", #"{"teams":[{"name":"a"}]}"#, at: "teams[0]"),
        ]
    }
}
