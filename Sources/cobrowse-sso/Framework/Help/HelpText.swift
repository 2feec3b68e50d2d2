/// Lays out pages of help from the command table.
struct HelpText {
    let table: CommandTable

    /// The page in lines of at most 80 columns, with a newline at its end.
    func text(of page: HelpPage) -> String {
        let lines =
            switch page {
            case .overview: overview
            case .group(let path): group(path)
            case .command(let command): self.command(command)
            case .topic(let topic): [topic.text()]
            }
        return lines.joined(separator: "\n") + "\n"
    }

    private var overview: [String] {
        var lines = [
            "usage: cobrowse-sso COMMAND [ARGUMENT...] [--flag...]", "",
            "Single sign-on for Cobrowse.io from Salesforce and Dynamics 365",
        ]
        let titled = table.groups.map { group in (group.title, table.commands.filter { $0.path.first == group.word }) }
        let others = table.commands.filter { command in !table.groups.contains { $0.word == command.path.first } }
        let sections = (titled + [("Other", others)]).filter { !$0.1.isEmpty }
            .map { (title: $0.0, columns: columns(of: $0.1)) }
        let topics = topicColumns
        let width = (sections.map(\.columns.nameWidth) + [topics.nameWidth]).max() ?? 0
        for section in sections {
            lines += ["", "\(section.title):"] + section.columns.lines(nameWidth: width)
        }
        if !table.topics.isEmpty { lines += ["", "Help topics:"] + topics.lines(nameWidth: width) }
        return lines + ["", "cobrowse-sso help COMMAND shows its arguments, flags and examples."]
    }

    private func columns(of commands: [CommandSpec]) -> HelpColumns {
        var columns = HelpColumns()
        for command in commands { columns.add(command.name, command.summary) }
        return columns
    }

    private var topicColumns: HelpColumns {
        var columns = HelpColumns()
        for topic in table.topics { columns.add("help \(topic.name)", topic.summary) }
        return columns
    }

    private func group(_ path: [String]) -> [String] {
        let name = path.joined(separator: " ")
        return ["usage: cobrowse-sso \(name) COMMAND [ARGUMENT...] [--flag...]", "", "commands:"]
            + columns(of: table.commands(below: path)).lines
            + ["", "cobrowse-sso help \(name) COMMAND shows its arguments, flags and examples."]
    }

    private func command(_ command: CommandSpec) -> [String] {
        var lines = UsageLine(command).lines + ["", command.summary]
        if !command.discussion.isEmpty { lines += [""] + TextWrap.paragraphs(of: command.discussion) }
        let sections = [
            ("arguments:", argumentColumns(command)),
            ("flags:", flagColumns(command, .own)),
            ("common flags:", flagColumns(command, .common)),
        ]
        let width = sections.map(\.1.nameWidth).max() ?? 0
        for (title, columns) in sections {
            let rows = columns.lines(nameWidth: width)
            if !rows.isEmpty { lines += ["", title] + rows }
        }
        if !command.examples.isEmpty {
            lines += ["", "examples:"] + command.examples.flatMap(example)
        }
        return lines
    }

    /// A command line that can be pasted, continued with a backslash before a flag where it is too long for a line.
    private func example(_ words: String) -> [String] {
        var lines = ["  cobrowse-sso"]
        for part in words.split(separator: " --").enumerated().map({ $0 == 0 ? "\($1)" : "--\($1)" }) {
            if let last = lines.last, last.count + part.count + 3 <= 80 {
                lines[lines.count - 1] = "\(last) \(part)"
            } else {
                lines[lines.count - 1] += " \\"
                lines.append("      \(part)")
            }
        }
        return lines
    }

    private func argumentColumns(_ command: CommandSpec) -> HelpColumns {
        var columns = HelpColumns()
        for argument in command.arguments {
            columns.add(argument.usage, argument.help + remarks(on: argument.kind))
        }
        return columns
    }

    private func flagColumns(_ command: CommandSpec, _ group: FlagSpec.Group) -> HelpColumns {
        var columns = HelpColumns()
        for flag in command.flags where flag.group == group {
            let name = flag == .help ? "-h, \(flag.usage)" : flag.usage
            columns.add(
                name,
                flag.help
                    + remarks(on: flag.value?.kind, default: flag.defaultText, required: flag.isRequired))
        }
        return columns
    }

    private func remarks(
        on kind: ValueKind?, default defaultText: String? = nil, required: Bool = false
    ) -> String {
        var remarks: [String] = []
        if let allowed = kind?.allowedValues { remarks.append("one of \(allowed.joined(separator: ", "))") }
        if kind == .inputFile { remarks.append("- is standard input") }
        if let defaultText { remarks.append("default \(defaultText)") }
        if required { remarks.append("required") }
        return remarks.isEmpty ? "" : " (\(remarks.joined(separator: "; ")))"
    }
}
