import Testing

@testable import WebConsole

@Suite("The page that says who asked")
struct AskingPageTests {
    @Test("names license and caller, and leads on, in every language", arguments: Language.allCases)
    func names(language: Language) {
        let page = AskingPage(
            license: "trial12345", caller: "account:<b>", next: "/next?a=1&b=\"", in: language)
        let html = String(decoding: page.html, as: UTF8.self)
        let text = PageText(.organizationsAsked, in: language)
        #expect(html.contains(text.title) && html.contains(text.message) && html.contains(text.action))
        #expect(html.contains("<code>trial12345</code>") && html.contains("<code>account:&lt;b&gt;</code>"))
        #expect(html.contains("<a href=\"/next?a=1&amp;b=&quot;\">\(PageWords(language).goOn)</a>"))
        #expect(html.hasSuffix("</main>\n</body>\n</html>\n"))
    }
}
