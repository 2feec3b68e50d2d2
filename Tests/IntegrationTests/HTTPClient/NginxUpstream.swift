import BridgeTesting
import Glibc
import HTTPServer
import Testing

/// Debian's nginx as a server with TLS and HTTP/2. Blocks, so it is for tests with the trait `.blocking`.
struct NginxUpstream {
    /// An address of this machine that no other test uses.
    static let host = "127.0.0.77"
    /// Another one, at which it speaks HTTP/1.1 and closes after each response.
    static let closingHost = "127.0.0.78"
    /// Both, for a certificate.
    static let names = "IP:\(host),IP:\(closingHost)"

    /// In a session of its own: it goes on in the background, while what a program leaves in its group is killed.
    private static let program = Program("setsid")

    private let directory: TemporaryDirectory

    /// Runs `body` with the port of a server that has just been started.
    static func run(tls files: HTTPServer.TLS, _ body: (UInt16) async throws -> Void) async throws {
        let upstream = NginxUpstream(directory: try TemporaryDirectory())
        let port = try RawServer.deadPort()
        try upstream.directory.file("nginx.conf", Array(upstream.configuration(files, port: port).utf8))
        let started = try upstream.nginx()
        try #require(started.isSuccess, "\(started.text)")
        let process = String(decoding: try upstream.directory.content(of: "nginx.pid"), as: UTF8.self)
        defer { upstream.stop(process.split(separator: "\n").joined()) }
        try await body(port)
    }

    /// Stops it and waits for its end; both can fail only where there is none any more.
    private func stop(_ process: String) {
        _ = try? nginx("-s", "stop")
        _ = try? Program("tail").run(["--follow", "--sleep-interval=0.02", "--pid=\(process)", "/dev/null"])
    }

    private func nginx(_ arguments: String...) throws -> Program.Outcome {
        let places = ["-p", directory.path, "-c", "nginx.conf", "-e", "error.log"]
        return try Self.program.run(["/usr/sbin/nginx"] + places + arguments)
    }

    /// Tells the protocol and the number of the connection; where it closes, whether the session was taken up (`r`).
    private func configuration(_ files: HTTPServer.TLS, port: UInt16) -> String {
        """
        \(getuid() == 0 ? "user root;" : "")
        pid nginx.pid;
        events {}
        http {
            access_log off;
            client_body_temp_path temporary; proxy_temp_path temporary; fastcgi_temp_path temporary;
            uwsgi_temp_path temporary; scgi_temp_path temporary;
            ssl_certificate \(files.certificateChainFile);
            ssl_certificate_key \(files.privateKeyFile);
            ssl_session_cache shared:sessions:1m;
            server { listen \(Self.host):\(port) ssl http2; return 200 "$server_protocol $connection"; }
            server { listen \(Self.closingHost):\(port) ssl; keepalive_timeout 0; return 200 "$ssl_session_reused"; }
        }
        """
    }
}
