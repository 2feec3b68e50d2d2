/// A page of help.
enum HelpPage: Sendable {
    /// All groups with their commands.
    case overview
    /// The commands below these words.
    case group([String])
    /// One command.
    case command(CommandSpec)
    /// A text of its own.
    case topic(HelpTopic)
}
