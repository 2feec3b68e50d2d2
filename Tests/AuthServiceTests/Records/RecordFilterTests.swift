import AuthService
import BridgeCore
import Testing

@Suite("The filters of a record")
struct RecordFilterTests {
    private static let mapping = RecordMapping([
        "Case": ["ContactEmail": "user_email"], "Contact": ["Email": "user_email"],
        "Order__c": ["Account__r.Email__c": "user_email", "Number__c": "order"],
    ])

    /// A record as text, and what its devices are filtered by, or the code it is refused with and a word of why.
    struct Row: CustomTestStringConvertible, Sendable {
        let type: String
        let fields: String
        var filters: [String] = []
        var code: ReasonCode?
        var word = ""
        var testDescription: String { "\(type) \(fields.prefix(80))" }

        static func good(_ type: String, _ fields: String, _ filters: String...) -> Row {
            Row(type: type, fields: fields, filters: filters)
        }

        static func bad(_ type: String, _ fields: String, _ code: ReasonCode, _ word: String) -> Row {
            Row(type: type, fields: fields, code: code, word: word)
        }

        static let table: [Row] = [
            .good("Case", #"{"ContactEmail":"ann@example.com"}"#, "user_email=ann@example.com"),
            .good("Case", #"{"Subject":null,"ContactEmail":"a@b.example","Id":1}"#, "user_email=a@b.example"),
            .good("case", #"{"contactemail":"a@b.example"}"#, "user_email=a@b.example"),
            .good("Case", #"{"ContactEmail":" Ann+1@Example.com "}"#, "user_email= Ann+1@Example.com "),
            .good(
                "Order__c", #"{"Account__r.Email__c":"a@b.example","Number__c":"7 & 8"}"#, "order=7 & 8",
                "user_email=a@b.example"),
            .good(
                "Case", "{\"ContactEmail\":\"\(String(repeating: "ä", count: 128))\"}",
                "user_email=\(String(repeating: "ä", count: 128))"),
            .bad("Case", "{}", .notFound, "no value in ContactEmail"),
            .bad("Case", #"{"ContactEmail":null}"#, .notFound, "no value in ContactEmail"),
            .bad("Case", #"{"ContactEmail":""}"#, .notFound, "no value in ContactEmail"),
            .bad("Case", #"{"ContactEmail":" \t\u00a0"}"#, .notFound, "no value in ContactEmail"),
            .bad("Case", #"{"SuppliedEmail":"a@b.example"}"#, .notFound, "no value in ContactEmail"),
            .bad("Case", #"{"ContactEmail":7}"#, .configurationInvalid, "is no text"),
            .bad("Case", #"{"ContactEmail":true}"#, .configurationInvalid, "is no text"),
            .bad("Case", #"{"ContactEmail":["a@b.example"]}"#, .configurationInvalid, "is no text"),
            .bad("Case", #"{"ContactEmail":{"value":"a@b.example"}}"#, .configurationInvalid, "is no text"),
            .bad("Case", #"{"ContactEmail":"a\nb"}"#, .configurationInvalid, "control characters"),
            .bad("Case", #"{"ContactEmail":"a\u0000"}"#, .configurationInvalid, "control characters"),
            .bad("Case", "{\"ContactEmail\":\"\(String(repeating: "a", count: 257))\"}", .configurationInvalid, "256"),
            .bad("Case", #"{"ContactEmail":"a","contactEmail":"b"}"#, .configurationInvalid, "twice"),
            .bad("Order__c", #"{"Account__r.Email__c":"a@b.example"}"#, .notFound, "no value in Number__c"),
            .bad("Order__c", #"{"Account__r":{"Email__c":"a"},"Number__c":"1"}"#, .notFound, "Account__r.Email__c"),
            .bad("Lead", #"{"Email":"a@b.example"}"#, .configurationInvalid, "are not mapped"),
            .bad("", "{}", .configurationInvalid, "are not mapped"),
        ]
    }

    @Test("are its mapped values, all of them, or it is refused: never none", arguments: Row.table)
    func filters(row: Row) throws {
        let fields = try #require(try JSONValue(parsing: row.fields.utf8).objectValue)
        do throws(RecordRefusal) {
            let filters = try Self.mapping.filters(for: CRMRecord(type: row.type, fields: fields))
            #expect(row.code == nil)
            #expect(filters.map { "\($0.key)=\($0.value)" } == row.filters)
        } catch {
            #expect(error.code == row.code, "\(error.detail)")
            #expect(error.detail.contains(row.word), "\(error.detail)")
            #expect(error.hint?.isEmpty == false)
            #expect(!error.detail.contains("a@b.example"))
        }
    }

    @Test("name the type that was most likely meant")
    func suggestion() throws {
        let refusal = #expect(throws: RecordRefusal.self) {
            try Self.mapping.filters(for: CRMRecord(type: "Cases", fields: []))
        }
        #expect(refusal?.hint?.hasPrefix("did you mean Case?") == true)
    }

    @Test("are never none, not even of a mapping that could not be saved")
    func emptyType() {
        #expect(throws: RecordRefusal.self) {
            try RecordMapping(["Case": [:]]).filters(for: CRMRecord(type: "Case", fields: []))
        }
    }

    /// A record document, and the place of its mistake.
    @Test(
        "are made of a document with type and fields alone",
        arguments: [
            (#"{"type":"Case","fields":{}}"#, nil), (#"{"fields":{}}"#, "type"), (#"{"type":"Case"}"#, "fields"),
            (#"{"type":"","fields":{}}"#, "type"), (#"{"type":1,"fields":{}}"#, "type"),
            (#"{"type":"Case","fields":[]}"#, "fields"), (#"{"type":"Case","fields":{},"id":"1"}"#, "id"),
            ("[]", ""), (#"{"type":"Case","fields":{"A":"1","A":"2"}}"#, ""), ("", ""),
        ])
    func documents(text: String, place: String?) {
        do throws(DocumentError) {
            let record = try CRMRecord(parsing: text.utf8)
            #expect(place == nil)
            #expect(record.type == "Case")
        } catch {
            #expect(error.place == place, "\(error.detail)")
        }
    }

    @Test("stand in no description of the record")
    func description() throws {
        let record = try CRMRecord(parsing: #"{"type":"Case","fields":{"ContactEmail":"ann@example.com"}}"#.utf8)
        var shown = "\(record)"
        dump(record, to: &shown)
        #expect(shown.contains("Case") && !shown.contains("ann@"))
    }
}
