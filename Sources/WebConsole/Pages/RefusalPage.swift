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

    /// The document, UTF-8.
    package var html: [UInt8] {
        let text = PageText(topic, about: system, in: language)
        let words = PageWords(language)
        return PageDocument(text: text, language: language).html { html in
            html.element("<p>", text.message, "</p>\n")
            if code != nil { html.element("<h2>", words.whatToDo, "</h2>\n") }
            html.element("<p>", text.action, "</p>\n")
            if let retry, topic.mayPass { html.link(retry, words.tryAgain) }
            guard let code else { return }
            html.element("<h2>", words.forTheHelper, "</h2>\n")
            html.details([(words.reason, code.rawValue), (words.decision, decisionID), (words.request, requestID)])
        }
    }
}
