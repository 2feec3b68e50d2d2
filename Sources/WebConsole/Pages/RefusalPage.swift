package import BridgeCore

/// The page that somebody sees in a browser when a sign-in, or a consent, has ended without what it was for.
package struct RefusalPage: Sendable {
    private let topic: Topic
    private let code: ReasonCode?
    private let system: System
    private let language: Language
    /// The decision that refused, for whoever has to find the cause.
    package var decisionID: String?
    /// The request, as the log has it.
    package var requestID: String?
    /// Path and query of the same sign-in from its beginning; shown where it may go well the next time.
    package var retry: String?

    /// A page about a refusal with `code`.
    ///
    /// - Parameters:
    ///   - topic: where more is known than the code says.
    ///   - system: whose people it is for.
    package init(
        _ code: ReasonCode, topic: Topic? = nil, about system: System = .dynamics, in language: Language
    ) {
        self.system = system
        self.code = code
        self.topic = topic ?? Topic(code)
        self.language = language
    }

    /// A page about something that went well.
    package init(_ topic: Topic, in language: Language) {
        code = nil
        system = .dynamics
        self.topic = topic
        self.language = language
    }

    /// The document, UTF-8. It has no script, loads nothing, and its style is the one of `PageStyle.hash`.
    package var html: [UInt8] {
        let text = PageText(topic, about: system, in: language)
        let words = PageWords(language)
        var html = HTMLText()
        html.element("<!DOCTYPE html>\n<html lang=\"", language.rawValue, "\">\n<head>\n<meta charset=\"utf-8\">\n")
        html.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        html.markup("<meta name=\"robots\" content=\"noindex\">\n")
        html.element("<title>", text.title, "</title>\n<style>")
        html.markup(PageStyle.css)
        html.element("</style>\n</head>\n<body>\n<main>\n<h1>", text.title, "</h1>\n")
        html.element("<p>", text.message, "</p>\n")
        if code != nil { html.element("<h2>", words.whatToDo, "</h2>\n") }
        html.element("<p>", text.action, "</p>\n")
        if let retry, topic.mayPass {
            html.element("<p><a href=\"", retry, "\">")
            html.element("", words.tryAgain, "</a></p>\n")
        }
        writeDetails(words, to: &html)
        html.markup("</main>\n</body>\n</html>\n")
        return html.bytes
    }

    private func writeDetails(_ words: PageWords, to html: inout HTMLText) {
        guard let code else { return }
        let rows = [(words.reason, code.rawValue), (words.decision, decisionID), (words.request, requestID)]
        html.element("<h2>", words.forTheHelper, "</h2>\n<dl>\n")
        for case (let name, let value?) in rows {
            html.element("<dt>", name, "</dt>")
            html.element("<dd><code>", value, "</code></dd>\n")
        }
        html.markup("</dl>\n")
    }
}
