/// A value from outside, fit for a message: at most 64 scalars, whatever does not print shown as an escape.
package func quoted(_ text: String) -> String {
    var writer = JSONWriter(capacity: 80)
    writer.string(bounded(text))
    return printable(writer.text)
}

/// JSON text from outside, fit for a message like `quoted(_:)`, without quotes of its own.
package func shown(_ json: String) -> String {
    printable(bounded(json))
}

/// The first 64 scalars of `text`: one character can have thousands of combining marks.
private func bounded(_ text: String) -> String {
    let start = text.unicodeScalars.prefix(64)
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
