import BridgeCore
import BridgeCrypto
import BridgeService
import BridgeTesting
import Simulators
import Synchronization
import Testing

/// The stand-ins of Microsoft on sockets with TLS, and what a service has to be told to use them.
struct StandInServers {
    private let running: RunningSimulator
    private let directory: TemporaryDirectory

    /// One for all tests: making a key takes longer than most of them.
    private static let certificate = Result { try SimulatorCertificate(host: "127.0.0.1", now: SystemClock().now) }

    init(bridgeURL: String, clock: any WallClock, random: any RandomSource = SystemRandomSource()) throws {
        directory = try TemporaryDirectory()
        let made = try Self.certificate.get()
        var options = RunningSimulator.Options()
        options.tls = RunningSimulator.TLSFiles(
            certificateFile: try directory.file("simulators.crt", Array(made.certificatePEM.utf8)),
            keyFile: try directory.file(
                "simulators.key", made.keyPEM.withBytes { bytes in bytes.indices.map { bytes[$0] } }))
        running = try RunningSimulator(.builtIn(bridgeURL: bridgeURL), options: options, clock: clock, random: random)
    }

    var simulator: Simulator { running.simulator }
    var certificateFile: String { directory.path("simulators.crt") }

    /// The settings that `cobrowse-sso simulate` prints.
    var settings: [String: String] {
        let printed = BridgeSettings(simulator, certificateFile: certificateFile).settings
        return Dictionary(printed.map { ($0.name, $0.value) }) { $1 }
    }

    func stop() async {
        await running.stop()
        withExtendedLifetime(directory) {}
    }
}

/// The machine's randomness, remembered.
final class RecordedRandomness: RandomSource {
    private let kept = Mutex<[[UInt8]]>([])

    /// The values of 256 bits so far, as codes and tokens contain them.
    var texts: [String] { kept.withLock { kept in kept.filter { $0.count == 32 }.map { Base64URL.encode($0) } } }

    func bytes(_ count: Int) throws(CryptoError) -> [UInt8] {
        let bytes = try SystemRandomSource().bytes(count)
        kept.withLock { $0.append(bytes) }
        return bytes
    }
}
