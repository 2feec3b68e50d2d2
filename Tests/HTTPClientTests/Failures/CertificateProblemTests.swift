import Testing

@testable import HTTPClient

@Suite("A certificate that is not believed")
struct CertificateProblemTests {
    @Test(
        "is explained",
        arguments: [
            (10, "certificate has expired", "has expired", "renew"),
            (9, "certificate is not yet valid", "is not valid yet", "clock"),
            (18, "self-signed certificate", "is self-signed", "tls__ca_file"),
            (19, "self-signed certificate in certificate chain", "authority that is not trusted", "tls__ca_file"),
            (20, "unable to get local issuer certificate", "authority that is not trusted", "tls__ca_file"),
            (
                1, "SSL: no alternative certificate subject name matches target host name 'a.example'", "another name",
                "URL"
            ),
            (62, "hostname mismatch", "another name", "URL"),
            (66, "EE certificate key too weak", "too weak: ee certificate key too weak", "2048"),
            (23, "certificate revoked", "was revoked", "a.example"),
            (26, "unsupported certificate purpose", "is not accepted: unsupported certificate purpose", "a.example"),
        ])
    func explaining(code: Int, reason: String, detail: String, hint: String) {
        let message = code == 1 ? reason : "SSL certificate problem: \(reason)"
        let problem = CertificateProblem(code: code, message: message, host: "a.example")
        #expect(problem.detail.contains(detail) && problem.detail.contains("a.example"))
        #expect(problem.hint.contains(hint))
    }

    @Test(
        "or a handshake that fails",
        arguments: [
            ("error:0A000102:SSL routines::unsupported protocol", "unsupported protocol", "TLS 1.2"),
            ("error:0A00042E:SSL routines::tlsv1 alert protocol version", "tlsv1 alert protocol version", "TLS 1.2"),
            ("error:0A00010B:SSL routines::wrong version number", "wrong version number", "port"),
            (
                "OpenSSL SSL_connect: Connection reset by peer in connection to a.example:443 ",
                "connection reset by peer",
                "firewall"
            ),
            ("", "", "firewall"),
        ])
    func handshake(message: String, reason: String, hint: String) {
        #expect(HandshakeMessage.reason(message) == reason)
        #expect(HandshakeMessage.hint(for: reason).contains(hint))
    }
}
