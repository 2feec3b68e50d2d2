internal import BridgeCore
internal import COpenSSL

/// What kind of thing a file holds, by the labels of its PEM blocks (RFC 7468); it decides what an error says.
enum PEMText {
    /// The labels of all `-----BEGIN ...-----` lines, in order.
    static func labels(in bytes: [UInt8]) -> [String] {
        let begin = Array("-----BEGIN ".utf8)
        var labels: [String] = []
        var rest = bytes[...]
        while let start = rest.firstRange(of: begin) {
            rest = rest[start.upperBound...]
            let line = rest.prefix(80).prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
            guard let end = line.firstRange(of: Array("-----".utf8)) else { continue }
            labels.append(String(decoding: line[..<end.lowerBound], as: UTF8.self))
        }
        return labels
    }

    /// Whether one of the labels is that of a private key, encrypted or not.
    static func holdsPrivateKey(_ labels: [String]) -> Bool {
        labels.contains { $0.hasSuffix("PRIVATE KEY") }
    }

    /// Whether one of the labels is that of a certificate.
    static func holdsCertificate(_ labels: [String]) -> Bool {
        labels.contains { ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"].contains($0) }
    }

    /// Whether one of the labels is that of a public key.
    static func holdsPublicKey(_ labels: [String]) -> Bool {
        labels.contains { ["PUBLIC KEY", "RSA PUBLIC KEY"].contains($0) }
    }
}
