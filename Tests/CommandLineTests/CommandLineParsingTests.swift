import BridgeCore
import Testing

@testable import cobrowse_sso

@Suite("A command line")
struct CommandLineParsingTests {
    private func parse(_ words: [String]) throws(CommandFailure) -> CommandRequest {
        try CommandParser(table: SampleTable.table).parse(words)
    }

    private func arguments(_ words: [String]) throws -> ParsedArguments {
        guard case .run(let arguments) = try parse(words) else {
            Issue.record("\(words) runs nothing")
            return ParsedArguments(command: VersionCommand.spec, flags: [], positionals: [])
        }
        return arguments
    }

    @Test("finds the command with the longest name")
    func longestName() throws {
        #expect(try arguments(["admin", "token", "create"]).command.name == "admin token create")
        #expect(try arguments(["admin", "login-link"]).command.name == "admin login-link")
        #expect(try arguments(["--version"]).command.name == "version")
    }

    @Test("takes flags in both forms and anywhere after the command")
    func flagForms() throws {
        let spaced = try arguments(["cert", "import", "--license", "L1", "a.crt", "--alias", "sf", "--dry-run"])
        #expect(spaced.value(of: SampleTable.license) == "L1")
        #expect(spaced.value(of: SampleTable.alias) == "sf")
        #expect(spaced.value(of: SampleTable.file) == "a.crt")
        #expect(spaced.has(.dryRun))
        #expect(!spaced.has(.json))
        let joined = try arguments(["cert", "import", "a.crt", "--license=L=1", "--alias= ", "--json"])
        #expect(joined.value(of: SampleTable.license) == "L=1")
        #expect(joined.value(of: SampleTable.alias) == " ")
        #expect(joined.has(.json))
    }

    @Test("keeps the order of repeating arguments")
    func repeated() throws {
        #expect(try arguments(["token", "verify", "a", "b"]).values(of: SampleTable.files) == ["a", "b"])
    }

    @Test("lets a key id begin with a dash, and standard input be one")
    func dashes() throws {
        #expect(try arguments(["cert", "remove", "-kid", "--license", "L"]).value(of: SampleTable.key) == "-kid")
        let afterDashes = try arguments(["cert", "remove", "--license", "L", "--", "--kid"])
        #expect(afterDashes.value(of: SampleTable.key) == "--kid")
        #expect(try arguments(["cert", "remove", "--license", "L", "--", "-h"]).value(of: SampleTable.key) == "-h")
        #expect(try arguments(["cert", "show", "-"]).value(of: SampleTable.file) == "-")
        let alias = try arguments(["cert", "import", "-", "--license", "L", "--alias", "-x"])
        #expect(alias.value(of: SampleTable.alias) == "-x")
    }

    @Test("leaves absent values nil")
    func absent() throws {
        let parsed = try arguments(["completion", "bash"])
        #expect(parsed.value(of: SampleTable.note) == nil)
        #expect(try arguments(["admin", "token", "create"]).value(of: SampleTable.bits) == nil)
    }

    @Test("reads whole numbers of a range", arguments: [("2048", 2048), ("1", 1), ("4096", 4096)])
    func integers(text: String, number: Int) throws {
        let parsed = try arguments(["admin", "token", "create", "--bits", text])
        #expect(try parsed.integer(of: SampleTable.bits, in: 1...4096) == number)
    }

    @Test("refuses numbers outside the range", arguments: ["0", "4097", "2k", "99999999999999999999", " 5"])
    func notIntegers(text: String) throws {
        let parsed = try arguments(["admin", "token", "create", "--bits=\(text)"])
        let failure = #expect(throws: CommandFailure.self) { try parsed.integer(of: SampleTable.bits, in: 1...4096) }
        #expect(failure?.detail == "--bits cannot be \"\(text)\"")
        #expect(failure?.hint == "a whole number from 1 to 4096")
        #expect(failure?.exitStatus == .usage)
    }

    struct Mistake: CustomTestStringConvertible, Sendable {
        let words: [String]
        let detail: String
        let hint: String
        var testDescription: String { words.joined(separator: " ") }

        init(_ line: String, _ detail: String, _ hint: String) {
            words = line.split(separator: " ").map(String.init)
            self.detail = detail
            self.hint = hint
        }
    }

