internal import BridgeCore

/// What kind of thing a file holds, by the labels of its PEM blocks (RFC 7468); it decides what an error says.
enum PEMText {
    /// The labels of all `-----BEGIN ...-----` lines, in order.
    static func labels(in bytes: [UInt8]) -> [String] {
        let (begin, dashes) = (Array("-----BEGIN ".utf8), Array("-----".utf8))
        var labels: [String] = []
        var place = 0
        while let start = ByteSearch.first(begin, in: bytes, from: place) {
            place = start + begin.count
            guard let end = ByteSearch.first(dashes, in: bytes, from: place, to: place + 80) else { continue }
            let label = bytes[place..<end]
            guard !label.contains(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) else { continue }
            labels.append(String(decoding: label, as: UTF8.self))
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
