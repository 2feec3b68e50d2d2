/// The arguments of one command, checked against its table entry.
///
/// Values are looked up by the same `FlagSpec` and `ArgumentSpec` that the command lists.
struct ParsedArguments: Sendable {
    /// One flag or positional argument with its values in the order given; a switch has none.
    struct Entry: Sendable {
        let name: String
        var values: [String]
    }

    let command: CommandSpec
    private let flags: [Entry]
    private let positionals: [Entry]

    init(command: CommandSpec, flags: [Entry], positionals: [Entry]) {
        self.command = command
        self.flags = flags
        self.positionals = positionals
    }

    /// Whether the flag was given.
    func has(_ flag: FlagSpec) -> Bool {
        flags.contains { $0.name == flag.name }
    }

    /// The value of an option, `nil` where it was not given.
    func value(of flag: FlagSpec) -> String? {
        assert(command.flags.contains(flag), "\(command.name) does not list \(flag.name)")
        return flags.first { $0.name == flag.name }?.values.first
    }

    /// The value of a positional argument, `nil` where it was not given.
    func value(of argument: ArgumentSpec) -> String? { values(of: argument).first }

    /// All values of a repeating argument.
    func values(of argument: ArgumentSpec) -> [String] {
        assert(command.arguments.contains(argument), "\(command.name) does not list \(argument.name)")
        return positionals.first { $0.name == argument.name }?.values ?? []
    }
}

extension ParsedArguments {
    /// The value of an option that the command lists as required.
    func required(_ flag: FlagSpec) throws(CommandFailure) -> String {
        guard let value = value(of: flag) else { throw .missingFlag(flag, of: command) }
        return value
    }

    /// The value of a positional argument that the command lists as required.
    func required(_ argument: ArgumentSpec) throws(CommandFailure) -> String {
        guard let value = value(of: argument) else { throw .missingArgument(argument, of: command) }
        return value
    }

    /// The value of an option as a whole number in `range`; a usage failure for anything else.
    func integer(of flag: FlagSpec, in range: ClosedRange<Int>) throws(CommandFailure) -> Int? {
        guard let text = value(of: flag) else { return nil }
        guard let number = Int(text), range.contains(number) else { throw .notInRange(text, range, flag: flag) }
        return number
    }
}
