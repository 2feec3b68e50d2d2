import BridgeCore

/// Reads what libcurl says about a failed TLS handshake.
enum HandshakeMessage {
    /// The reason alone: `unsupported protocol` of `error:0A000102:SSL routines::unsupported protocol`,
    /// `connection reset by peer` of `OpenSSL SSL_connect: Connection reset by peer in connection to x:443`.
    static func reason(_ message: String) -> String {
        var words = message[...]
        if let routine = message.firstRange(of: "::") {
            words = message[routine.upperBound...]
        } else if let call = message.firstRange(of: ": ") {
            words = message[call.upperBound...]
        }
        if let end = words.firstRange(of: " in connection to") { words = words[..<end.lowerBound] }
        return shown(words.lowercased())
    }

    /// What to do about it.
    static func hint(for reason: String) -> String {
        if reason.contains("protocol") || reason.contains("cipher") {
            return "the server has to offer TLS 1.2 or 1.3 with a cipher that OpenSSL still allows"
        }
        if reason.contains("wrong version number") { return "something there speaks, but no TLS; check the port" }
        return "try again; if it lasts, look for a firewall or proxy in between that ends TLS connections"
    }
}
