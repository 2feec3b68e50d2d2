internal import BridgeCore
internal import BridgeService
internal import Glibc

/// `cobrowse-sso serve`.
enum ServeCommand {
    static var spec: CommandSpec {
        CommandSpec(
            ["serve"], summary: "Run the service until SIGTERM or SIGINT",
            discussion: """
                Settings come from flags, then the environment, then the configuration file. The log goes to standard \
                error, one JSON object a line unless log__format says text.

                SIGHUP reads the settings again; all of them take effect, or none and the log says why. SIGTERM and SIGINT \
                stop: the first signal lets requests finish, a second one ends the service at once.
                """,
            flags: [ConfigurationSources.listen, ConfigurationSources.file] + ConfigurationSources.store,
            examples: ["serve", "serve --listen 0.0.0.0:8080 --config bridge.conf"],
            run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let configuration = try ConfigurationSources.read(arguments, context)
        let clock = SystemClock()
        let log = LineLog(level: configuration.logLevel, format: configuration.logFormat, clock: clock)
        let options = BridgeService.Options(
            loopCount: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))), environment: context.environment.variables)
        try runAsync { () async throws(CommandFailure) in
            do throws(ServiceError) {
                let signals = try await ServiceSignals()
                let service = try await BridgeService.start(configuration, options: options, clock: clock, log: log)
                let reload = ConfigurationReload(service, log: log) { () throws(ConfigurationError) in
                    try ConfigurationSources.readAgain(arguments, context)
                }
                signals.onHangUp { reload.reload() }
                await signals.waitForStop()
                await service.stop()
            } catch {
                throw CommandFailure(error)
            }
        }
        return .success
    }
}
