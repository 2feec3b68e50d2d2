internal import BridgeService
internal import Glibc

/// The service under test: as `cobrowse-sso serve` runs it, with one event loop and a cache of the asked size.
enum ServiceChild {
    static func run(_ dataDirectory: String, cacheCapacity: Int) throws {
        signal(SIGPIPE, SIG_IGN)
        let service = try waitFor {
            let configuration = try Configuration.read(
                flags: [
                    ("listen", "127.0.0.1:0", "--listen"), ("data_dir", dataDirectory, "--data"),
                ])
            let log = LineLog(level: configuration.logLevel, format: configuration.logFormat, clock: SystemClock())
            return try await BridgeService.start(
                configuration, options: .init(loopCount: 1, cacheCapacity: cacheCapacity), clock: SystemClock(),
                log: log)
        }
        writeLine("ready \(service.port)", to: STDOUT_FILENO)
        while readLine() != nil {}
        try waitFor { await service.stop() }
    }
}
