/// Reads the words after a command's name: flags in any order, positional arguments, `--`.
struct ArgumentParser {
    private let command: CommandSpec
    private var flags: [ParsedArguments.Entry] = []
    private var positionals: [String] = []
    private var rest: ArraySlice<String>

    /// Checks `words` against the table entry of `command`.
    ///
    /// A word with one dash is a positional argument where the command takes any, because key ids may begin with one.
    static func parse(_ words: [String], for command: CommandSpec) throws(CommandFailure) -> ParsedArguments {
        var parser = ArgumentParser(command: command, rest: words[...])
        try parser.split()
        let values = try parser.assignPositionals()
        try parser.checkFlags()
        try parser.checkStandardInput(values)
        return ParsedArguments(command: command, flags: parser.flags, positionals: values)
    }

    private init(command: CommandSpec, rest: ArraySlice<String>) {
        self.command = command
        self.rest = rest
    }

    private mutating func split() throws(CommandFailure) {
        while let word = rest.popFirst() {
            if word == "--" {
                positionals += rest
                return
            }
            if word.utf8.starts(with: "--".utf8) {
                try takeFlag(word)
            } else if word == "-" || !word.utf8.starts(with: "-".utf8) || !command.arguments.isEmpty {
                positionals.append(word)
            } else {
                throw .unknownFlag(word, of: command)
            }
        }
    }

    private mutating func takeFlag(_ word: String) throws(CommandFailure) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, let flag = command.flag(String(name)) else {
            throw .unknownFlag(word, of: command)
        }
        let attached = parts.count == 2 ? String(parts[1]) : nil
        let value = try takeValue(of: flag, attached: attached)
        guard !flags.contains(where: { $0.name == flag.name }) else { throw .givenTwice(flag) }
        flags.append(ParsedArguments.Entry(name: flag.name, values: value))
    }

    private mutating func takeValue(of flag: FlagSpec, attached: String?) throws(CommandFailure) -> [String] {
        guard let expected = flag.value else {
            guard attached == nil else { throw .unexpectedValue(of: flag) }
            return []
        }
        if attached == nil, let next = rest.first, next.utf8.starts(with: "--".utf8) {
            throw .missingValue(of: flag)
        }
        guard let value = attached ?? rest.popFirst() else { throw .missingValue(of: flag) }
        try check(value, kind: expected.kind, name: flag.name)
        // Left to the commands, an empty name or key id would be stored, and an empty path be the working directory.
        guard !value.isEmpty else { throw .emptyValue(of: flag) }
        return [value]
    }

    private func assignPositionals() throws(CommandFailure) -> [ParsedArguments.Entry] {
        var words = positionals[...]
        var entries: [ParsedArguments.Entry] = []
        for argument in command.arguments {
            let taken = argument.isRepeating ? words : words.prefix(1)
            guard !taken.isEmpty || !argument.isRequired else { throw .missingArgument(argument, of: command) }
            for value in taken { try check(value, kind: argument.kind, name: argument.name) }
            entries.append(ParsedArguments.Entry(name: argument.name, values: Array(taken)))
            words = words.dropFirst(taken.count)
        }
        if let surplus = words.first {
            throw .surplusArguments(positionals.count, surplus: surplus, of: command)
        }
        return entries
    }

    private func check(_ value: String, kind: ValueKind, name: String) throws(CommandFailure) {
        guard let allowed = kind.allowedValues, !allowed.contains(value) else { return }
        throw .notAllowed(value, name: name, allowed: allowed)
    }

    private func isGiven(_ flag: FlagSpec) -> Bool { flags.contains { $0.name == flag.name } }

    private func checkFlags() throws(CommandFailure) {
        if let missing = command.flags.first(where: { $0.isRequired && !isGiven($0) }) {
            throw .missingFlag(missing, of: command)
        }
        for choice in command.choices {
            let given = choice.flags.filter(isGiven)
            if given.count > 1 { throw .exclusive(given[0], given[1]) }
            if given.isEmpty, choice.isRequired { throw .missingChoice(choice, of: command) }
        }
    }

    private func checkStandardInput(_ values: [ParsedArguments.Entry]) throws(CommandFailure) {
        let files =
            command.arguments.filter { $0.kind == .inputFile }.map(\.name)
            + command.flags.filter { $0.value?.kind == .inputFile }.map(\.name)
        let entries = (values + flags).filter { files.contains($0.name) }
        let readers = entries.flatMap { entry in entry.values.filter { $0 == "-" }.map { _ in entry.name } }
        if readers.count > 1 { throw .standardInputTwice(readers[0], readers[1]) }
    }
}
