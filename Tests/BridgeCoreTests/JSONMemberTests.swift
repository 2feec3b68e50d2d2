import BridgeCore
import Testing

@Suite("A member name that occurs twice")
struct JSONMemberTests {
    static let duplicates: [JSONSample] = [
        JSONSample(#"{"a":1,"a":1}"#, .duplicateMember),
        JSONSample(#"{"":1,"":1}"#, .duplicateMember),
        JSONSample(#"{"a":1,"\u0061":1}"#, .duplicateMember),
        JSONSample(#"{"\u0061":1,"a":1}"#, .duplicateMember),
        JSONSample(#"{"\u0061":1,"\u0061":1}"#, .duplicateMember),
        JSONSample(#"{"é":1,"\u00e9":1}"#, .duplicateMember),
        JSONSample(#"{"😀":1,"\uD83D\ude00":1}"#, .duplicateMember),
        JSONSample(#"{"a/b":1,"a\/b":1}"#, .duplicateMember),
        JSONSample(#"{"exactly8":1,"exactly8":1}"#, .duplicateMember),
        JSONSample(#"{"displayName":1,"display\u004eame":1}"#, .duplicateMember),
        JSONSample(#"{"x":{"y":[{"a":1,"b":2,"a":3}]}}"#, .duplicateMember),
        JSONSample(#"[{"a":1},{"a":1,"a":2}]"#, .duplicateMember),
    ]

    static let different: [JSONSample] = [
        JSONSample(#"{"a":{"a":{"a":1}},"b":{"a":1}}"#), JSONSample(#"[{"a":1},{"a":1}]"#),
        JSONSample(#"{"displayName":1,"displayNamf":1}"#), JSONSample(#"{"12345678":1,"123456789":1}"#),
        JSONSample(#"{"\u0000":1,"":2}"#), JSONSample(#"{"\u0000a":1,"a":2}"#),
        // The same to a reader of Unicode, other bytes: names are compared as RFC 8259 §8.3 says, code by code.
        JSONSample("{\"\u{E9}\":1,\"e\u{301}\":2}"),
    ]

    @Test("refuses the text, however it is written", arguments: duplicates)
    func refused(_ sample: JSONSample) {
        #expect(sample.outcomes == [.duplicateMember, .duplicateMember])
    }

    @Test("is another name when a byte differs, or stands in another object", arguments: different)
    func accepted(_ sample: JSONSample) {
        #expect(sample.outcomes == [nil, nil])
    }

    @Test("is found among any number of members", arguments: [2, 15, 16, 17, 18, 33, 300])
    func many(_ count: Int) {
        let names = (0..<count).map { "name number \($0)" }
        let text = { (names: [String]) in "{" + names.map { "\"\($0)\":0" }.joined(separator: ",") + "}" }
        #expect(JSONSample(text(names)).outcomes == [nil, nil])
        for twice in Set([0, 1, count / 2, count - 1]) {
            let escaped = names[twice].replacing("n", with: "\\u006e")
            for name in [names[twice], escaped] {
                #expect(JSONSample(text(names + [name])).outcomes == [.duplicateMember, .duplicateMember], "\(twice)")
                #expect(JSONSample(text([name] + names)).outcomes == [.duplicateMember, .duplicateMember], "\(twice)")
            }
        }
    }

    @Test("is named by its place")
    func place() {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: #"{"a":1,"a":1}"#.utf8) }
        #expect(error?.offset == 8)
    }
}
