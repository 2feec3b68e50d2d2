import Synchronization

extension HTTPServer {
    /// Certificate and key that were read from their files and belong together.
    package struct Certificate: Sendable {
        fileprivate let context: TLSContext

        /// Reads both.
        ///
        /// - Throws: `configuration_invalid`, naming the file that cannot be used.
        package init(_ files: TLS) throws(HTTPServerError) {
            context = try TLSContext(files)
        }
    }

    /// Does the handshakes of new connections with `certificate`; those that there are go on as they were.
    ///
    /// Has no effect on a server without TLS, whose clients expect none.
    package func use(_ certificate: Certificate) {
        shared.tls.withLock { tls in
            if tls != nil { tls = certificate.context }
        }
    }
}
