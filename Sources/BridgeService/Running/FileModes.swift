internal import BridgeCore
internal import Glibc

/// Whether what is the service's own stands open to other users of the machine.
enum FileModes {
    /// Logs a warning for each of the master key, the TLS key and the data directory that others can read, enter or
    /// change.
    static func warn(of configuration: Configuration, to log: any Log) {
        let paths = [configuration.masterKeyFile, configuration.tls?.privateKeyFile, configuration.dataDirectory]
        for path in paths.compactMap(\.self) {
            var status = stat()
            guard unsafe stat(path, &status) == 0, status.st_mode & 0o007 != 0 else { continue }
            let digits = String(status.st_mode & 0o777, radix: 8)
            log.write(
                .warning, "file_readable_by_others",
                [("path", .text(path)), ("mode", .text("0\(digits)")), ("hint", .text("chmod o= \(path)"))])
        }
    }
}
