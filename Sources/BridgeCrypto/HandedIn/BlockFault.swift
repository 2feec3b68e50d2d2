internal import BridgeCore

/// Why the PEM blocks of a file give nothing to trust.
struct BlockFault {
    let nature: FileNature

    /// - Returns: `nil` for a file without a block.
    init?(in bytes: [UInt8], isKeyWanted: Bool) {
        let blocks = PEMText.blocks(in: bytes, limit: FileSurvey.largestCount)
        let labels = blocks.map(\.label)
        let wanted = PEMText.certificateLabels + PEMText.pkcs7Labels + (isKeyWanted ? PEMText.publicKeyLabels : [])
        if let block = blocks.first(where: { wanted.contains($0.label) }) {
            nature = BlockFault.damage(block, bytes, isKeyWanted: isKeyWanted)
        } else if PEMText.holdsPrivateKey(labels) {
            nature = .privateKey
        } else if PEMText.holdsPublicKey(labels) {
            nature = .publicKey
        } else if labels.contains(where: { $0.hasSuffix("CERTIFICATE REQUEST") }) {
            nature = .request
        } else if labels.contains("X509 CRL") {
            nature = .revocationList
        } else if labels.contains(where: { $0.hasPrefix("PGP ") }) {
            nature = FileNature("is for PGP, which has no certificates of this kind", hint: "give an X.509 certificate")
        } else if let label = labels.first {
            nature = FileNature("holds \(quoted(label)), not a certificate", hint: "give the certificate itself")
        } else if ByteSearch.first(PEMText.end, in: bytes, from: 0) != nil {
            nature = FileNature("begins in the middle: its BEGIN line is missing", hint: BlockFault.again)
        } else {
            return nil
        }
    }

    private static let again = "the file was not copied whole: fetch it again"

    private static func what(_ label: String) -> String {
        if PEMText.publicKeyLabels.contains(label) { return "public key" }
        return PEMText.pkcs7Labels.contains(label) ? "PKCS#7 block" : "certificate"
    }

    /// What is wrong with a block that should have been readable.
    private static func damage(_ block: PEMText.Block, _ bytes: [UInt8], isKeyWanted: Bool) -> FileNature {
        let what = what(block.label)
        guard let endLabel = block.endLabel else {
            return FileNature("holds a \(what) that is cut off: its END line is missing", hint: again)
        }
        guard endLabel == block.label else {
            return FileNature(
                "holds a block that begins as \(quoted(block.label)) and ends as \(quoted(endLabel))",
                hint: "parts of two files have come together: fetch it again")
        }
        let body = bytes[block.body]
        guard !body.allSatisfy(BareBase64.isWhiteSpace) else {
            return FileNature("holds a \(what) with nothing in it", hint: again)
        }
        guard let content = BareBase64.content(of: body) else {
            return FileNature(
                "holds a \(what) that cannot be read: not all of it is base64",
                hint: "characters were lost or changed on the way: fetch it again, as a file")
        }
        if let nature = EncodedKind(of: content).flatMap({ FileNature(of: $0, isKeyWanted: isKeyWanted) }) {
            return nature
        }
        guard let length = DERValues.announcedLength(of: content), length > content.count else {
            return FileNature("holds a \(what) that cannot be read", hint: "the file may be damaged: fetch it again")
        }
        return FileNature(
            "holds a \(what) that is cut off: \(content.count) of \(length) bytes are there", hint: again)
    }
}
