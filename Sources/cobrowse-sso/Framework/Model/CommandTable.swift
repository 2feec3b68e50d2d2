/// Everything the executable can be asked: its commands, the titles of their groups, and help topics.
struct CommandTable: Sendable {
    /// A first word that several commands share.
    struct Group: Sendable {
        let word: String
        /// What its commands are about, for the overview.
        let title: String

        init(_ word: String, _ title: String) {
            self.word = word
            self.title = title
        }
    }

    let commands: [CommandSpec]
    /// In the order of the overview; a command whose first word is none of them stands under "Other".
    let groups: [Group]
    let topics: [HelpTopic]

    init(commands: [CommandSpec], groups: [Group] = [], topics: [HelpTopic] = []) {
        self.commands = commands
        self.groups = groups
        self.topics = topics
    }

    /// The command with the longest path that `words` begin with.
    func command(matching words: [String]) -> CommandSpec? {
        commands.filter { words.starts(with: $0.path) }.max { $0.path.count < $1.path.count }
    }

    /// The commands below `path`, in the order of the table.
    func commands(below path: [String]) -> [CommandSpec] {
        commands.filter { $0.path.count > path.count && $0.path.starts(with: path) }
    }

    /// The words that can follow `path`, each once.
    func words(after path: [String]) -> [String] {
        var words: [String] = []
        for command in commands(below: path) where !words.contains(command.path[path.count]) {
            words.append(command.path[path.count])
        }
        return words
    }
}
