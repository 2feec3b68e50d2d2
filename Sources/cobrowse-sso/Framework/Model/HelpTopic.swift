/// A text that belongs to no single command: `cobrowse-sso help exit-codes`.
struct HelpTopic: Sendable {
    /// One lower-case word.
    let name: String
    /// What it explains, one clause without a full stop.
    let summary: String
    /// Makes the text, laid out for 80 columns; a closure, so that only `help` pays for it.
    let text: @Sendable () -> String
}
