internal import BridgeCore

/// Finds the command a command line names and has its arguments parsed.
struct CommandParser {
    let table: CommandTable

    /// Reads `words`, the command line without the program's name.
    ///
    /// `-h` and `--help` before `--` win over every mistake in the arguments.
    func parse(_ words: [String]) throws(CommandFailure) -> CommandRequest {
        guard let first = words.first else { return incomplete(after: []) }
        if first == "--version" { return try parse(["version"] + words.dropFirst()) }
        if Self.helpWords.contains(first) { return .help(.overview) }
        guard !first.utf8.starts(with: "-".utf8) else { throw .flagBeforeCommand(first) }
        if let command = table.command(matching: words) { return try request(command, words) }
        return try group(words)
    }

    private static let helpWords = ["-h", "--help"]

    private func asksForHelp(_ words: some Sequence<String>) -> Bool {
        words.prefix { $0 != "--" }.contains { Self.helpWords.contains($0) }
    }

    private func request(_ command: CommandSpec, _ words: [String]) throws(CommandFailure) -> CommandRequest {
        let rest = Array(words.dropFirst(command.path.count))
        if asksForHelp(rest) { return .help(.command(command)) }
        return .run(try ArgumentParser.parse(rest, for: command))
    }

    private func group(_ words: [String]) throws(CommandFailure) -> CommandRequest {
        let named = Array(words.prefix { !$0.utf8.starts(with: "-".utf8) })
        guard let wrong = named.indices.first(where: { !table.words(after: Array(named[..<$0])).contains(named[$0]) })
        else {
            if asksForHelp(words) { return .help(.group(named)) }
            return incomplete(after: named)
        }
        throw .unknownCommand(Array(named[...wrong]), nearest: nearest(to: named))
    }

    private func incomplete(after path: [String]) -> CommandRequest {
        .incomplete(
            page: path.isEmpty ? .overview : .group(path), failure: .missingCommand(after: path, table: table))
    }

    /// The command or group that `words` most likely mean.
    private func nearest(to words: [String]) -> [String]? {
        var path: [String] = []
        for word in words {
            let next = table.words(after: path)
            if next.isEmpty { break }
            guard let near = next.contains(word) ? word : Suggestion.nearest(to: word, among: next) else {
                return onlyCommand(endingLike: word)
            }
            path.append(near)
        }
        return path
    }

    /// `verify`, `verfy` and `cert verify` mean `token verify`, unless several commands end that way.
    private func onlyCommand(endingLike word: String) -> [String]? {
        let last = Suggestion.nearest(to: word, among: table.commands.compactMap(\.path.last))
        let paths = table.commands.map(\.path).filter { $0.last == last }
        return paths.count == 1 ? paths.first : nil
    }
}
