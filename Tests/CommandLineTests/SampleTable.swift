@testable import cobrowse_sso

/// A small table with every form of argument and flag.
enum SampleTable {
    static let file = ArgumentSpec("FILE", "certificate", kind: .inputFile)
    static let key = ArgumentSpec("KEYID", "key id or alias")
    static let shell = ArgumentSpec("SHELL", "shell", kind: .oneOf(["bash", "zsh", "fish"]))
    static let files = ArgumentSpec("FILE", "policy", occurs: .oneOrMore)
    static let note = ArgumentSpec("NOTE", "text", occurs: .optional)
    static let license = FlagSpec.option("--license", "L", "license of the tenant", required: true)
    static let alias = FlagSpec.option("--alias", "A", "name for the key")
    static let passwordFile = FlagSpec.option("--password-file", "F", "password", kind: .inputFile)
    static let type = FlagSpec.option(
        "--type", "T", "kind of keystore", kind: .oneOf(["jks", "pkcs12"]), default: "pkcs12")
    static let scope = FlagSpec.option("--scope", "S", "what is allowed")
    static let bits = FlagSpec.option("--bits", "N", "key size")
    static let token = FlagSpec.option("--token", "T", "a token")
    static let email = FlagSpec.option("--email", "E", "an address")

    static var commands: [CommandSpec] {
        [
            command("cert", "show", arguments: [file]),
            command(
                "cert", "import", arguments: [file], flags: [license, alias, passwordFile, type, .dryRun],
                examples: ["cert import salesforce.crt --license trial12345"]),
            command("cert", "remove", arguments: [key], flags: [license]),
            command("admin", "token", "create", flags: [scope, bits]),
            command("admin", "login-link"),
            command("token", "verify", arguments: [files]),
            command("explain", choices: [.one(of: token, email, required: true)]),
            command("completion", arguments: [shell, note]),
            VersionCommand.spec, HelpCommand.spec,
        ]
    }

    static var table: CommandTable {
        CommandTable(
            commands: commands, groups: [.init("cert", "Certificates"), .init("admin", "Administration")],
            topics: [.exitCodes])
    }

    private static func command(
        _ path: String..., arguments: [ArgumentSpec] = [], flags: [FlagSpec] = [], choices: [FlagChoice] = [],
        examples: [String] = []
    ) -> CommandSpec {
        CommandSpec(
            path, summary: "Do \(path.joined(separator: " "))", arguments: arguments,
            flags: flags + choices.flatMap(\.flags), choices: choices, examples: examples
        ) { _, _ throws(CommandFailure) in .success }
    }
}
