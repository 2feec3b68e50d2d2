/// What a value on the command line stands for: decides checks, help and completions.
enum ValueKind: Sendable, Hashable {
    /// Any text.
    case text
    /// A file to read; `-` is standard input.
    case inputFile
    /// A file to write.
    case outputFile
    /// A directory.
    case directory
    /// One of these words and nothing else.
    case oneOf([String])

    /// The words a value may be, `nil` where it is free.
    var allowedValues: [String]? {
        if case .oneOf(let words) = self { words } else { nil }
    }
}
