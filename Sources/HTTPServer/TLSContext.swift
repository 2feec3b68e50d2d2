import BridgeCore
internal import CEvent

/// The TLS side of a server: one OpenSSL context for all loops, so that sessions resume on any of them.
final class TLSContext: @unchecked Sendable {  // not changed after `init`; SSL_CTX has locks for what it counts
    private let context: OpaquePointer  // SSL_CTX, owned

    init(_ files: HTTPServer.TLS) throws(HTTPServerError) {
        ERR_clear_error()
        guard let context = SSL_CTX_new(TLS_server_method()) else {
            throw HTTPServerError(.internal, "cannot set up TLS: \(Self.lastError)")
        }
        do {
            try Self.load(files, into: context)
        } catch {
            SSL_CTX_free(context)
            throw error
        }
        Self.configure(context)
        self.context = context
    }

    deinit { SSL_CTX_free(context) }

    /// The server's end of a new connection, waiting for the handshake; `nil` when memory is short.
    func makeBufferEvent(on base: OpaquePointer) -> OpaquePointer? {
        guard let ssl = SSL_new(context) else { return nil }
        // Close-on-free also frees the SSL; evhttp knows of it and leaves the descriptor alone.
        let options = CInt(BEV_OPT_CLOSE_ON_FREE.rawValue)
        guard let event = bufferevent_openssl_socket_new(base, -1, ssl, BUFFEREVENT_SSL_ACCEPTING, options) else {
            SSL_free(ssl)
            return nil
        }
        bufferevent_openssl_set_allow_dirty_shutdown(event, 1)
        return event
    }

    private static func load(_ files: HTTPServer.TLS, into context: OpaquePointer) throws(HTTPServerError) {
        guard SSL_CTX_use_certificate_chain_file(context, files.certificateChainFile) == 1 else {
            throw HTTPServerError(
                .configurationInvalid, "\(files.certificateChainFile): no certificate chain in PEM: \(lastError)",
                hint: "the file holds the server's certificate first, then the intermediate ones"
            )
        }
        // Without a callback OpenSSL asks for a passphrase on the terminal.
        SSL_CTX_set_default_passwd_cb(context) { _, _, _, _ in 0 }
        guard SSL_CTX_use_PrivateKey_file(context, files.privateKeyFile, SSL_FILETYPE_PEM) == 1 else {
            throw HTTPServerError(
                .configurationInvalid, "\(files.privateKeyFile): no private key that can be used: \(lastError)",
                hint: "the file holds the key of the first certificate in PEM, without a passphrase"
            )
        }
    }

    private static func configure(_ context: OpaquePointer) {
        cevent_harden_tls(context)
        // Only needed where clients show certificates, but OpenSSL refuses to resume without it there.
        let name = Array("cobrowse-sso".utf8)
        SSL_CTX_set_session_id_context(context, name, UInt32(name.count))
        SSL_CTX_set_alpn_select_cb(
            context,
            { _, selected, selectedLength, offered, offeredLength, _ in
                let ours = StaticString("\u{8}http/1.1")
                guard let selected, let offered else { return SSL_TLSEXT_ERR_NOACK }
                var choice: UnsafeMutablePointer<UInt8>?
                let result = SSL_select_next_proto(
                    &choice, selectedLength, ours.utf8Start, UInt32(ours.utf8CodeUnitCount), offered, offeredLength)
                guard result == OPENSSL_NPN_NEGOTIATED else { return SSL_TLSEXT_ERR_NOACK }
                selected.pointee = UnsafePointer(choice)
                return SSL_TLSEXT_ERR_OK
            }, nil)
    }

    /// The oldest entry of OpenSSL's queue for this thread, which is emptied.
    private static var lastError: String {
        let code = ERR_get_error()
        ERR_clear_error()
        guard code != 0, let reason = ERR_reason_error_string(code) else { return "unknown error" }
        return String(cString: reason).lowercased()
    }
}
