/// What a page says about its topic, for whoever sees it: in plain text, never in the words of another system.
package struct PageText: Sendable, Hashable {
    /// What is the matter, as a heading.
    package let title: String
    /// What that means, in a sentence or two.
    package let message: String
    /// What to do, and whom to ask.
    package let action: String

    init(_ title: String, _ message: String, _ action: String) {
        self.title = title
        self.message = message
        self.action = action
    }

    /// The text about `topic` in `language`, for people of `system`.
    package init(_ topic: Topic, about system: System = .dynamics, in language: Language) {
        self =
            switch (language, system) {
            case (.english, .dynamics): EnglishTexts.text(topic)
            case (.english, .salesforce): EnglishTexts.salesforceText(topic) ?? EnglishTexts.text(topic)
            case (.german, .dynamics): GermanTexts.text(topic)
            case (.german, .salesforce): GermanTexts.salesforceText(topic) ?? GermanTexts.text(topic)
            }
    }
}

/// The words around the texts.
struct PageWords {
    let whatToDo: String
    let tryAgain: String
    let goOn: String
    let account: String
    let askedBy: String
    let forTheHelper: String
    let reason: String
    let decision: String
    let request: String
}

extension PageWords {
    init(_ language: Language) {
        self =
            switch language {
            case .english: EnglishTexts.words
            case .german: GermanTexts.words
            }
    }
}
