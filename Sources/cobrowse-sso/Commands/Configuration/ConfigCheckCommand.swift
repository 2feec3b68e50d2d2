internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso config check`.
enum ConfigCheckCommand {
    static var spec: CommandSpec {
        CommandSpec(
            ["config", "check"], summary: "Tell everything that is wrong with the settings of a service",
            discussion: """
                Reads flags, environment and file as serve does, and the TLS files they name, and starts nothing. Exit \
                code 7 says that a service would not start, or would not reload.
                """,
            flags: [ConfigurationSources.listen, ConfigurationSources.file] + ConfigurationSources.store,
            examples: ["config check --config bridge.conf", "config check --config bridge.conf --json"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let configuration = try ConfigurationSources.read(arguments, context, problemLimit: .max)
        do throws(ConfigurationError) {
            try configuration.checkFiles()
        } catch {
            throw ConfigurationSources.failure(error, context)
        }
        if context.wantsJSON {
            context.output.json { writer in writer.object { $0.member("valid", true) } }
        } else {
            context.output.print("valid")
        }
        return .success
    }
}
