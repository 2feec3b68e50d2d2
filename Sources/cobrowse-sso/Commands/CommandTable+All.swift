extension CommandTable {
    /// The commands of this executable.
    static var all: CommandTable {
        CommandTable(
            commands: [VersionCommand.spec, HelpCommand.spec],
            topics: [.conventions, .exitCodes])
    }
}
