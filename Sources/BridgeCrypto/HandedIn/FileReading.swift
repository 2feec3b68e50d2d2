internal import BridgeCore

/// What one reading of a file came to.
enum FileReading {
    case certificate(Certificate)
    case pkcs7(CertificateFamily)
    case publicKey(RSAPublicKey)

    static func find(
        in bytes: [UInt8], source: String, takesPublicKeys: Bool
    ) throws(CryptoError) -> Found<FoundKey> {
        let reading: Repaired<FileReading>
        do throws(CryptoError) {
            reading = try TextRepair.read(bytes) { bytes throws(CryptoError) in
                try read(bytes, source: source, takesPublicKeys: takesPublicKeys)
            }
        } catch {
            throw FileNature.explain(error, bytes, source: source, isKeyWanted: takesPublicKeys)
        }
        let found = found(reading, source: source)
        let isRepaired = !reading.repairs.isEmpty
        if isRepaired, case .certificate(let certificate) = found.content, certificate.isChanged {
            throw CryptoError(
                .certificateMalformed, "\(source) holds a certificate that was changed: its signature does not fit it",
                hint: "fetch the file again, and hand it on as a file, not as text")
        }
        return isRepaired ? found.adding([.repaired(reading.repairs, source: source)]) : found
    }

    /// Reads what needs no repair.
    private static func read(
        _ bytes: [UInt8], source: String, takesPublicKeys: Bool
    ) throws(CryptoError) -> FileReading {
        do throws(CryptoError) {
            return .certificate(try Certificate(reading: bytes, source: source))
        } catch {
            guard error.code == .certificateMalformed else { throw error }
            if let family = try PKCS7Certificates.read(bytes, source: source) { return .pkcs7(family) }
            guard takesPublicKeys, let key = try publicKey(bytes, source: source) else { throw error }
            return .publicKey(key)
        }
    }

    /// The public key in `bytes`, `nil` when there is none; one that must not be trusted is an error, and so is a
    /// private key that stands there without a certificate.
    private static func publicKey(_ bytes: [UInt8], source: String) throws(CryptoError) -> RSAPublicKey? {
        do throws(CryptoError) {
            return try RSAPublicKey(reading: bytes, source: source)
        } catch {
            if error.code == .certificateMalformed { return nil }
            // A certificate that is there has yet to be made readable.
            if error.code == .privateKeyGiven, PEMText.holdsCertificate(PEMText.labels(in: bytes)) { return nil }
            throw error
        }
    }

    private static func found(_ reading: Repaired<FileReading>, source: String) -> Found<FoundKey> {
        let survey = FileSurvey(reading.bytes)
        switch reading.value {
        case .certificate(let certificate):
            return Found(
                content: .certificate(certificate), remarks: survey.remarks(taking: certificate, source: source))
        case .pkcs7(let family):
            let (taken, remark) = choose(among: family, source)
            return Found(content: .certificate(taken), remarks: [remark])
        case .publicKey(let key):
            return Found(content: .publicKey(key), remarks: survey.remarks(taking: key, source: source))
        }
    }

    /// PKCS#7 keeps its certificates in no order, so the one that signs nobody else is the one that signs tokens.
    private static func choose(among family: CertificateFamily, _ source: String) -> (Certificate, FileRemark) {
        let file = "\(source) is a PKCS#7 file"
        let leaves = family.leaves
        let taken = leaves.first ?? family.head
        guard family.members.count > 1 else {
            return (taken, FileRemark("\(file); the certificate in it was taken out"))
        }
        let took = "\(file) of \(family.members.count) certificates; taken was \(taken.shortDescription)"
        guard leaves.count != 1 else { return (taken, FileRemark("\(took), the one that signed none of the others")) }
        let hint = "if another one signs, give that alone"
        return (taken, FileRemark("\(took), the first of those that signed no other", hint: hint))
    }
}

extension Found {
    func adding(_ remarks: [FileRemark]) -> Found { Found(content: content, remarks: remarks + self.remarks) }
}

extension FileRemark {
    static func repaired(_ repairs: [TextRepair], source: String) -> FileRemark {
        FileRemark("\(source) was repaired: \(repairs.map(\.words).joined(separator: ", "))")
    }
}
