/// The page that names who asked to see the environments of whoever signs in, before that person does.
///
/// The link that leads to it can be sent to anybody: without the page, somebody of another company would sign in, and show
/// that company's environments, without having been told to whom.
package struct AskingPage: Sendable {
    private let license: String
    private let caller: String
    private let next: String
    private let language: Language

    /// - Parameters:
    ///   - license: of the tenant that the environments are listed for.
    ///   - caller: who sees the list, as the audit trail names them.
    ///   - next: path and query of where the person goes on.
    package init(license: String, caller: String, next: String, in language: Language) {
        self.license = license
        self.caller = caller
        self.next = next
        self.language = language
    }

    /// The document, UTF-8.
    package var html: [UInt8] {
        let text = PageText(.organizationsAsked, in: language)
        let words = PageWords(language)
        return PageDocument(text: text, language: language).html { html in
            html.element("<p>", text.message, "</p>\n")
            html.details([(words.account, license), (words.askedBy, caller)])
            html.element("<h2>", words.whatToDo, "</h2>\n<p>")
            html.element("", text.action, "</p>\n")
            html.link(next, words.goOn)
        }
    }
}
