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

    /// The flags of `serve` that choose the store: the configuration file has a word there, too.
    static let store: [FlagSpec] = [
        .option(
            "--data", "DIR", FlagSpec.data.help, kind: .directory, default: "data_dir of the configuration",
            group: .common),
        .database,
    ]

    /// How many problems are told one by one; a file that is something else has one in every line.
    static let problemLimit = 10

    /// Reads the configuration.
    ///
    /// - Throws: `configuration_invalid`; the problems before the last have been reported by then, a line each.
    static func read(
        _ arguments: ParsedArguments, _ context: CommandContext, problemLimit: Int = problemLimit
    ) throws(CommandFailure) -> Configuration {
        let file = try file(arguments, context)
        do throws(ConfigurationError) {
            return try read(file: file, arguments, context)
        } catch {
            throw failure(error, context, problemLimit: problemLimit)
        }
    }

    /// Reads the configuration once more, for a service that runs.
    static func readAgain(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(ConfigurationError) -> Configuration {
        guard arguments.value(of: file) != "-" else {
            throw ConfigurationError(
                problems: [.init(origin: "--config", detail: "standard input cannot be read again", hint: nil)])
        }
        return try readQuietly(arguments, context)
    }

    /// Reads the configuration and leaves it to the caller to report its problems; a file that cannot be read is one.
    static func readQuietly(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(ConfigurationError) -> Configuration {
        let content: (name: String, text: String)?
        do throws(CommandFailure) {
            content = try file(arguments, context)
        } catch {
            throw ConfigurationError(problems: [.init(origin: "--config", detail: error.detail, hint: error.hint)])
        }
        return try read(file: content, arguments, context)
    }

    private static func read(
        file: (name: String, text: String)?, _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(ConfigurationError) -> Configuration {
        let flags = settings.compactMap { entry in
            arguments.command.flag(entry.flag.name).flatMap(arguments.value).map { text in
                (setting: entry.setting, text: text, flag: entry.flag.name)
            }
        }
        return try Configuration.read(file: file, environment: context.environment.variables, flags: flags)
    }

    private static func file(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> (name: String, text: String)? {
        guard arguments.command.flags.contains(file), let path = arguments.value(of: file) else { return nil }
        let input = context.input(path)
        return (input.name, String(decoding: try input.bytes(), as: UTF8.self))
    }

    /// One line a problem, with one for those beyond the limit; with `--json` one object for all.
    static func failure(
        _ error: ConfigurationError, _ context: CommandContext, problemLimit: Int = problemLimit
    ) -> CommandFailure {
        var failures = error.problems.prefix(problemLimit).map { problem in
            CommandFailure(.configurationInvalid, "\(problem.origin): \(problem.detail)", hint: problem.hint)
        }
        let restCount = error.problems.count - failures.count
        if restCount > 0 {
            failures.append(
                CommandFailure(
                    .configurationInvalid, "and \(restCount) more",
                    hint: "settings are lines of key=value; check that the right file is named"))
        }
        guard let last = failures.last, !context.wantsJSON else {
            return CommandFailure(
                .configurationInvalid, failures.map(\.detail).joined(separator: "; "),
                hint: failures.lazy.compactMap(\.hint).first)
        }
        for failure in failures.dropLast() { context.messages.report(failure) }
        return last
    }
}
