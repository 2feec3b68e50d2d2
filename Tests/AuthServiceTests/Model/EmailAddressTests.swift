import AuthService
import Testing

@Suite("An e-mail address")
struct EmailAddressTests {
    @Test(
        "is compared trimmed and in lower case",
        arguments: [
            ("ann@example.com", "ann@example.com"), ("  Ann@EXAMPLE.com ", "ann@example.com"), ("a@b", "a@b"),
            ("Zoë@Example.com", "zoë@example.com"), ("ÄNNE@example.com", "änne@example.com"),
            ("用户@Example.com", "用户@example.com"), ("संपर्क@example.com", "संपर्क@example.com"),
            ("ΣΑΣ@example.com", "σασ@example.com"), ("ß@example.com", "ß@example.com"),
            ("ς@example.com", "ς@example.com"), ("😀@example.com", "😀@example.com"),
        ])
    func normal(text: String, value: String) throws {
        let address = try #require(EmailAddress(text))
        #expect(address.value.utf8.elementsEqual(value.utf8))
        #expect(address == EmailAddress(value))
        #expect(EmailAddress(address.value)?.value.utf8.elementsEqual(value.utf8) == true)
    }

    @Test(
        "keeps what makes two mailboxes of many providers",
        arguments: [
            ("a.b@x.example", "ab@x.example"), ("a+1@x.example", "a@x.example"), ("a_b@x.example", "a-b@x.example"),
        ])
    func different(one: String, two: String) throws {
        #expect(try #require(EmailAddress(one)) != (try #require(EmailAddress(two))))
    }

    @Test(
        "may hold what a mailbox name may without quotes",
        arguments: [
            "!#$%&'*+-/=?^_`{|}~@example.com", "a@a-b.example", "1@2.3", "-a@x.example", ".a.@x.example",
            "a@b_c.example",
            "a@ab--c.example", "a@axn--b.example", "xn--a@b.example", "a@\(String(repeating: "a", count: 63)).example",
        ])
    func unusual(text: String) {
        #expect(EmailAddress(text)?.value == text)
    }

    @Test(
        "has one @, something on both sides, and labels behind it",
        arguments: [
            "", " ", "@", "a", "ann", "ann@", "@example.com", "a@@b", "a@b@c", "a@b@", "ann@.example.com",
            "ann@example..com", "ann@example.com.", "ann@-example.com", "ann@example-.com", "ann@example.com-", "ann@.",
            "ann@-", "ann@\(String(repeating: "a", count: 64)).example", "ann@a.\(String(repeating: "a", count: 64))",
        ])
    func form(text: String) {
        #expect(EmailAddress(text) == nil)
    }

    @Test(
        "holds nothing that quotes, separates, hides or moves",
        arguments: [
            "a b@example.com", "a\tb@example.com", "\tann@example.com", "ann@example.com\n", "a\r\nb@example.com",
            "a\0@example.com", "a\u{7F}@example.com", "a\u{85}@example.com", "\"a\"@example.com", "a,b@example.com",
            "a;b@example.com", "<a@example.com>", "Ann <a@example.com>", "a(b)@example.com", "a\\b@example.com",
            "a@[127.0.0.1]", "mailto:a@example.com", "a\u{A0}b@example.com", "a\u{3000}@example.com",
            "a\u{200B}@example.com", "a\u{200D}@example.com", "a\u{FEFF}@example.com", "a\u{AD}@example.com",
            "a\u{202E}@example.com", "a\u{2066}@example.com", "a\u{200E}@example.com", "a\u{2028}@example.com",
            "a\u{FE0F}@example.com", "a\u{E0041}@example.com", "a\u{E000}@example.com", "a\u{378}@example.com",
            "a\u{3164}@example.com",
        ])
    func invisible(text: String) {
        #expect(EmailAddress(text) == nil)
    }

    @Test(
        "is one person's only: nothing that becomes another address or looks like one",
        arguments: [
            "\u{212A}ate@example.com", "\u{130}rem@example.com", "zoe\u{308}@example.com", "a\u{307}@example.com",
            "\u{FF41}nn@example.com", "\u{FB01}nn@example.com", "ann\u{2070}@example.com", "\u{17F}am@example.com",
            "\u{2126}@example.com", "\u{AC00}\u{11A8}@example.com", "\u{1F88}@example.com", "\u{2460}@example.com",
            "ann\u{FF20}example.com", "\u{915}\u{93C}\u{958}@example.com", "\u{345}a@example.com",
        ])
    func lookalike(text: String) {
        #expect(EmailAddress(text) == nil)
    }

    @Test("has at most 254 bytes")
    func length() {
        let domain = "@example.com"
        #expect(EmailAddress(String(repeating: "a", count: 254 - domain.utf8.count) + domain) != nil)
        #expect(EmailAddress(String(repeating: "a", count: 255 - domain.utf8.count) + domain) == nil)
        #expect(EmailAddress(String(repeating: "ë", count: 121) + domain) != nil)
        #expect(EmailAddress(String(repeating: "ë", count: 122) + domain) == nil)
        #expect(EmailAddress("  " + String(repeating: "a", count: 242) + domain + "  ") != nil)
    }
}
