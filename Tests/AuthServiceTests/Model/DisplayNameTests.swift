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
            // Controls of ISO 6429, marks and isolates of direction, separators, tags, annotations.
            ("A\u{9B}2Jnn\u{7F}", "A2Jnn"), ("\u{1B}[31mAnn", "[31mAnn"), ("\u{2067}Ann\u{2069}\u{200F}\u{61C}", "Ann"),
            ("Ann\u{2029}Lee", "AnnLee"), ("Ann\u{E0041}", "Ann"), ("\u{FFF9}Ann\u{FFFB}", "Ann"), ("A\u{AD}nn", "Ann"),
            // White space of any kind at the ends, kept inside; fillers that cannot be seen.
            ("\u{A0}Ann\u{3000}Lee\u{2003}", "Ann\u{3000}Lee"), ("Ann\u{3164}", "Ann"), ("\u{115F}Ann", "Ann"),
            ("אבג \u{202B}דה", "אבג דה"), ("שלום", "שלום"),
        ])
    func cleaned(text: String, name: String) {
        #expect(DisplayName.cleaned(text)?.unicodeScalars.elementsEqual(name.unicodeScalars) == true)
    }

    @Test(
        "keeps joiners where a script or an emoji needs them, and nowhere else",
        arguments: [
            ("می\u{200C}خواهم", "می\u{200C}خواهم"), ("क्\u{200D}ष", "क्\u{200D}ष"), ("👩\u{200D}💻", "👩\u{200D}💻"),
            ("❤\u{FE0F}\u{200D}🔥", "❤\u{FE0F}\u{200D}🔥"), ("A\u{200D}nn", "Ann"), ("Ann\u{200C}", "Ann"),
            ("\u{200D}ش", "ش"), ("ش\u{200C}\u{200D}ش", "ش\u{200D}ش"), ("ش\u{200C}\u{202E}ش", "شش"),
            ("ش\u{200C} ش", "ش ش"),
        ])
    func joiners(text: String, name: String) {
        #expect(DisplayName.cleaned(text)?.unicodeScalars.elementsEqual(name.unicodeScalars) == true)
    }

    @Test(
        "is none where nothing is left",
        arguments: [
            "", " ", "   ", "\n", "\u{200B}\u{202E}", " \t ", "\u{FE0F}", "\u{A0}\u{2003}", "\u{3164}", "\u{200D}",
            "\u{FE0F} \u{FE0F}",
        ])
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

    @Test("is cut between two characters, and at 1,024 bytes however few they are")
    func graphemes() {
        let start = String(repeating: "a", count: 127)
        #expect(DisplayName.cleaned(start + "e\u{301}b") == start + "e\u{301}")
        #expect(DisplayName.cleaned(start + "👩\u{200D}👩\u{200D}👧b") == start + "👩\u{200D}👩\u{200D}👧")
        #expect(DisplayName.cleaned(start + "🇩🇪🇫🇷") == start + "🇩🇪")
        #expect(DisplayName.cleaned(start + " " + "\u{301}b") == start + " \u{301}")
        let family = "👩\u{200D}👩\u{200D}👧\u{200D}👧"  // 25 bytes
        #expect(DisplayName.cleaned(String(repeating: family, count: 100)) == String(repeating: family, count: 40))
        #expect(DisplayName.cleaned("Ann " + "e" + String(repeating: "\u{301}", count: 1000)) == "Ann")
        #expect(DisplayName.cleaned("e" + String(repeating: "\u{301}", count: 1000)) == nil)
        #expect(DisplayName.cleaned(String(repeating: "語", count: 200)) == String(repeating: "語", count: 128))
    }
}
