internal import BridgeCore

/// What a file is that holds nothing to trust: the way to say so, and what to do about it.
struct FileNature {
    private let code: ReasonCode
    /// To follow the name of the file: `is a web page`.
    private let words: String
    private let hint: String?

    init(_ words: String, hint: String?, code: ReasonCode = .certificateMalformed) {
        (self.code, self.words, self.hint) = (code, words, hint)
    }

    /// Says more than `error` does about a file that nothing was found in.
    ///
    /// - Parameter isKeyWanted: whether a public key would have done, too.
    static func explain(_ error: CryptoError, _ bytes: [UInt8], source: String, isKeyWanted: Bool) -> CryptoError {
        guard error.code == .certificateMalformed, KeystoreKind.of(bytes) != .pkcs7 else { return error }
        if !isKeyWanted, let refusal = JSONWebKeySet.refusal(of: bytes, source: source) { return refusal }
        let wanted = isKeyWanted ? "neither a certificate nor a public key" : "no certificate"
        // A keystore, or a private key, is one whatever repairs make of it.
        let nature =
            FileNature(of: bytes, source, isKeyWanted: isKeyWanted)
            ?? FileNature(of: TextRepair.everything(bytes), source, isKeyWanted: isKeyWanted)
            ?? FileNature(
                "is \(wanted)", hint: "download it under Setup > Certificate and Key Management in Salesforce")
        return CryptoError(
            nature.code, "\(source) \(nature.words)", hint: nature.hint, underlying: error.underlying)
    }

    private init?(of bytes: [UInt8], _ source: String, isKeyWanted: Bool) {
        let nature =
            Self.nothing(bytes) ?? Self.keystore(bytes, source) ?? Self.announced(bytes, source)
            ?? BlockFault(in: bytes, isKeyWanted: isKeyWanted)?.nature
            ?? EncodedKind(leading: bytes).flatMap { FileNature(of: $0, isKeyWanted: isKeyWanted) }
            ?? Self.cutOff(bytes)
        guard let nature else { return nil }
        self = nature
    }

    private static func nothing(_ bytes: [UInt8]) -> FileNature? {
        let hint = "fetch it again: nothing has arrived"
        if bytes.isEmpty { return FileNature("is empty", hint: hint) }
        let isBlank = bytes.allSatisfy(BareBase64.isWhiteSpace)
        return isBlank ? FileNature("holds nothing but white space", hint: hint) : nil
    }

    private static func keystore(_ bytes: [UInt8], _ source: String) -> FileNature? {
        guard let kind = KeystoreKind.of(bytes), kind != .pkcs7 else { return nil }
        let export = "keystore export --cert-out cert.pem"
        let command =
            switch kind {
            case .jceks, .bcfks: "\(kind.wayOut(source)), then cobrowse-sso \(export) store.p12"
            default: "cobrowse-sso \(export) --password-file PASSWORD.txt \(source)"
            }
        return FileNature(
            "is \(kind.words), which is not opened here; a keystore holds private keys and has to be guarded, a .crt "
                + "holds none",
            hint: "export the certificate first: \(command)", code: .keystoreUnsupported)
    }

    /// DER that says it is longer. Text may begin with the first byte, which is a digit, but not with the second.
    private static func cutOff(_ bytes: [UInt8]) -> FileNature? {
        guard bytes.starts(with: [0x30]), bytes.count > 2, (0x81...0x84).contains(bytes[1]),
            let length = DERValues.announcedLength(of: bytes), length > bytes.count
        else { return nil }
        return FileNature(
            "is DER that is cut off: \(bytes.count) of \(length) bytes are there",
            hint: "the file was not copied whole: fetch it again, as a binary file")
    }
}

extension FileNature {
    /// A whole value that can be read and is something else; `nil` for what would have been read.
    init?(of kind: EncodedKind, isKeyWanted: Bool) {
        switch kind {
        case .certificate, .pkcs7: return nil
        case .privateKey, .encryptedPrivateKey: self = .privateKey
        case .publicKey, .rsaPublicKey:
            if isKeyWanted { return nil }
            self = .publicKey
        case .request: self = .request
        case .revocationList: self = .revocationList
        }
    }

    static let privateKey = FileNature(
        "holds a private key", hint: CryptoError.privateKey(in: "").hint, code: .privateKeyGiven)
    static let publicKey = FileNature(
        "is a public key, not a certificate", hint: "cert import takes public keys too")
    static let request = FileNature(
        "is a certificate request, not a certificate", hint: "give what the request was answered with")
    static let revocationList = FileNature(
        "is a list of revoked certificates, not a certificate", hint: "give the certificate itself")
}
