internal import BridgeCore

/// `cobrowse-sso help`, and what `--help` shows.
enum HelpCommand {
    private static let words = ArgumentSpec("TOPIC", "command, group of commands or topic", occurs: .anyNumber)

    static var spec: CommandSpec {
        CommandSpec(
            ["help"], summary: "Show help on a command or topic", arguments: [words],
            examples: ["help", "help version", "help exit-codes", "help --json"]
        ) { arguments, context throws(CommandFailure) in
            show(try page(arguments.values(of: words), context.table), context)
            return .success
        }
    }

    /// Puts a page out: as text, or the commands it is about as JSON.
    static func show(_ page: HelpPage, _ context: CommandContext) {
        guard context.wantsJSON else {
            return context.output.write(HelpText(table: context.table).text(of: page).utf8)
        }
        context.output.json { writer in
            switch page {
            case .overview: HelpJSON.write(context.table.commands, to: &writer)
            case .group(let path): HelpJSON.write(context.table.commands(below: path), to: &writer)
            case .command(let command): HelpJSON.write([command], to: &writer)
            case .topic(let topic):
                writer.object { writer in
                    writer.member("topic", topic.name)
                    writer.member("text", topic.text())
                }
            }
        }
    }

    private static func page(_ words: [String], _ table: CommandTable) throws(CommandFailure) -> HelpPage {
        guard let first = words.first else { return .overview }
        if words.count == 1, let topic = table.topics.first(where: { $0.name == first }) { return .topic(topic) }
        if let command = table.commands.first(where: { $0.path == words }) { return .command(command) }
        if !table.commands(below: words).isEmpty { return .group(words) }
        let names = table.topics.map(\.name) + table.words(after: []) + table.commands.map(\.name)
        let nearest = Suggestion.nearest(to: words.joined(separator: " "), among: names)
        throw .usage(
            "no help on \(Printable.quoted(words.joined(separator: " ")))",
            hint: nearest.map { "did you mean cobrowse-sso help \($0)?" } ?? "cobrowse-sso help lists everything")
    }
}
