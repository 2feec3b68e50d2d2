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
    package func checkFiles() throws(ConfigurationError) {
        _ = try readCertificate()
        try checkExtraRoots()
    }

    /// Proves that the extra roots can be read: a connection that fails for the lack of one says only that.
    func checkExtraRoots() throws(ConfigurationError) {
        guard let extraRootsFile, TextFile.bytes(extraRootsFile, limit: 1 << 22)?.isEmpty ?? true else { return }
        throw ConfigurationError(
            problems: [.init(origin: "tls__ca_file", detail: "\(extraRootsFile) is empty or cannot be read", hint: nil)]
        )
    }
}
