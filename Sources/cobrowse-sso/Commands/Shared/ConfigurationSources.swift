internal import BridgeCore
internal import BridgeService

/// Brings together where a command's configuration comes from: its flags, the environment, the file it names.
enum ConfigurationSources {
    /// The configuration file of `serve`.
    static let file = FlagSpec.option(
        "--config", "FILE", "configuration file of key=value lines", kind: .inputFile)
    /// Where `serve` listens.
    static let listen = FlagSpec.option(
        "--listen", "HOST:PORT", "address to listen on", default: "listen of the configuration, 127.0.0.1:8080")

    /// The flags that stand for settings.
    private static let settings: [(flag: FlagSpec, setting: String)] = [
        (.data, "data_dir"), (.database, "database__url"), (listen, "listen"),
    ]

    /// Reads the configuration.
    ///
    /// - Throws: `configuration_invalid`; every problem but the last has been reported by then, a line each.
    static func read(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandFailure) -> Configuration {
        let file = try file(arguments, context)
        let listed = settings.filter { arguments.command.flags.contains($0.flag) }
        let flags = listed.compactMap { entry in
            arguments.value(of: entry.flag).map { (setting: entry.setting, text: $0, flag: entry.flag.name) }
        }
        do throws(ConfigurationError) {
            return try Configuration.read(file: file, environment: context.environment.variables, flags: flags)
        } catch {
            throw failure(error, context)
        }
    }

    private static func file(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> (name: String, text: String)? {
        guard arguments.command.flags.contains(file), let path = arguments.value(of: file) else { return nil }
        let input = context.input(path)
        return (input.name, String(decoding: try input.bytes(), as: UTF8.self))
    }

    /// One line a problem; with `--json` one object for all.
    private static func failure(_ error: ConfigurationError, _ context: CommandContext) -> CommandFailure {
        let failures = error.problems.map { problem in
            CommandFailure(.configurationInvalid, "\(problem.origin): \(problem.detail)", hint: problem.hint)
        }
        guard let last = failures.last, !context.wantsJSON else { return CommandFailure(error) }
        for failure in failures.dropLast() { context.messages.report(failure) }
        return last
    }
}
