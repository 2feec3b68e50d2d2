import BridgeTesting
import HTTPServer
import Testing

/// An authority that nobody trusts but those who are told to, and the certificates it issues. Blocks while it makes
/// them.
final class TestAuthority: Sendable {
    private let directory: TemporaryDirectory

    init(_ name: String = "Test Root") throws {
        directory = try TemporaryDirectory()
        try Self.openssl(
            ["req", "-x509", "-days", "2", "-subj", "/CN=\(name)", "-keyout", directory.path("root.key")] + Self.newKey
                + ["-out", rootFile])
    }

    /// The root certificate, PEM.
    var rootFile: String { directory.path("root.pem") }

    /// The root certificate as the only one of a directory that OpenSSL searches.
    func rootsDirectory() throws -> String {
        let roots = directory.path("roots")
        let made = try Program("mkdir").run([roots])
        try #require(made.isSuccess)
        let hash = try Self.openssl(["x509", "-in", rootFile, "-noout", "-hash"])
        try directory.file("roots/\(hash.split(separator: "\n")[0]).0", try directory.content(of: "root.pem"))
        return roots
    }

    /// Certificate and key of a server.
    ///
    /// - Parameters:
    ///   - names: `DNS:...` or `IP:...`.
    ///   - days: how long it is valid from now on; below zero it has expired.
    func issue(_ names: String = "DNS:localhost,IP:127.0.0.1", days: Int = 2) throws -> HTTPServer.TLS {
        let name = "\(names.filter { $0.isLetter || $0.isNumber })\(days)"
        let files = HTTPServer.TLS(
            certificateChainFile: directory.path("\(name).pem"), privateKeyFile: directory.path("\(name).key"))
        try Self.openssl(
            ["req", "-subj", "/CN=server", "-addext", "subjectAltName=\(names)", "-keyout", files.privateKeyFile]
                + Self.newKey + ["-out", directory.path("\(name).csr")])
        try Self.openssl([
            "x509", "-req", "-in", directory.path("\(name).csr"), "-CA", rootFile, "-CAkey", directory.path("root.key"),
            "-days", "\(days)", "-copy_extensions", "copy", "-out", files.certificateChainFile,
        ])
        return files
    }

    /// A certificate of the server's own making.
    func selfSigned() throws -> HTTPServer.TLS {
        let files = HTTPServer.TLS(
            certificateChainFile: directory.path("own.pem"), privateKeyFile: directory.path("own.key"))
        try Self.openssl(
            [
                "req", "-x509", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                "-keyout", files.privateKeyFile,
            ] + Self.newKey + ["-out", files.certificateChainFile])
        return files
    }

    private static let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]

    @discardableResult
    private static func openssl(_ arguments: [String]) throws -> String {
        let outcome = try Program("openssl").run(arguments)
        try #require(outcome.isSuccess, "\(outcome.text)")
        return outcome.text
    }
}
