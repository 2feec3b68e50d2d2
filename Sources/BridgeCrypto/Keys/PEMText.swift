internal import BridgeCore

/// The armour of PEM files (RFC 7468), found without decoding what is in it.
package enum PEMText {
    /// The labels of all `-----BEGIN ...-----` markers in order, wherever they stand in a line.
    static func labels(in bytes: [UInt8]) -> [String] {
        var labels: [String] = []
        var place = 0
        while let start = ByteSearch.first(begin, in: bytes, from: place) {
            place = start + begin.count
            guard let label = label(in: bytes, at: place) else { continue }
            labels.append(label)
        }
        return labels
    }

    /// A block, from its BEGIN marker to the end of its END marker or, where that is missing, to the next block.
    struct Block {
        let label: String
        let range: Range<Int>
        /// What stands between the markers.
        let body: Range<Int>
        /// The label of the END marker; `nil` where there is none.
        let endLabel: String?
    }

    /// The blocks of a file in order, at most `limit` of them.
    static func blocks(in bytes: [UInt8], limit: Int) -> [Block] {
        var blocks: [Block] = []
        var place = 0
        while blocks.count < limit, let start = ByteSearch.first(begin, in: bytes, from: place) {
            place = start + begin.count
            guard let label = label(in: bytes, at: place) else { continue }
            let body = place + label.utf8.count + dashes.count
            let next = ByteSearch.first(begin, in: bytes, from: body) ?? bytes.count
            blocks.append(block(label, start: start, body: body, next: next, in: bytes))
            place = next
        }
        return blocks
    }

    private static func block(_ label: String, start: Int, body: Int, next: Int, in bytes: [UInt8]) -> Block {
        // Not beyond the next block: a file of BEGIN lines alone would be read to its end for each of them.
        guard let end = ByteSearch.first(Self.end, in: bytes, from: body, to: next),
            let endLabel = Self.label(in: bytes, at: end + Self.end.count)
        else { return Block(label: label, range: start..<next, body: body..<next, endLabel: nil) }
        let after = end + Self.end.count + endLabel.utf8.count + dashes.count
        return Block(label: label, range: start..<after, body: body..<end, endLabel: endLabel)
    }

    /// The label that begins at `place`; `nil` where no dashes end it within a line of 80 bytes.
    private static func label(in bytes: [UInt8], at place: Int) -> String? {
        guard let end = ByteSearch.first(dashes, in: bytes, from: place, to: place + 80) else { return nil }
        let label = bytes[place..<end]
        // Neither the end of a line nor what is no text, whose bytes would change their number in a string.
        return label.allSatisfy { (0x20..<0x7F).contains($0) } ? String(decoding: label, as: UTF8.self) : nil
    }

    static let begin = Array("-----BEGIN ".utf8)
    static let end = Array("-----END ".utf8)
    static let dashes = Array("-----".utf8)
}

extension PEMText {
    /// Whether one of the labels is that of a private key, encrypted or not.
    static func holdsPrivateKey(_ labels: [String]) -> Bool {
        labels.contains { $0.hasSuffix("PRIVATE KEY") || $0.hasSuffix("PRIVATE KEY BLOCK") }
    }

    /// Whether one of the labels is that of a certificate.
    static func holdsCertificate(_ labels: [String]) -> Bool {
        labels.contains(where: certificateLabels.contains)
    }

    /// Whether one of the labels is that of a public key.
    static func holdsPublicKey(_ labels: [String]) -> Bool {
        labels.contains(where: publicKeyLabels.contains)
    }

    static let certificateLabels = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"]
    static let publicKeyLabels = ["PUBLIC KEY", "RSA PUBLIC KEY"]
    static let pkcs7Labels = ["PKCS7", "CMS", "PKCS #7 SIGNED DATA"]

    /// Whether a private key announces itself anywhere in `bytes`, however the lines around it are spoilt.
    package static func announcesPrivateKey(_ bytes: [UInt8]) -> Bool {
        let words = Array("PRIVATE KEY".utf8)
        let begin = Array("BEGIN ".utf8)
        var place = 0
        while let start = ByteSearch.first(words, in: bytes, from: place) {
            // The longest word in between is ENCRYPTED.
            let before = Array(bytes[max(0, start - 20)..<start])
            if ByteSearch.first(begin, in: before, from: 0) != nil { return true }
            place = start + words.count
        }
        return false
    }
}
