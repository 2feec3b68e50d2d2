/// The limit of an HTTP answer: nginx with one worker and a reply from its configuration.
struct NginxServer {
    private let process: ChildProcess
    let url: String

    init(_ directory: TemporaryDirectory) throws {
        let program = try Tool.nginx.path()
        let folder = try directory.directory("nginx")
        let port = try Loopback.freePort()
        let file = try directory.write(Self.configuration(folder, port: port), to: "nginx/nginx.conf")
        let log = "\(folder)/error.log"
        process = try PinnedThread.run(on: Cores.measured) {
            try ChildProcess(program, ["-p", folder, "-c", file, "-e", log], output: .file(log))
        }
        try Loopback.waitUntilListening(port, process, log: log)
        url = "http://127.0.0.1:\(port)/verify"
    }

    func stop() { process.stop() }

    private static func configuration(_ folder: String, port: UInt16) -> String {
        """
        daemon off;
        worker_processes 1;
        pid \(folder)/nginx.pid;
        events { worker_connections 1024; }
        http {
          access_log off;
          keepalive_requests 1000000000;
          client_body_temp_path \(folder)/body;
          proxy_temp_path \(folder)/proxy;
          fastcgi_temp_path \(folder)/fastcgi;
          uwsgi_temp_path \(folder)/uwsgi;
          scgi_temp_path \(folder)/scgi;
          server {
            listen 127.0.0.1:\(port);
            location / {
              default_type application/json;
              return 200 '\(StaticAnswer.json)';
            }
          }
        }
        """
    }
}
