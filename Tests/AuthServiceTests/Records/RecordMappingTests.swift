import AuthService
import BridgeCore
import Testing

@Suite("A record mapping")
struct RecordMappingTests {
    @Test("is Cobrowse's own where a tenant never set one")
    func standard() throws {
        let settings = try TenantSettings(parsing: #"{"tokenLifetime":"15m","rules":[]}"#)
        var writer = JSONWriter()
        writer.value(settings.recordMapping.value)
        #expect(
            writer.text == """
                {"Case":{"ContactEmail":"user_email"},"Contact":{"Email":"user_email"},\
                "LiveChatTranscript":{"ChatKey":"salesforce_liveAgentSessionKey"}}
                """)
        #expect(try RecordMapping(settings.recordMapping.value, at: "recordMapping") == .standard)
    }

    /// A mapping as text, with the place of its mistake and a word of what is said of it; no mistake without a place.
    struct Row: CustomTestStringConvertible, Sendable {
        let text: String
        var place: String?
        var word = ""
        var testDescription: String { text }

        static func field(_ name: String, _ place: String? = nil, _ word: String = "") -> Row {
            Row(text: #"{"Case":{"\#(name)":"user_email"}}"#, place: place, word: word)
        }

        static func type(_ name: String, _ place: String? = nil, _ word: String = "") -> Row {
            Row(text: #"{"\#(name)":{"Email":"user_email"}}"#, place: place, word: word)
        }

        static func key(_ key: String, _ place: String? = nil, _ word: String = "") -> Row {
            Row(text: #"{"Case":{"ContactEmail":\#(key)}}"#, place: place, word: word)
        }

        private static let fields = (0..<11).map { #""Field\#($0)":"key\#($0)""# }
        private static let types = (0..<101).map { #""Type\#($0)":{"Email":"user_email"}"# }

        static let table: [Row] = [
            .type("Case"), .type("Invoice__c"), .type("acme__Invoice__c"), .type("Order__x"), .type("incident"),
            .type("a" + String(repeating: "b", count: 79)),
            .type("", "recordMapping", "no API name"), .type("Web Case", "recordMapping", "no API name"),
            .type("Case.Contact", "recordMapping", "no API name"), .type("1Case", "recordMapping", "no API name"),
            .type("_Case", "recordMapping", "no API name"), .type("Case_", "recordMapping", "no API name"),
            .type("Fälle", "recordMapping", "no API name"), .type("Invoice___c", "recordMapping", "no API name"),
            .type("a__b__c__d", "recordMapping", "no API name"), .type("Case-1", "recordMapping", "no API name"),
            .type("Invoice__r", "recordMapping", "a relationship"),
            .type("a" + String(repeating: "b", count: 80), "recordMapping", "no API name"),
            .field("ContactEmail"), .field("Email__c"), .field("acme__Email__c"), .field("Contact.Email"),
            .field("Account__r.Owner.Email__c"), .field("emailaddress1"), .field("A.B.C.D.E.F"),
            .field("Contact Email", "recordMapping.Case", "no API name"),
            .field("Contact..Email", "recordMapping.Case", "no API name"),
            .field(".Email", "recordMapping.Case", "no API name"),
            .field("Email.", "recordMapping.Case", "no API name"),
            .field("{!Case.ContactEmail}", "recordMapping.Case", "no API name"),
            .field("Account__c.Email__c", "recordMapping.Case", "leads over a field"),
            .field("Account__r", "recordMapping.Case", "ends at a relationship"),
            .field("A.B.C.D.E.F.G", "recordMapping.Case", "6 relationships"),
            .key(#""user_email""#), .key(#""user.email-2""#), .key("\"\(String(repeating: "k", count: 64))\""),
            .key(#""""#, "recordMapping.Case.ContactEmail", "has to be the name"),
            .key("\"\(String(repeating: "k", count: 65))\"", "recordMapping.Case.ContactEmail", "has to be the name"),
            .key(#""user email""#, "recordMapping.Case.ContactEmail", "has to be the name"),
            .key(#""user&email""#, "recordMapping.Case.ContactEmail", "has to be the name"),
            .key(#""usér""#, "recordMapping.Case.ContactEmail", "has to be the name"),
            .key("1", "recordMapping.Case.ContactEmail", "has to be the name"),
            .key("null", "recordMapping.Case.ContactEmail", "has to be the name"),
            .key(#"["user_email"]"#, "recordMapping.Case.ContactEmail", "has to be the name"),
            .key(#""filter_user_email""#, "recordMapping.Case.ContactEmail", "name of a parameter"),
            Row(text: "[]", place: "recordMapping", word: "has to be an object"),
            Row(text: #""Case""#, place: "recordMapping", word: "has to be an object"),
            Row(text: "{}", place: "recordMapping", word: "maps no record types"),
            Row(text: #"{"Case":{}}"#, place: "recordMapping.Case", word: "maps no fields"),
            Row(text: #"{"Case":"user_email"}"#, place: "recordMapping.Case", word: "has to be an object"),
            Row(text: #"{"Case":{"A":"x","B":"x"}}"#, place: "recordMapping.Case.B", word: "another field"),
            Row(text: #"{"Case":{"A":"x","B":"X"}}"#),
            Row(text: #"{"Case":{"A":"x"},"CASE":{"B":"y"}}"#, place: "recordMapping", word: "twice"),
            Row(text: #"{"Case":{"Email":"x","EMAIL":"y"}}"#, place: "recordMapping.Case", word: "twice"),
            Row(text: "{\"Case\":{\(fields.dropLast().joined(separator: ","))}}"),
            Row(
                text: "{\"Case\":{\(fields.joined(separator: ","))}}", place: "recordMapping.Case",
                word: "maps 11 fields, at most 10"),
            Row(text: "{\(types.dropLast().joined(separator: ","))}"),
            Row(text: "{\(types.joined(separator: ","))}", place: "recordMapping", word: "maps 101 record types"),
        ]
    }

    @Test("is refused when it is saved, at the place of its mistake", arguments: Row.table)
    func reading(row: Row) throws {
        let value = try DocumentText.value(row.text.utf8)
        do throws(DocumentError) {
            let mapping = try RecordMapping(value, at: "recordMapping")
            #expect(row.place == nil)
            #expect(try RecordMapping(mapping.value, at: "") == mapping)
        } catch {
            #expect(error.place == row.place, "\(error.detail)")
            #expect(error.detail.contains(row.word), "\(error.detail)")
            #expect(error.code == .configurationInvalid)
        }
    }

    @Test("that is no JSON is refused with line and column")
    func noJSON() {
        let error = #expect(throws: DocumentError.self) { try DocumentText.value(#"{"Case":{"ContactEmail":}}"#.utf8) }
        #expect(error?.detail.hasPrefix("line 1, column 25: ") == true, "\(error?.detail ?? "")")
    }
}
