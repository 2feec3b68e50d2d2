import BridgeService
import BridgeTesting
import Glibc
import Testing

/// Debian's nginx with the example of `Docs/Operations.md`, between curl and an application that keeps what it is sent.
///
/// The example is what stands in the document; only the bridge's port is put in. Blocks, so it is for tests with the
/// trait `.blocking`.
struct NginxUnderTest {
    let application: RecordingApplication
    private let directory: TemporaryDirectory

    /// Where Debian puts it, which is not in everybody's `PATH`.
    /// In a session of its own: it goes on in the background, while what a program leaves in its group is killed.
    private static let program = Program("setsid")

    /// Runs `body` with a bridge, a gateway and an application that have just been started.
    ///
    /// - Parameter bridgePort: Where the gateway looks for the bridge instead.
    static func run(bridgePort: UInt16? = nil, _ body: (NginxUnderTest) async throws -> Void) async throws {
        try await ServiceUnderTest.run { bridge in
            let directory = try TemporaryDirectory()
            let application = try RecordingApplication(path: directory.path("application.sock"))
            let test = NginxUnderTest(application: application, directory: directory)
            // Awaited at the end of the scope, after what `defer` does.
            async let _: Void = application.serve()
            defer { application.stop() }
            let process = try test.start(bridgePort: bridgePort ?? bridge.service.port)
            defer { test.stop(process) }
            try await body(test)
        }
    }

    /// Sends a request with curl and returns the answer, head and body.
    func send(_ method: String, _ path: String, fields: [String] = [], body: String? = nil) throws -> String {
        let socket = ["--unix-socket", directory.path("gateway.sock")]
        let headers = fields.flatMap { ["--header", $0] } + (body.map { ["--data-binary", $0] } ?? [])
        let outcome = try Program("curl").run(
            ["--silent", "--show-error", "--include", "--request", method] + socket + headers
                + ["http://gateway.example\(path)"])
        try #require(outcome.isSuccess, "\(outcome.text)")
        return outcome.text
    }

    /// Starts the gateway, which goes into the background when it listens, and returns the number of its process.
    private func start(bridgePort: UInt16) throws -> String {
        try directory.file("nginx.conf", Array(try configuration(bridgePort: bridgePort).utf8))
        let outcome = try nginx()
        try #require(outcome.isSuccess, "\(outcome.text)")
        let number = String(decoding: try directory.content(of: "nginx.pid"), as: UTF8.self)
        return number.split(separator: "\n").joined()
    }

    /// Stops the gateway and waits for its end; both can fail only where there is none any more.
    private func stop(_ process: String) {
        _ = try? nginx("-s", "stop")
        _ = try? Program("tail").run(["--follow", "--sleep-interval=0.02", "--pid=\(process)", "/dev/null"])
    }

    private func nginx(_ arguments: String...) throws -> Program.Outcome {
        let places = ["-p", directory.path, "-c", "nginx.conf", "-e", "error.log"]
        return try Self.program.run(["/usr/sbin/nginx"] + places + arguments)
    }
}

extension NginxUnderTest {
    /// The example of the document in a server, and what nginx needs besides: sockets of the file system and no files
    /// of the machine's own. It takes a socket's path as it is, other paths from its prefix.
    private func configuration(bridgePort: UInt16) throws -> String {
        let example = try Self.example().split(separator: "127.0.0.1:8080", omittingEmptySubsequences: false)
        try #require(example.count == 2, "the example names the bridge once")
        return """
            \(getuid() == 0 ? "user root;" : "")
            pid nginx.pid;
            events {}
            http {
                access_log off;
                client_body_temp_path temporary; proxy_temp_path temporary; fastcgi_temp_path temporary;
                uwsgi_temp_path temporary; scgi_temp_path temporary;
                upstream application { server unix:\(directory.path("application.sock")); }
                server {
                    listen unix:\(directory.path("gateway.sock"));
                    \(example.joined(separator: "127.0.0.1:\(bridgePort)"))
                }
            }
            """
    }

    /// The code below the line of the document that begins with `nginx;`.
    private static func example() throws -> String {
        let text = String(decoding: try RepositoryFile("Docs/Operations.md").bytes(), as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0.hasPrefix("nginx;") })
        let parts = lines[start...].split(separator: "```", maxSplits: 2, omittingEmptySubsequences: false)
        try #require(parts.count == 3)
        return parts[1].joined(separator: "\n")
    }
}
