/// How text for people may look: plain, or with bold headings on a terminal.
struct TextStyle: Sendable {
    let usesBold: Bool

    /// For pipes and files.
    static let plain = TextStyle(usesBold: false)

    /// Bold on a terminal, unless `NO_COLOR` has a value (no-color.org) or `TERM` is `dumb`.
    static func forTerminal(_ isTerminal: Bool, environment: Environment) -> TextStyle {
        let isUnwanted = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
        return TextStyle(usesBold: isTerminal && !isUnwanted)
    }

    /// `text` as a heading.
    func heading(_ text: String) -> String { usesBold ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
}
