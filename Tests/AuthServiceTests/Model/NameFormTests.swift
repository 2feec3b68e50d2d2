import AuthService
import Testing

@Suite("The name of a tenant")
struct LicenseTests {
    @Test(
        "is fit for a path, a header and a file",
        arguments: ["a", "trial12345", "ACME-Test_1.2", "0", "_", "a..b", String(repeating: "x", count: 64)])
    func accepted(text: String) {
        #expect(License(text)?.value == text)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", ".", "..", ".a", "-a", "a b", "a/b", "a\\b", "a%2F", "a\n", " a", "a\0", "ä", "a:b", "٣", "a\u{301}",
            String(repeating: "x", count: 65),
        ])
    func refused(text: String) {
        #expect(License(text) == nil)
    }

    @Test("is compared with regard to case")
    func caseSensitive() {
        #expect(License("Acme") != License("acme"))
    }
}

@Suite("A Salesforce record id")
struct SalesforceIDTests {
    @Test(
        "has three check characters that say which letters are upper case",
        arguments: [
            ("00D8Z000000btHh", "00D8Z000000btHhUAI"), ("000000000000000", "000000000000000AAA"),
            ("00Daa0000000000", "00Daa0000000000EAA"), ("ABCDEFGHIJKLMNO", "ABCDEFGHIJKLMNO555"),
        ])
    func long(short: String, long: String) {
        #expect(SalesforceID(short)?.value == long)
        #expect(SalesforceID(long)?.value == long)
        #expect(SalesforceID(short) == SalesforceID(long))
        #expect(SalesforceID(long.prefix(15) + long.suffix(3).lowercased())?.value == long)
    }

    @Test(
        "is no other text",
        arguments: [
            "", "00D8Z000000btH", "00D8Z000000btHhU", "00D8Z000000btHhUA", "00D8Z000000btHhUAIA", "00D8Z000000btHhUAJ",
            "00D8Z000000btHhAAA", "00D8Z000000bthhUAI", "00D8Z000000btH_", "00D8Z000000btHé", " 00D8Z00000btHh",
        ])
    func refused(text: String) {
        #expect(SalesforceID(text) == nil)
    }

    @Test("is another one in another case")
    func caseSensitive() {
        #expect(SalesforceID("00D8Z000000btHh") != SalesforceID("00D8Z000000bthh"))
    }
}
