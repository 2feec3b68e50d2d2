internal import BridgeCore
internal import BridgeService
internal import Glibc
internal import Simulators

/// A directory for the certificate of the stand-ins, which is there as long as the value.
final class SimulatorDirectory: Sendable {
    private let path: String

    private var certificateFile: String { "\(path)/simulators.crt" }
    private var keyFile: String { "\(path)/simulators.key" }

    /// Makes it below `TMPDIR`, by default `/tmp`.
    init() throws(CommandFailure) {
        let parent = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var template = "\(parent)/cobrowse-sso-simulators.XXXXXX".utf8CString.map(\.self)
        guard unsafe mkdtemp(&template) != nil else {
            throw CommandFailure(
                .internal, "no directory can be made in \(Printable.line(parent))",
                hint: "set TMPDIR to one that is writable")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for file in [certificateFile, keyFile] { unsafe unlink(file) }
        unsafe rmdir(path)
    }

    /// Makes a certificate for `host`, and writes it and its key.
    func certificate(host: String) throws(CommandFailure) -> RunningSimulator.TLSFiles {
        let made = try reporting { () throws(SimulatorError) in
            try SimulatorCertificate(host: host, now: SystemClock().now)
        }
        try OutputFile(path: certificateFile, replacesExisting: false, isSecret: false)
            .write(Array(made.certificatePEM.utf8))
        try made.keyPEM.withBytes { bytes throws(CommandFailure) in
            try OutputFile(path: keyFile, replacesExisting: false).write(bytes.indices.map { bytes[$0] })
        }
        return .init(certificateFile: certificateFile, keyFile: keyFile)
    }
}
