internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso config show`.
enum ConfigShowCommand {
    private static let origin = FlagSpec.toggle("--origin", "say where each value comes from")

    static var spec: CommandSpec {
        CommandSpec(
            ["config", "show"], summary: "Show every setting with the value that counts",
            discussion: """
                The lines are a configuration file with the same meaning, except for secrets, which show as ***. With --origin \
                a table says of each whether a flag, the environment, a line of the file or nobody has set it.
                """,
            flags: [origin, ConfigurationSources.listen, ConfigurationSources.file] + ConfigurationSources.store,
            examples: ["config show --config bridge.conf --origin", "config show --json"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let settings = try ConfigurationSources.read(arguments, context, problemLimit: .max).settings
        if context.wantsJSON {
            context.output.items(settings) { setting, writer in
                writer.member("name", setting.name)
                writer.member("value", setting.shownText)
                writer.member("file", setting.file)
                writer.member("origin", setting.origin.place)
            }
        } else if arguments.has(origin) {
            var table = TextTable("SETTING", "VALUE", "ORIGIN")
            for setting in settings { table.add(setting.name, shown(setting), setting.origin.place) }
            context.output.table(table)
        } else {
            for setting in settings { context.output.print(Printable.line(line(setting))) }
        }
        return .success
    }

    private static func line(_ setting: EffectiveSetting) -> String {
        if let file = setting.file { return "\(setting.name)_file=\(file)" }
        return "\(setting.isHidden ? "# " : "")\(setting.name)=\(setting.shownText)"
    }

    private static func shown(_ setting: EffectiveSetting) -> String? {
        if let file = setting.file { return "\(setting.shownText) (\(file))" }
        return setting.shownText.isEmpty ? nil : setting.shownText
    }
}
