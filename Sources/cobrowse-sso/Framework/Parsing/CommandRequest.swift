/// What a command line asks for.
enum CommandRequest: Sendable {
    /// To run a command.
    case run(ParsedArguments)
    /// To show help, which is then the result.
    case help(HelpPage)
    /// Nothing: it stops before it names a command. `page` is what would help, `failure` says it in one line.
    case incomplete(page: HelpPage, failure: CommandFailure)
}
