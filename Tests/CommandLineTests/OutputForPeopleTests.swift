import AuthService
import BridgeCore
import Testing

@testable import cobrowse_sso

@Suite("Output for people")
struct OutputForPeopleTests {
    @Test("indents JSON, a member a line")
    func indented() throws {
        let value = try JSONValue(parsing: Array(#"{"a":1,"b":[],"c":[true,{"d":"\n"}],"e":{}}"#.utf8))
        #expect(
            IndentedJSON.lines(value).joined(separator: "\n") == """
                {
                  "a": 1,
                  "b": [],
                  "c": [
                    true,
                    {
                      "d": "\\n"
                    }
                  ],
                  "e": {}
                }
                """)
    }

    @Test("puts the values of fields in one column")
    func fields() {
        var list = FieldList()
        list.add("keyId", "a\u{1B}b")
        list.add("alias", nil)
        list.add("publicKeySHA256", "c")
        #expect(list.lines == ["keyId:           a\u{FFFD}b", "alias:           -", "publicKeySHA256: c"])
    }

    @Test("asks for lists page by page until one is not full", arguments: [0, 1, 499, 500, 501, 1000])
    func pages(count: Int) async throws {
        var pageCount = 0
        let items = try await allPages { (last: Int?, limit) async throws(StoreError) in
            pageCount += 1
            let start = (last ?? -1) + 1
            return Array(start..<min(count, start + limit))
        }
        #expect(items == Array(0..<count))
        #expect(pageCount == count / 500 + 1)
    }
}
