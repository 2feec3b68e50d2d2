import Testing

@testable import AuthService

@Suite("A name that is shown")
struct DisplayNameTests {
    @Test(
        "keeps what can be seen",
        arguments: [
            ("Ann Example", "Ann Example"), ("  Ann  ", "Ann"), ("Zoë 日本 😀", "Zoë 日本 😀"), ("a  b", "a  b"),
            ("A\u{202E}nn", "Ann"), ("A\0n\r\nn", "Ann"), ("\u{FEFF}Ann\u{200B}", "Ann"), ("\u{2028}Ann \u{7F}", "Ann"),
            ("Ann\u{E000}\u{378}", "Ann"), ("<b>\"Ann\"</b>", "<b>\"Ann\"</b>"), ("é", "é"),
        ])
    func cleaned(text: String, name: String) {
        #expect(DisplayName.cleaned(text) == name)
    }

    @Test("is none where nothing is left", arguments: ["", " ", "   ", "\n", "\u{200B}\u{202E}", " \t "])
    func empty(text: String) {
        #expect(DisplayName.cleaned(text) == nil)
    }

    @Test("is cut at 128 characters")
    func long() {
        #expect(DisplayName.cleaned(String(repeating: "a", count: 128)) == String(repeating: "a", count: 128))
        #expect(DisplayName.cleaned(String(repeating: "a", count: 129)) == String(repeating: "a", count: 128))
        #expect(DisplayName.cleaned(String(repeating: "ë", count: 200)) == String(repeating: "ë", count: 128))
        #expect(DisplayName.cleaned(String(repeating: "a", count: 127) + " b") == String(repeating: "a", count: 127))
    }
}
