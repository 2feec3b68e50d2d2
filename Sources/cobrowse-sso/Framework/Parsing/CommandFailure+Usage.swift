internal import BridgeCore

/// What can be wrong with a command line, each with its own words.
///
/// Messages quote commands, flags and values that should be one of a few words; never free text, which may be a token.
extension CommandFailure {
    static func flagBeforeCommand(_ word: String) -> CommandFailure {
        usage(
            "\(Printable.quoted(flagName(word))) stands before the command",
            hint: "write the command first, then its flags")
    }

    static func unknownCommand(_ words: [String], nearest: [String]?) -> CommandFailure {
        let group = words.dropLast().joined(separator: " ")
        let list = group.isEmpty ? "cobrowse-sso help" : "cobrowse-sso help \(group)"
        return usage(
            "unknown command \(Printable.quoted(words.joined(separator: " ")))",
            hint: nearest.map { "did you mean cobrowse-sso \($0.joined(separator: " "))?" }
                ?? "\(list) lists the commands")
    }

    static func missingCommand(after path: [String], table: CommandTable) -> CommandFailure {
        let words = table.words(after: path).joined(separator: ", ")
        guard !path.isEmpty else { return usage("no command is given", hint: "one of \(words)") }
        return usage("\(path.joined(separator: " ")) needs a command", hint: "one of \(words)")
    }

    static func unknownFlag(_ word: String, of command: CommandSpec) -> CommandFailure {
        let name = flagName(word)
        let nearest = nearestFlag(to: name, of: command)
        return usage(
            "\(command.name) has no flag \(Printable.clipped(name))",
            hint: nearest.map { "did you mean \($0)?" } ?? "cobrowse-sso help \(command.name) lists its flags")
    }

    static func missingValue(of flag: FlagSpec) -> CommandFailure {
        usage(
            "\(flag.name) needs a value",
            hint: "write \(flag.usage); a value that begins with -- is written \(flag.name)=VALUE")
    }

    static func emptyValue(of flag: FlagSpec) -> CommandFailure {
        let advice = "write \(flag.usage)\(flag.isRequired ? "" : ", or leave it out")"
        return usage(
            "\(flag.name) cannot be \"\"", hint: "\(advice); a shell variable that is not set is empty")
    }

    static func unexpectedValue(of flag: FlagSpec) -> CommandFailure {
        usage("\(flag.name) takes no value", hint: "write \(flag.name) alone, or leave it out")
    }

    static func givenTwice(_ flag: FlagSpec) -> CommandFailure {
        usage("\(flag.name) is given twice", hint: "give it once")
    }

    static func missingFlag(_ flag: FlagSpec, of command: CommandSpec) -> CommandFailure {
        usage("\(command.name) needs \(flag.usage)", hint: "\(flag.name): \(flag.help)")
    }

    static func missingArgument(_ argument: ArgumentSpec, of command: CommandSpec) -> CommandFailure {
        usage("\(command.name) needs \(argument.name)", hint: "\(argument.name): \(argument.help)")
    }

    /// - Parameter surplus: the first argument too many; only its form is looked at.
    static func surplusArguments(_ count: Int, surplus: String, of command: CommandSpec) -> CommandFailure {
        let limit = command.arguments.count
        let takes = limit == 0 ? "no argument" : limit == 1 ? "1 argument" : "\(limit) arguments"
        let flag = surplus.hasPrefix("-") ? nearestFlag(to: "-\(surplus)", of: command) : nil
        let usageLine = UsageLine(command).text
        return usage(
            "\(command.name) takes \(takes), \(count) \(count == 1 ? "is" : "are") given",
            hint: flag.map { "did you mean \($0)?" } ?? "usage: \(usageLine)")
    }

    static func notAllowed(_ value: String, name: String, allowed: [String]) -> CommandFailure {
        let nearest = Suggestion.nearest(to: value, among: allowed)
        return usage(
            "\(name) cannot be \(Printable.quoted(value))",
            hint: nearest.map { "did you mean \($0)?" } ?? "one of \(allowed.joined(separator: ", "))")
    }

    static func notInRange(_ value: String, _ range: ClosedRange<Int>, flag: FlagSpec) -> CommandFailure {
        usage(
            "\(flag.name) cannot be \(Printable.quoted(value))",
            hint: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }

    static func exclusive(_ first: FlagSpec, _ second: FlagSpec) -> CommandFailure {
        usage("\(first.name) and \(second.name) exclude each other", hint: "give one of them")
    }

    static func missingChoice(_ choice: FlagChoice, of command: CommandSpec) -> CommandFailure {
        let usages = choice.flags.map(\.usage).joined(separator: ", ")
        return usage("\(command.name) needs one of its flags", hint: "one of \(usages)")
    }

    static func standardInputTwice(_ first: String, _ second: String) -> CommandFailure {
        usage("\(first) and \(second) are both -", hint: "standard input can be read once: give one of them as a file")
    }

    private static func flagName(_ word: String) -> String {
        String(word.prefix { $0 != "=" })
    }

    private static func nearestFlag(to name: String, of command: CommandSpec) -> String? {
        Suggestion.nearest(to: name, among: command.flags.map(\.name))
    }
}
