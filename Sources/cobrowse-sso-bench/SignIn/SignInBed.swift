internal import BridgeCore
internal import BridgeService
internal import Glibc

/// The service with a connection to the stand-ins of a vendor, each a process of its own and run by the command line.
final class SignInBed {
    /// `http://127.0.0.1:` and the port of the service.
    let service: String
    private let simulator: ChildProcess
    private let bridge: ChildProcess

    /// - Parameters:
    ///   - latency: how late every answer of the vendor's is, in milliseconds.
    ///   - people: how many there are to sign in.
    init(
        _ directory: TemporaryDirectory, _ system: SignInSystem, name: String, latency: Int, people: Int
    ) throws {
        let program = try Tool.beside("cobrowse-sso")
        _ = try directory.directory(name, mode: 0o700)
        simulator = try ChildProcess(
            program,
            [
                "simulate", "--json", "--listen", "127.0.0.1:0", "--people", "\(people)", "--latency-ms", "\(latency)",
            ], output: .pipe)
        let report = try JSONValue(parsing: (simulator.readLine() ?? "").utf8)
        let settings = Self.lines(report["settings"]) + "data_dir=\(directory.path)/\(name)/data\nlisten=127.0.0.1:0\n"
        let configuration = try directory.write(settings, to: "\(name)/bridge.conf")
        let data = "\(directory.path)/\(name)/data"
        _ = try ChildProcess.output(of: program, ["tenant", "create", SignInLoad.license, "--data", data])
        _ = try ChildProcess.output(
            of: program,
            [system.rawValue, "save", "--license", SignInLoad.license, "--config", configuration]
                + (try Self.flags(of: report, system) { try directory.write($0, to: "\(name)/secret") }))
        let log = "\(directory.path)/\(name)/service.log"
        bridge = try ChildProcess(program, ["serve", "--config", configuration], output: .file(log))
        service = "http://127.0.0.1:\(try Self.port(in: log, of: bridge))"
    }

    deinit { stop() }

    func stop() {
        bridge.stop()
        simulator.stop()
    }

    /// The processor time that the service has used so far, in seconds, to a hundredth.
    func processorTime() throws(BenchError) -> Double {
        let text = TextFile.bytes("/proc/\(bridge.id)/stat").map { String(decoding: $0, as: UTF8.self) } ?? ""
        // The name of the program, in parentheses, may hold spaces; utime and stime are the 14th and 15th field.
        let fields = (text.split(separator: ")").last ?? "").split(separator: " ")
        guard fields.count > 13, let user = Double(fields[11]), let system = Double(fields[12]) else {
            throw .wrong("the processor time of the service cannot be read")
        }
        return (user + system) / Double(sysconf(CInt(_SC_CLK_TCK)))
    }

    private static func lines(_ settings: JSONValue?) -> String {
        (settings?.objectValue ?? []).map { "\($0.name)=\($0.value.stringValue ?? "")\n" }.joined()
    }

    /// What connects the tenant, as the stand-ins say it; the secret is put into a file.
    private static func flags(
        of report: JSONValue, _ system: SignInSystem, writing write: (String) throws -> String
    ) throws -> [String] {
        let names =
            switch system {
            case .dynamics:
                ["tenantId": "--tenant-id", "clientId": "--client-id", "environmentUrl": "--environment-url"]
            case .salesforce:
                ["loginUrl": "--login-url", "clientId": "--client-id", "integrationUsername": "--integration-username"]
            }
        let connection = report[system == .dynamics ? "connections" : "orgs"]?.arrayValue?.first
        guard let connection, let secret = connection["clientSecret"]?.stringValue else {
            throw BenchError.wrong("the stand-ins did not start")
        }
        return names.flatMap { name, flag in [flag, connection[name]?.stringValue ?? ""] }
            + ["--client-secret-file", try write(secret)]
    }

    private static func port(in log: String, of process: ChildProcess) throws(BenchError) -> Int {
        let deadline = Monotonic.seconds + 10
        while Monotonic.seconds < deadline, !process.hasEnded {
            if let line = try? JSONValue(parsing: TextLog.lastLine(log).utf8), let port = line["port"]?.integerValue {
                return Int(port)
            }
            usleep(5_000)
        }
        throw .wrong("the service did not start: \(TextLog.lastLine(log))")
    }
}
