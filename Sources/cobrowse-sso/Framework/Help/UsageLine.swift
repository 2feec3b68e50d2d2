/// The form of a command line: `cobrowse-sso cert pubkey FILE [--json]`.
struct UsageLine {
    private let parts: [String]

    /// The form of `command`; flags that mean the same everywhere are left out.
    init(_ command: CommandSpec) {
        var parts = ["cobrowse-sso"] + command.path + command.arguments.map(\.usage)
        let chosen = command.choices.flatMap(\.flags)
        for flag in command.flags where flag.group == .own && !chosen.contains(flag) {
            parts.append(flag.isRequired ? flag.usage : "[\(flag.usage)]")
        }
        self.parts = parts + command.choices.map(\.usage)
    }

    /// The whole line.
    var text: String { parts.joined(separator: " ") }

    /// The line after `usage: `, broken between its parts and indented.
    var lines: [String] {
        let label = "usage: "
        let lines = TextWrap.lines(of: parts, width: TextWrap.width - 2 * label.count)
        let margin = String(repeating: " ", count: 2 * label.count)
        return lines.prefix(1).map { label + $0 } + lines.dropFirst().map { margin + $0 }
    }
}
