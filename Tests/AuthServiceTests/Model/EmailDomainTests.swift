import AuthService
import Testing

@Suite("The domain of an e-mail address")
struct EmailDomainTests {
    /// In letters, and as DNS has it; the second column is what `idna` 2008 tools print.
    private static let domains: [(letters: String, ascii: String)] = [
        ("bücher.example", "xn--bcher-kva.example"), ("straße.example", "xn--strae-oqa.example"),
        ("例子.测试", "xn--fsqu00a.xn--0zwm56d"), ("उदाहरण.परीक्षा", "xn--p1b6ci4b4b3a.xn--11b5bs3a9aj6g"),
        ("пример.испытание", "xn--e1afmkfd.xn--80akhbyknj4f"), ("παράδειγμα.δοκιμή", "xn--hxajbheg2az3al.xn--jxalpdlp"),
        ("مثال.إختبار", "xn--mgbh0fb.xn--kgbechtv"), ("דוגמה.טעסט", "xn--6dbbec0c.xn--deba0ad"),
        ("실례.테스트", "xn--9n2bp8q.xn--9t4b11yi5a"), ("例え.テスト", "xn--r8jz45g.xn--zckzah"),
        ("உதாரணம்.பரிட்சை", "xn--zkc6cc5bi7f6e.xn--hlcj6aya9esc7a"), ("βόλος.com", "xn--nxasmm1c.com"),
        ("l·l.example", "xn--ll-0ea.example"), ("a-ü-b.example", "xn--a--b-1ra.example"),
        ("a.b.ü", "a.b.xn--tda"), ("ü.a_b.example", "xn--tda.a_b.example"),
    ]

    @Test("is the same in letters and in ASCII", arguments: domains)
    func same(letters: String, ascii: String) throws {
        let address = try #require(EmailAddress("Ann@\(letters)"))
        #expect(address.value == "ann@\(ascii)")
        #expect(EmailAddress("ann@\(ascii)") == address)
        #expect(EmailAddress("ANN@\(upper(letters))") == address)
        #expect(EmailAddress("ann@\(ascii.uppercased())") == address)
        #expect(address.inLetters.utf8.elementsEqual("ann@\(letters)".utf8))
    }

    /// In upper case where that loses nothing.
    private func upper(_ text: String) -> String {
        let upper = text.uppercased()
        return upper.lowercased().utf8.elementsEqual(text.utf8) ? upper : text
    }

    @Test("is left alone where it is ASCII", arguments: ["ann@example.com", "ann@a.b-c.example", "ann@axn--b.example"])
    func plain(text: String) throws {
        #expect(try #require(EmailAddress(text)).inLetters == text)
    }

    @Test("keeps letters of their own apart", arguments: [("straße", "strasse"), ("βόλος", "βόλοσ"), ("ı", "i")])
    func different(one: String, two: String) throws {
        #expect(try #require(EmailAddress("a@\(one).example")) != (try #require(EmailAddress("a@\(two).example"))))
    }

    @Test(
        "holds no A-label that no letters are written as",
        arguments: [
            // Nothing, only ASCII, digits that break off, characters that are none, an overflow.
            "xn--", "xn---", "xn--a-", "xn--abc-", "xn--abc", "xn--a", "xn--99999999", "xn--bcher-kv_",
            "xn--zzzzzzzzzzz",
            "xn--ls8ha999999999", "xn--bcher-kva-", "xn---bcher-kva",
            // Letters that are mapped: Ü, a full-width a, a ligature, the Kelvin sign, a long s, the full-width point.
            "xn--bcher-2pa", "xn--mi7c", "xn--nn-1b1n", "xn--ate-xk1a", "xn--am-4va", "xn--ab-yu3n",
            // A zero-width joiner, a soft hyphen, an accent apart, a mark in front, a hyphen in front, an emoji.
            "xn--ab-m1t", "xn--ab-5da", "xn--zoe-fec", "xn--f4c", "xn----eha", "xn--ls8h",
            // An A-label in an A-label.
            "xn--xn--bcher-kva-", "xn--xn---3ra",
        ])
    func malformed(label: String) {
        #expect(EmailAddress("ann@\(label).example") == nil)
    }

    @Test(
        "holds nothing that would be another letter, or that no registry has",
        arguments: [
            "\u{FF45}xample.com", "ex\u{FB01}.com", "\u{212A}.example", "\u{3C9}\u{345}.example", "\u{2126}.example",
            "ü\u{3002}example", "ü\u{FF0E}example", "ü\u{FF61}example", "\u{33A1}.example", "\u{E33}.example",
            "bu\u{308}cher.example", "😀.example", "ü!.example", "ü_.example", "ü\u{200D}.example", "ü\u{200C}.example",
            "ü\u{AD}.example", "\u{94D}क.example", "क.\u{93E}a.example", "ab--ü.example", "xn--ü.example", "-ü.example",
            "ü-.example", "ü..example", "ü.", "\u{2488}.example", "\u{20AC}.example", "\u{2044}ü.example",
        ])
    func refused(domain: String) {
        #expect(EmailAddress("ann@\(domain)") == nil)
    }

    @Test("has labels of at most 63 bytes, as they are in ASCII")
    func length() throws {
        let longest = String(repeating: "a", count: 55) + "ü"
        let address = try #require(EmailAddress("x@\(longest).example"))
        #expect(address.value.utf8.count - "x@.example".utf8.count == 63)
        #expect(EmailAddress("x@a\(longest).example") == nil)
        #expect(EmailAddress("x@\(String(repeating: "例", count: 50)).example") != nil)
        #expect(EmailAddress("x@\(String(repeating: "例", count: 60)).example") == nil)
        let label = String(address.value.dropFirst(2).prefix(63))
        #expect(EmailAddress("x@\(label).example") == address)
        #expect(EmailAddress("x@\(label)a.example") == nil)
    }

    @Test("counts in ASCII towards the 254 bytes of the address")
    func total() {
        func domain(_ count: Int) -> String { Array(repeating: "üa例", count: count).joined(separator: ".") }
        #expect(EmailAddress("x@\(domain(16))")?.value.utf8.count == 241)
        #expect(domain(17).utf8.count < 254)
        #expect(EmailAddress("x@\(domain(17))") == nil)
    }
}
