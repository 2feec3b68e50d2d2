import Testing

@testable import cobrowse_sso

@Suite("Help")
struct HelpTextTests {
    private func text(_ page: HelpPage, _ table: CommandTable = SampleTable.table) -> String {
        HelpText(table: table).text(of: page)
    }

    @Test("groups all commands by their first word")
    func overview() {
        #expect(
            text(.overview) == """
                usage: cobrowse-sso COMMAND [ARGUMENT...] [--flag...]

                Single sign-on for Cobrowse.io from Salesforce and Dynamics 365

                Certificates:
                  cert show           Do cert show
                  cert import         Do cert import
                  cert remove         Do cert remove

                Administration:
                  admin token create  Do admin token create
                  admin login-link    Do admin login-link

                Other:
                  token verify        Do token verify
                  explain             Do explain
                  completion          Do completion
                  version             Print the version
                  help                Show help on a command or topic

                Help topics:
                  help exit-codes     What the exit code of a command says

                cobrowse-sso help COMMAND shows its arguments, flags and examples.

                """)
    }

    @Test("lists the commands of a group")
    func group() {
        #expect(
            text(.group(["cert"])) == """
                usage: cobrowse-sso cert COMMAND [ARGUMENT...] [--flag...]

                commands:
                  cert show    Do cert show
                  cert import  Do cert import
                  cert remove  Do cert remove

                cobrowse-sso help cert COMMAND shows its arguments, flags and examples.

                """)
    }

    @Test("on a command shows usage, arguments, flags and examples in columns")
    func command() throws {
        let command = try #require(SampleTable.table.command(matching: ["cert", "import"]))
        #expect(
            text(.command(command)) == """
                usage: cobrowse-sso cert import FILE --license L [--alias A]
                              [--password-file F] [--type T]

                Do cert import

                arguments:
                  FILE               certificate (- is standard input)

                flags:
                  --license L        license of the tenant (required)
                  --alias A          name for the key
                  --password-file F  password (- is standard input)
                  --type T           kind of keystore (one of jks, pkcs12; default pkcs12)

                common flags:
                  --dry-run          say what would change and change nothing
                  --json             print JSON, errors included
                  -h, --help         show this help

                examples:
                  cobrowse-sso cert import salesforce.crt --license trial12345

                """)
    }

    @Test("shows choices and wraps long texts under their column")
    func choicesAndWrapping() {
        let long = "a flag whose explanation is so long that it does not fit into one line of eighty columns"
        let command = CommandSpec(
            ["explain"], summary: "Explain a login",
            discussion: "Shows each check.\n\nIt reads the store, and changes nothing in it, however often it runs.",
            flags: [
                SampleTable.token, SampleTable.email, SampleTable.scope, .toggle("--long", long), .data,
                .toggle("--a-name-that-is-too-long-for-the-column", "short"),
            ],
            choices: [.one(of: SampleTable.token, SampleTable.email)]
        ) { _, _ throws(CommandFailure) in .success }
        #expect(
            text(.command(command)) == """
                usage: cobrowse-sso explain [--scope S] [--long]
                              [--a-name-that-is-too-long-for-the-column] [--token T | --email E]

                Explain a login

                Shows each check.

                It reads the store, and changes nothing in it, however often it runs.

                flags:
                  --token T   a token
                  --email E   an address
                  --scope S   what is allowed
                  --long      a flag whose explanation is so long that it does not fit into one
                              line of eighty columns
                  --a-name-that-is-too-long-for-the-column
                              short

                common flags:
                  --data DIR  directory of the store (default environment data_dir, else ./data)
                  --json      print JSON, errors included
                  -h, --help  show this help

                """)
    }

    @Test("on exit codes lists every number")
    func exitCodes() {
        let lines = HelpTopic.exitCodes.text().split(separator: "\n").dropFirst()
        #expect(lines.count == ExitStatus.allCases.count)
        #expect(lines.contains("  130  interrupted by a signal"))
    }

    @Test("is JSON when asked for")
    func json() {
        let output = MemorySink()
        let words = ["help", "completion", "--json"]
        let runner = CommandRunner(
            table: SampleTable.table, words: words, output: output, messages: MemorySink(), style: .plain,
            environment: Environment { _ in nil }, standardInput: -1)
        #expect(runner.run(words) == .success)
        #expect(
            output.text.hasPrefix(
                #"{"commands":[{"name":"completion","summary":"Do completion","#
                    + #""usage":"cobrowse-sso completion SHELL [NOTE]","arguments":[{"name":"SHELL","help":"shell","#
                    + #""required":true,"repeating":false,"allowed":["bash","zsh","fish"]},"#))
    }
}

@Suite("The command table of the executable")
struct CommandTableTests {
    private static let table = CommandTable.all

    @Test("fits 80 columns on every page")
    func width() {
        let pages: [HelpPage] =
            [.overview] + Self.table.commands.map { .command($0) } + Self.table.topics.map { .topic($0) }
        #expect(pages.count > 2)
        for page in pages {
            for line in HelpText(table: Self.table).text(of: page).split(separator: "\n") {
                #expect(line.count <= 80, "\(line)")
            }
        }
    }

    @Test("names every command once")
    func uniqueNames() {
        let names = Self.table.commands.map(\.name)
        #expect(Set(names).count == names.count)
    }

    @Test("is consistent in every command")
    func consistency() {
        for command in Self.table.commands {
            let flags = command.flags.map(\.name)
            #expect(Set(flags).count == flags.count, "\(command.name)")
            #expect(flags.allSatisfy { $0.hasPrefix("--") && $0.count > 3 }, "\(command.name)")
            #expect(!command.summary.hasSuffix("."), "\(command.name)")
            #expect(command.choices.flatMap(\.flags).allSatisfy(command.flags.contains), "\(command.name)")
            #expect(command.arguments.dropLast().allSatisfy { !$0.isRepeating }, "\(command.name)")
            let firstOptional = command.arguments.firstIndex { !$0.isRequired } ?? command.arguments.endIndex
            #expect(command.arguments[firstOptional...].allSatisfy { !$0.isRequired }, "\(command.name)")
        }
    }

    @Test("has examples that parse")
    func examples() throws {
        for example in Self.table.commands.flatMap(\.examples) {
            let words = example.split(separator: " ").map(String.init)
            _ = try CommandParser(table: Self.table).parse(words)
        }
    }
}
