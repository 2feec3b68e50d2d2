import AuthService
import BridgeCore
import HTTPMessage
import Testing

@testable import BridgeService

@Suite("The query of an operation")
struct QueryValuesTests {
    private static let known =
        QueryParameter.paging + [
            QueryParameter(name: "email", schema: .string, summary: ""),
            QueryParameter(name: "since", schema: .time, summary: ""),
        ]

    @Test("is read, decoded, whatever its order")
    func reading() throws {
        let text = "email=Ann%2Bx@Example.com&limit=500&since=2027-01-15T08%3A00%3A00Z"
        let values = try QueryValues(text, known: Self.known)
        #expect(try values.limit() == 500)
        #expect(try values.email()?.value == "ann+x@example.com")
        #expect(try values.time("since") == Timestamp(seconds: 1_800_000_000))
        #expect(try QueryValues("email=a+b@c.de", known: Self.known).email()?.value == "a+b@c.de")
        for absent in [nil, "", "&"] {
            let values = try QueryValues(absent, known: Self.known)
            #expect(try values.limit() == 100)
            #expect(try values.text("cursor") == nil)
        }
    }

    @Test(
        "is refused where it is not understood, naming the parameter",
        arguments: [
            ("limt=5", "limt"), ("limit", "query"), ("limit=%", "query"), ("limit=%ff", "query"),
            ("limit=1&limit=1", "limit"), ("x=1", "\"x\""), ("Limit=1", "Limit"), ("=1", "query"),
        ])
    func refused(text: String, word: String) {
        let error = #expect(throws: RequestRefusal.self) { try QueryValues(text, known: Self.known) }
        #expect(error?.status == .badRequest && error?.code == .configurationInvalid)
        #expect(error?.detail.contains(word) == true)
    }

    @Test("suggests the parameter that was meant")
    func suggestion() {
        let error = #expect(throws: RequestRefusal.self) { try QueryValues("limt=5", known: Self.known) }
        #expect(error?.hint == "did you mean limit?")
    }

    @Test(
        "has a limit from 1 to 500",
        arguments: ["0", "501", "-1", "+1", "1.0", "", "x", "99999999999999999999", "1 "])
    func limits(text: String) throws {
        let values = try QueryValues("limit=\(text)", known: Self.known)
        let error = #expect(throws: RequestRefusal.self) { try values.limit() }
        #expect(error?.detail.contains("limit") == true)
    }
}

@Suite("The cursor of a list")
struct ListCursorTests {
    @Test("leads back to its position, whatever that is")
    func roundTrip() throws {
        for position in ["a", "zoë@example.com", "tokenId a b", " "] {
            let cursor = ListCursor.text("listAccounts", position)
            #expect(cursor.utf8.allSatisfy { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "/") })
            #expect(try ListCursor.position(cursor, of: "listAccounts") == position)
        }
    }

    @Test("of another list, cut or made up is refused by name")
    func malformed() {
        let cursor = ListCursor.text("listAccounts", "ann@example.com")
        for text in [
            ListCursor.text("listKeys", "a"), ListCursor.text("listAccounts", ""), String(cursor.dropLast()),
            cursor + "=", "", "x", "!", "_w",
        ] {
            let error = #expect(throws: RequestRefusal.self) { try ListCursor.position(text, of: "listAccounts") }
            #expect(error?.code == .configurationInvalid && error?.status == .badRequest)
            #expect(error?.detail.contains("cursor") == true)
        }
    }
}

@Suite("If-Match")
struct VersionConditionTests {
    @Test("means the versions it names, or every one")
    func matching() throws {
        #expect(try VersionCondition("\"3\"").allows(3))
        #expect(try VersionCondition("\"1\" , \"3\"").allows(3))
        #expect(try VersionCondition("*").allows(7))
        for other in ["\"4\"", "\"03\"", "\"\"", "W/\"3\"", "\"3 \""] {
            #expect(try !VersionCondition(other).allows(3), "\(other)")
        }
        #expect(VersionCondition.tag(3).text == "\"3\"")
    }

    @Test("is refused where it is no list of entity tags", arguments: ["3", "\"3", "\"", "3\"", "x", "\"1\",2"])
    func malformed(field: String) {
        let error = #expect(throws: RequestRefusal.self) { try VersionCondition(field) }
        #expect(error?.status == .badRequest && error?.detail.contains("If-Match") == true)
    }
}
