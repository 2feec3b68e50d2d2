/// A positional argument of a command.
struct ArgumentSpec: Sendable, Hashable {
    /// How often an argument may stand on the command line.
    enum Occurrence: Sendable, Hashable {
        case one, optional, oneOrMore, anyNumber
    }

    /// The name in usage lines and messages, in capitals.
    let name: String
    /// What it is, one clause.
    let help: String
    let kind: ValueKind
    let occurrence: Occurrence

    init(_ name: String, _ help: String, kind: ValueKind = .text, occurs occurrence: Occurrence = .one) {
        self.name = name
        self.help = help
        self.kind = kind
        self.occurrence = occurrence
    }

    /// Whether the command line is incomplete without it.
    var isRequired: Bool { occurrence == .one || occurrence == .oneOrMore }

    /// Whether it takes all the words that are left.
    var isRepeating: Bool { occurrence == .oneOrMore || occurrence == .anyNumber }

    /// How it stands in a usage line: `FILE`, `[FILE]`, `FILE...` or `[FILE...]`.
    var usage: String {
        let word = isRepeating ? "\(name)..." : name
        return isRequired ? word : "[\(word)]"
    }
}
