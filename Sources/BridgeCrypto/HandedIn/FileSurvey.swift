internal import BridgeCore

/// Everything in a file besides what was taken out of it, as far as somebody should know of it.
struct FileSurvey {
    /// How many blocks of a file are looked at.
    static let largestCount = 100

    private let bytes: [UInt8]
    private let blocks: [PEMText.Block]

    /// - Parameter bytes: as they were read in the end.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        blocks = PEMText.blocks(in: bytes, limit: Self.largestCount)
    }

    /// The remarks about a certificate that is the first readable one.
    func remarks(taking certificate: Certificate, source: String) -> [FileRemark] {
        let texts = blocks.filter { PEMText.certificateLabels.contains($0.label) }.map { bytes[$0.range] }
        // Ordinary files end here.
        if texts.count == 1, blocks.count == 1 { return privateKey(source) }
        let readable =
            texts.count < 2 ? [certificate] : texts.compactMap { try? Certificate(reading: Array($0), source: "") }
        let family = CertificateFamily(certificate, readable)
        return [choice(certificate, family, source), unreadable(texts.count - readable.count, source)].compactMap(
            \.self)
            + otherKey(than: certificate, source) + rest(after: certificate, source) + privateKey(source)
    }

    /// The remarks about a public key that is the first one.
    func remarks(taking key: RSAPublicKey, source: String) -> [FileRemark] {
        let count = Set(publicKeys).count
        guard count > 1 else { return [] }
        return [
            FileRemark(
                "\(source) holds \(count) different public keys; the first was taken, \(key.thumbprint)",
                hint: "give the others in files of their own, if they are to be trusted too")
        ]
    }

    private var publicKeys: [RSAPublicKey] {
        blocks.filter { PEMText.publicKeyLabels.contains($0.label) }
            .compactMap { try? RSAPublicKey(reading: Array(bytes[$0.range]), source: "") }
    }

    private func otherKey(than certificate: Certificate, _ source: String) -> [FileRemark] {
        let keys = publicKeys
        guard !keys.isEmpty, let own = try? certificate.publicKey(), keys.contains(where: { $0 != own }) else {
            return []
        }
        return [
            FileRemark(
                "\(source) holds a public key of another pair besides the certificate; the certificate was taken",
                hint: "give the public key alone, if that is the one meant")
        ]
    }
}

extension FileSurvey {
    private func choice(_ taken: Certificate, _ family: CertificateFamily, _ source: String) -> FileRemark? {
        let count = blocks.count == Self.largestCount ? "\(Self.largestCount) or more" : "\(family.members.count)"
        guard family.members.count > 1 else { return nil }
        let took = "\(source) holds \(count) different certificates; the first was taken, \(taken.shortDescription)"
        if let child = family.child(of: taken) {
            return FileRemark(
                "\(took), as openssl does, and it is the authority that signed \(child.shortDescription)",
                hint: "tokens are rather signed with the key of the other: give that certificate alone, or put it first"
            )
        }
        if family.leaves.map(\.der) == [taken.der] { return FileRemark("\(took), which the others vouch for") }
        let other = family.members.first { $0.der != taken.der }
        return FileRemark(
            "\(took), as openssl does; passed over: \(other?.shortDescription ?? "")\(family.members.count > 2 ? " ..." : "")",
            hint: "if another one signs, give that alone")
    }

    private func unreadable(_ count: Int, _ source: String) -> FileRemark? {
        guard count > 0 else { return nil }
        return FileRemark(
            "\(source) holds \(count == 1 ? "a certificate" : "\(count) certificates") "
                + "that cannot be read, passed over as openssl does")
    }

    private func privateKey(_ source: String) -> [FileRemark] {
        PEMText.announcesPrivateKey(bytes) || blocks.dropFirst().contains(where: isPrivateKey)
            ? [.privateKey(in: source)] : []
    }

    /// Whether a private key stands in a block, whatever that is called.
    private func isPrivateKey(_ block: PEMText.Block) -> Bool {
        let kind = BareBase64.content(of: bytes[block.body]).flatMap { EncodedKind(of: $0) }
        return kind == .privateKey || kind == .encryptedPrivateKey
    }

    /// What follows a DER certificate.
    private func rest(after certificate: Certificate, _ source: String) -> [FileRemark] {
        let count = bytes.count - certificate.der.count
        guard blocks.isEmpty, count > 0 else { return [] }
        let values = DERValues(bytes[...]).prefix(Self.largestCount).map { EncodedKind(of: Array($0)) }
        let hasKey = values.contains { $0 == .privateKey || $0 == .encryptedPrivateKey }
        return [FileRemark("\(source) holds \(count) bytes besides the certificate, passed over as openssl does")]
            + (hasKey ? [.privateKey(in: source)] : [])
    }
}

extension FileRemark {
    static func privateKey(in source: String) -> FileRemark {
        FileRemark(
            "\(source) holds a private key too: keep it from others, and hand on the certificate alone",
            hint: "a private key that has been passed around has to be replaced")
    }
}
