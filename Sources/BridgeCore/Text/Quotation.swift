/// A value from outside, fit for a message: at most 64 scalars, whatever does not print shown as an escape.
package func quoted(_ text: String) -> String {
    var writer = JSONWriter(capacity: 80)
    writer.string(bounded(text))
    return printable(writer.text)
}

/// JSON text from outside, fit for a message like `quoted(_:)`, without quotes of its own; at most `limit` scalars.
package func shown(_ json: String, upTo limit: Int = 64) -> String {
    printable(bounded(json, limit))
}

/// The first scalars of `text`: one character can have thousands of combining marks.
private func bounded(_ text: String, _ limit: Int = 64) -> String {
    let start = text.unicodeScalars.prefix(limit)
    return start.endIndex == text.unicodeScalars.endIndex ? text : String(start) + "..."
}

private func printable(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { $0 += $1.isPrintable ? String($1) : $1.escaped(asASCII: true) }
}

extension Unicode.Scalar {
    /// Whether it shows as itself: controls, line breaks and marks of direction move the text around it.
    fileprivate var isPrintable: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
        default: true
        }
    }
}
