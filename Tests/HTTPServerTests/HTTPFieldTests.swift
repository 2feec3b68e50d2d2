import HTTPMessage
import Testing

@Suite struct HTTPFieldTests {
    @Test(
        "a value with a control character cannot be made",
        arguments: ["\r", "\n", "\r\n", "\0", "\t", "\u{7F}", "\u{1B}"])
    func illegalValue(character: String) {
        #expect(HTTPFieldValue("a\(character)b") == nil)
        let spaces = String(repeating: " ", count: character.utf8.count)
        #expect(HTTPFieldValue(replacingIllegalIn: "a\(character)b").text == "a\(spaces)b")
        #expect(HTTPFieldValue(stringLiteral: "a\(character)b").text == "a\(spaces)b")
    }

    @Test(arguments: ["", "text/html; charset=utf-8", "\u{E4}\u{20AC}"])
    func `a value may be anything else`(text: String) {
        #expect(HTTPFieldValue(text)?.text == text)
        #expect(HTTPFieldValue(replacingIllegalIn: text).text == text)
    }

    @Test(arguments: ["", " ", "a b", "a:", "a\r\nb", "a\0", "\u{E4}", "(a)", "a,b"])
    func `a name that is no token cannot be made`(text: String) {
        #expect(HTTPFieldName(text) == nil)
    }

    @Test func `tokens are exactly the characters of RFC 9110`() {
        let tokens = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8
        for byte in UInt8.min...UInt8.max { #expect(HTTPToken.contains(byte) == tokens.contains(byte)) }
    }

    @Test func `names are compared without regard to case`() {
        var fields: HTTPFields = [HTTPField(.contentType, "a")]
        #expect(HTTPFieldName("content-TYPE") == .contentType)
        #expect(Set([HTTPFieldName("content-TYPE"), .contentType]).count == 1)
        fields[.contentType] = "b"
        #expect(fields.list == [HTTPField(.contentType, "b")])
        fields.append(.setCookie, "c")
        fields.append(.setCookie, "d")
        #expect(fields.list.count == 3)
        fields[.setCookie] = nil
        #expect(fields.list.count == 1)
    }

    @Test func `statuses have their reason, unlisted ones that of their class`() {
        #expect("\(HTTPStatus.contentTooLarge.reason)" == "Content Too Large")
        #expect("\(HTTPStatus(rawValue: 299).reason)" == "Success")
        for status in [204, 304, 101] as [UInt16] { #expect(HTTPStatus(rawValue: status).forbidsBody) }
        #expect(!HTTPStatus.ok.forbidsBody)
    }
}