    static let mistakes = [
        Mistake("crt show f", #"unknown command "crt""#, "did you mean cobrowse-sso cert show?"),
        Mistake("cert improt f", #"unknown command "cert improt""#, "did you mean cobrowse-sso cert import?"),
        Mistake("cert frobnicate", #"unknown command "cert frobnicate""#, "cobrowse-sso help cert lists the commands"),
        Mistake("frobnicate", #"unknown command "frobnicate""#, "cobrowse-sso help lists the commands"),
        Mistake("verify f", #"unknown command "verify""#, "did you mean cobrowse-sso token verify?"),
        Mistake("admin tokn create", #"unknown command "admin tokn""#, "did you mean cobrowse-sso admin token create?"),
        Mistake("versoin", #"unknown command "versoin""#, "did you mean cobrowse-sso version?"),
        Mistake("--json version", #""--json" stands before the command"#, "write the command first, then its flags"),
        Mistake("--data=x version", #""--data" stands before the command"#, "write the command first, then its flags"),
        Mistake("cert import f --licence L", "cert import has no flag --licence", "did you mean --license?"),
        Mistake(
            "cert import f --frobnicate=secret", "cert import has no flag --frobnicate",
            "cobrowse-sso help cert import lists its flags"),
        Mistake("version -v", "version has no flag -v", "cobrowse-sso help version lists its flags"),
        Mistake(
            "cert import f --license", "--license needs a value",
            "write --license L; a value that begins with -- is written --license=VALUE"),
        Mistake(
            "cert import f --license --json", "--license needs a value",
            "write --license L; a value that begins with -- is written --license=VALUE"),
        Mistake(
            "cert import f --license=", #"--license cannot be """#,
            "write --license L; a shell variable that is not set is empty"),
        Mistake(
            "cert import f --license L --alias=", #"--alias cannot be """#,
            "write --alias A, or leave it out; a shell variable that is not set is empty"),
        Mistake("cert import f --license L --type=", #"--type cannot be """#, "one of jks, pkcs12"),
        Mistake("version --json=", "--json takes no value", "write --json alone, or leave it out"),
        Mistake("version --json=yes", "--json takes no value", "write --json alone, or leave it out"),
        Mistake("cert import f --license L --license L", "--license is given twice", "give it once"),
        Mistake("version --json --json", "--json is given twice", "give it once"),
        Mistake("cert import f", "cert import needs --license L", "--license: license of the tenant"),
        Mistake("cert show", "cert show needs FILE", "FILE: certificate"),
        Mistake("token verify", "token verify needs FILE", "FILE: policy"),
        Mistake("cert show a b", "cert show takes 1 argument, 2 are given", "usage: cobrowse-sso cert show FILE"),
        Mistake("cert show a -json", "cert show takes 1 argument, 2 are given", "did you mean --json?"),
        Mistake("version x", "version takes no argument, 1 is given", "usage: cobrowse-sso version"),
        Mistake(
            "completion zsh a b", "completion takes 2 arguments, 3 are given",
            "usage: cobrowse-sso completion SHELL [NOTE]"),
        Mistake("completion zhs", #"SHELL cannot be "zhs""#, "did you mean zsh?"),
        Mistake("completion powershell", #"SHELL cannot be "powershell""#, "one of bash, zsh, fish"),
        Mistake("cert import f --license L --type jsk", #"--type cannot be "jsk""#, "did you mean jks?"),
        Mistake("explain --token T --email E", "--token and --email exclude each other", "give one of them"),
        Mistake("explain", "explain needs one of its flags", "one of --token T, --email E"),
        Mistake(
            "cert import - --license L --password-file -", "FILE and --password-file are both -",
            "standard input can be read once: give one of them as a file"),
    ]

    @Test("that is wrong is refused in its own words", arguments: mistakes)
    func refuses(mistake: Mistake) throws {
        let failure = #expect(throws: CommandFailure.self) { try parse(mistake.words) }
        #expect(failure?.detail == mistake.detail)
        #expect(failure?.hint == mistake.hint)
        #expect(failure?.exitStatus == .usage)
        #expect(failure?.code == .configurationInvalid)
    }

    @Test("never has a positional argument, which may be a token, quoted")
    func noTokenQuoted() throws {
        let failure = #expect(throws: CommandFailure.self) { try parse(["cert", "show", "a", "eyJ.secret"]) }
        #expect(failure?.detail.contains("eyJ") == false)
        #expect(failure?.hint?.contains("eyJ") == false)
    }

    @Test("with -h or --help asks for help, whatever else is wrong with it")
    func help() throws {
        for words in [["cert", "import", "--frob", "-h"], ["cert", "import", "--help"]] {
            guard case .help(.command(let command)) = try parse(words) else {
                Issue.record("\(words) shows no help")
                continue
            }
            #expect(command.name == "cert import")
        }
        guard case .help(.group(["cert"])) = try parse(["cert", "--help"]) else {
            Issue.record("cert --help shows no group")
            return
        }
        guard case .help(.overview) = try parse(["-h"]) else {
            Issue.record("-h shows no overview")
            return
        }
    }

    struct Unfinished: Sendable {
        let words: [String]
        let detail: String
        let hint: String
    }

    @Test(
        "that stops before a command is incomplete",
        arguments: [
            Unfinished(
                words: [], detail: "no command is given",
                hint: "one of cert, admin, token, explain, completion, version, help"),
            Unfinished(words: ["cert"], detail: "cert needs a command", hint: "one of show, import, remove"),
            Unfinished(words: ["admin", "token"], detail: "admin token needs a command", hint: "one of create"),
            Unfinished(words: ["cert", "--json"], detail: "cert needs a command", hint: "one of show, import, remove"),
        ])
    func incomplete(line: Unfinished) throws {
        guard case .incomplete(_, let failure) = try parse(line.words) else {
            Issue.record("\(line.words) is not incomplete")
            return
        }
        #expect(failure.detail == line.detail)
        #expect(failure.hint == line.hint)
        #expect(failure.exitStatus == .usage)
    }
}
