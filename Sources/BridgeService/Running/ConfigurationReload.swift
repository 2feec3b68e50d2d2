package import BridgeCore
internal import HTTPServer

/// Reads the configuration again while the service runs: all of it takes effect, or nothing does.
///
/// What is wrong is in the log, a line each, and the service goes on with what it had.
package final class ConfigurationReload: Sendable {
    private let service: BridgeService
    private let log: any Log
    private let read: @Sendable () throws(ConfigurationError) -> Configuration

    /// - Parameter read: reads flags, environment and file once more, as they were read at the start.
    package init(
        _ service: BridgeService, log: any Log,
        read: @escaping @Sendable () throws(ConfigurationError) -> Configuration
    ) {
        self.service = service
        self.log = log
        self.read = read
    }

    /// Reloads. Blocks for as long as it takes to read the files; one call at a time.
    package func reload() {
        do throws(ConfigurationError) {
            let configuration = try read()
            let current = service.live.current
            let changes = current.changes(to: configuration)
            try refuse(changes, current, configuration)
            // Read even where the names are the old ones: a renewed certificate usually has its predecessor's.
            try configuration.checkExtraRoots()
            service.apply(configuration, certificate: try configuration.readCertificate())
            log.write(.info, "configuration_reloaded", [("changed", .text(changes.joined(separator: " ")))])
        } catch {
            for problem in error.problems { refused(problem) }
        }
    }

    private func refuse(
        _ changes: [String], _ current: Configuration, _ configuration: Configuration
    ) throws(ConfigurationError) {
        var fixed = changes.filter { !Setting.canChangeWhileRunning($0) }
        // Clients speak either TLS or not: nobody who is on the way would understand the other.
        if (current.tls == nil) != (configuration.tls == nil) { fixed.append("tls__certificate_file") }
        guard !fixed.isEmpty else { return }
        throw ConfigurationError(
            problems: fixed.map { name in
                let origin = configuration.settings.first { $0.name == name }?.origin ?? .standard
                return .init(
                    origin: origin.description, detail: "\(name): cannot change while the service runs",
                    hint: "put the old value back, or restart the service")
            })
    }

    private func refused(_ problem: ConfigurationError.Problem) {
        log.write(
            .error, "reload_refused",
            [
                ("origin", .text(problem.origin)), ("detail", .text(problem.detail)),
                ("hint", .text(problem.hint ?? "correct it and send SIGHUP again; nothing was changed")),
            ])
    }
}
