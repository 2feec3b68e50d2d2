internal import HTTPServer

extension Configuration {
    /// The TLS files in the words of the server; `nil` without TLS.
    var tlsFiles: HTTPServer.TLS? {
        tls.map { HTTPServer.TLS(certificateChainFile: $0.certificateFile, privateKeyFile: $0.privateKeyFile) }
    }

    /// Reads certificate and key; `nil` without TLS.
    func readCertificate() throws(ConfigurationError) -> HTTPServer.Certificate? {
        guard let tlsFiles else { return nil }
        do throws(HTTPServerError) {
            return try HTTPServer.Certificate(tlsFiles)
        } catch {
            throw ConfigurationError(problems: [.init(origin: "tls", detail: error.detail, hint: error.hint)])
        }
    }

    /// Proves that the files which the settings name can be used; what a service finds out when it starts.
    package func checkFiles() throws(ConfigurationError) { _ = try readCertificate() }
}
