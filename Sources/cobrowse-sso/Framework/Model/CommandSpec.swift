/// One command as data: its words, its arguments, its texts and what it does.
///
/// Parsing, help, completions and the manual page all come from these values, so they cannot disagree.
struct CommandSpec: Sendable {
    /// What a command does with its arguments.
    ///
    /// It returns `.success`, or `.answerIsNo` when its output is the answer; whatever it throws discards its output.
    typealias Action = @Sendable (ParsedArguments, CommandContext) throws(CommandFailure) -> ExitStatus

    /// The words that name it: `["cert", "pubkey"]`.
    let path: [String]
    /// What it does, one clause without a full stop.
    let summary: String
    /// More than the summary: paragraphs of whole sentences, separated by empty lines.
    let discussion: String
    let arguments: [ArgumentSpec]
    /// All flags; `--json` and `--help` are always the last two.
    let flags: [FlagSpec]
    /// Flags that exclude each other.
    let choices: [FlagChoice]
    /// Command lines without the program's name.
    let examples: [String]
    let run: Action

    init(
        _ path: [String], summary: String, discussion: String = "", arguments: [ArgumentSpec] = [],
        flags: [FlagSpec] = [], choices: [FlagChoice] = [], examples: [String] = [], run: @escaping Action
    ) {
        self.path = path
        self.summary = summary
        self.discussion = discussion
        self.arguments = arguments
        self.flags = flags + [.json, .help]
        self.choices = choices
        self.examples = examples
        self.run = run
    }

    /// The words as typed: `cert pubkey`.
    var name: String { path.joined(separator: " ") }

    /// The flag of that name, dashes included.
    func flag(_ name: String) -> FlagSpec? { flags.first { $0.name == name } }
}
