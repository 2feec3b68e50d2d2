import BridgeCore

/// Why a server's certificate is not believed, in words that whoever runs the bridge or the server can act on.
struct CertificateProblem {
    let detail: String
    let hint: String

    /// - Parameters:
    ///   - code: OpenSSL's verdict (`X509_V_ERR_...`); it says nothing where libcurl has found the host's name missing.
    ///   - message: what libcurl says.
    ///   - host: whose certificate it is.
    init(code: Int, message: String, host: String) {
        switch code {
        case 62, 64,
            _ where message.contains("subject name"):
            (detail, hint) = Self.otherName(host)
        case 9: (detail, hint) = ("the certificate of \(host) is not valid yet", Self.clock)
        case 10: (detail, hint) = ("the certificate of \(host) has expired", Self.clock)
        case 18: (detail, hint) = ("the certificate of \(host) is self-signed and not trusted", Self.root)
        case 2, 19, 20, 21:
            (detail, hint) = ("the certificate of \(host) comes from an authority that is not trusted", Self.root)
        case 23: (detail, hint) = ("the certificate of \(host) was revoked", "ask whoever runs \(host)")
        case 66, 67, 68:
            detail = "the certificates of \(host) are too weak: \(Self.reason(message))"
            hint = "whoever runs \(host) has to replace them: RSA keys need 2048 bits, signatures SHA-256"
        default:
            detail = "the certificate of \(host) is not accepted: \(Self.reason(message))"
            hint = "ask whoever runs \(host)"
        }
    }

    private static let clock = "whoever runs the server has to renew it; see also that this machine's clock is right"
    private static let root =
        "where that is meant to be, name the authority's root certificate in tls__ca_file; "
        + "a proxy that looks into TLS connections has one, too"

    private static func otherName(_ host: String) -> (String, String) {
        (
            "the certificate that \(host) shows is for another name",
            "look for a mistake in the URL; otherwise whoever runs \(host) has to add the name to the certificate"
        )
    }

    /// What stands behind the colon of `SSL certificate problem: ...`.
    private static func reason(_ message: String) -> String {
        let words = message.firstRange(of: ": ").map { message[$0.upperBound...] } ?? message[...]
        return shown(words.lowercased())
    }
}
