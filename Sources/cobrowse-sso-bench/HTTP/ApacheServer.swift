internal import AuthService
internal import Glibc

/// The peer: Apache with mod_auth_openidc, which verifies the same token with the same certificate.
struct ApacheServer {
    private let process: ChildProcess
    let url: String

    init(_ directory: TemporaryDirectory, _ tenant: TestTenant) throws {
        let program = try Tool.apache.path()
        let modules = "/usr/lib/apache2/modules"
        guard access("\(modules)/mod_auth_openidc.so", R_OK) == 0 else {
            throw BenchError.missing(tool: "mod_auth_openidc", package: "libapache2-mod-auth-openidc")
        }
        let folder = try directory.directory("apache")
        _ = try directory.directory("apache/files")
        _ = try directory.write(StaticAnswer.json, to: "apache/files/answer.json")
        _ = try directory.write(tenant.certificate, to: "apache/CobrowseIO.crt")
        let port = try Loopback.freePort()
        let file = try directory.write(
            Self.configuration(folder, modules: modules, port: port, license: tenant.license.value),
            to: "apache/apache.conf")
        let log = "\(folder)/error.log"
        process = try PinnedThread.run(on: Cores.measured) {
            try ChildProcess(program, ["-f", file, "-D", "FOREGROUND"], output: .file(log))
        }
        try Loopback.waitUntilListening(port, process, log: log)
        url = "http://127.0.0.1:\(port)/answer.json"
    }

    func stop() { process.stop() }

    private static func configuration(_ folder: String, modules: String, port: UInt16, license: String) -> String {
        """
        ServerName localhost
        ServerRoot \(folder)
        PidFile \(folder)/apache.pid
        Listen 127.0.0.1:\(port)
        ErrorLog \(folder)/error.log
        LogLevel error
        LoadModule mpm_event_module \(modules)/mod_mpm_event.so
        LoadModule authn_core_module \(modules)/mod_authn_core.so
        LoadModule authz_core_module \(modules)/mod_authz_core.so
        LoadModule authz_user_module \(modules)/mod_authz_user.so
        LoadModule mime_module \(modules)/mod_mime.so
        LoadModule auth_openidc_module \(modules)/mod_auth_openidc.so
        TypesConfig /dev/null
        AddType application/json .json
        \(user)
        StartServers 1
        ServerLimit 1
        ThreadLimit 160
        ThreadsPerChild 160
        MaxRequestWorkers 160
        MinSpareThreads 1
        MaxSpareThreads 160
        KeepAlive On
        MaxKeepAliveRequests 0
        KeepAliveTimeout 60
        DocumentRoot \(folder)/files
        OIDCCryptoPassphrase only-for-this-run
        OIDCOAuthVerifyCertFiles \(folder)/CobrowseIO.crt
        OIDCOAuthRemoteUserClaim sub
        <Directory \(folder)/files>
          AllowOverride None
          AuthType oauth20
          <RequireAll>
            Require valid-user
            Require claim aud:https://cobrowse.io
            Require claim iss:\(license)
          </RequireAll>
        </Directory>
        """
    }

    /// Started by root, Apache insists on another user for its workers.
    private static var user: String {
        guard geteuid() == 0 else { return "" }
        let name = getpwnam("www-data") == nil ? "nobody" : "www-data"
        let group = getgrnam("www-data") == nil ? "nogroup" : "www-data"
        return "User \(name)\nGroup \(group)"
    }
}
