internal import BridgeCore
internal import COpenSSL

/// The keys and certificates of a PKCS#12 file as they lie in its bags, before they are put together.
struct PKCS12Bags: ~Copyable {
    /// What the attributes of a bag say.
    struct Attributes {
        let alias: String?
        /// Ties a key to its certificate.
        let localKeyID: [UInt8]?
        /// Whether Java keeps it as a trusted certificate.
        let isTrusted: Bool
    }

    /// An opened key, an EVP_PKEY.
    final class Key {
        let pointer: OpaquePointer
        init(takingOwnershipOf pointer: OpaquePointer) { self.pointer = pointer }
        deinit { EVP_PKEY_free(pointer) }
    }

    /// The deepest nesting of bags in bags.
    private static let depthLimit = 8

    private let source: String
    private let keyPhrases: [PKCS12Phrase]
    private var budget: KeyDerivationBudget
    private var legacy: LegacyAlgorithms?
    private var count = 0
    private(set) var keys: [(key: Key?, attributes: Attributes)] = []
    private(set) var certificates: [(certificate: Certificate, attributes: Attributes)] = []

    /// - Parameter keyPhrases: what keys are tried with, in this order.
    init(keyPhrases: [PKCS12Phrase], budget: KeyDerivationBudget, source: String) {
        (self.keyPhrases, self.budget, self.source) = (keyPhrases, budget, source)
    }

    /// Reads one part of the file; `false` where `phrase` does not open it.
    mutating func read(_ part: UnsafeMutablePointer<PKCS7>, _ phrase: PKCS12Phrase) throws(CryptoError) -> Bool {
        switch OBJ_obj2nid(part.pointee.type) {
        case NID_pkcs7_data:
            guard let bags = PKCS12_unpack_p7data(part) else { throw malformed("its bags") }
            try read(Self.owned(bags), depth: 0)
        case NID_pkcs7_encrypted:
            guard let bags = try decrypted(part, phrase) else { return false }
            try read(Self.owned(bags), depth: 0)
        default:
            throw CryptoError(
                .keystoreUnsupported, "\(source) is encrypted for a certificate, not with a password",
                hint: "have it made anew with a password")
        }
        return true
    }

    private static func owned(_ bags: OpaquePointer) -> OpenSSLStack {
        OpenSSLStack(takingOwnershipOf: bags) { PKCS12_SAFEBAG_free($0.map { OpaquePointer($0) }) }
    }

    private mutating func decrypted(
        _ part: UnsafeMutablePointer<PKCS7>, _ phrase: PKCS12Phrase
    ) throws(CryptoError) -> OpaquePointer? {
        guard let content = part.pointee.d.encrypted?.pointee.enc_data, let algorithm = content.pointee.algorithm,
            let data = content.pointee.enc_data
        else { throw malformed("an encrypted part") }
        let context = try context(for: algorithm)
        defer { ErrorQueue.clear() }
        let bags = phrase.withPointer { text, length in
            withContext(context) {
                PKCS12_item_decrypt_d2i_ex(algorithm, PKCS12_SAFEBAGS_it(), text, length, data, 1, $0, nil)
            }
        }
        return bags.map { OpaquePointer($0) }
    }

    private mutating func read(_ bags: borrowing OpenSSLStack, depth: Int) throws(CryptoError) {
        try bags.forEach { bag throws(CryptoError) in try read(bag: OpaquePointer(bag), depth: depth) }
    }

    private mutating func read(bag: OpaquePointer, depth: Int) throws(CryptoError) {
        count += 1
        guard count <= Keystore.entryLimit, depth < Self.depthLimit else {
            throw CryptoError(
                .keystoreUnsupported,
                "\(source) has more than \(Keystore.entryLimit) entries, or they are nested too deep")
        }
        switch PKCS12_SAFEBAG_get_nid(bag) {
        case NID_keyBag:
            let pointer = EVP_PKCS82PKEY(PKCS12_SAFEBAG_get0_p8inf(bag))
            ErrorQueue.clear()
            guard let pointer else { throw malformed("a private key") }
            keys.append((Key(takingOwnershipOf: pointer), Attributes(bag)))
        case NID_pkcs8ShroudedKeyBag: keys.append((try key(bag), Attributes(bag)))
        case NID_certBag where PKCS12_SAFEBAG_get_bag_nid(bag) == NID_x509Certificate:
            let pointer = try checked(.certificateMalformed, "a certificate in \(source) cannot be read") {
                PKCS12_SAFEBAG_get1_cert(bag)
            }
            certificates.append((try Certificate(takingOwnershipOf: pointer), Attributes(bag)))
        case NID_safeContentsBag:
            try OpenSSLStack.forEach(of: PKCS12_SAFEBAG_get0_safes(bag)) { inner throws(CryptoError) in
                try read(bag: OpaquePointer(inner), depth: depth + 1)
            }
        default: break  // revocation lists and secrets are nothing that is used here
        }
    }

    /// The key of a bag; `nil` where no password opens it.
    private mutating func key(_ bag: OpaquePointer) throws(CryptoError) -> Key? {
        guard let sealed = PKCS12_SAFEBAG_get0_pkcs8(bag) else { throw malformed("a private key") }
        var algorithm: UnsafePointer<X509_ALGOR>?
        X509_SIG_get0(sealed, &algorithm, nil)
        guard let algorithm else { throw malformed("a private key") }
        defer { ErrorQueue.clear() }
        for phrase in keyPhrases {
            let context = try context(for: algorithm)
            let info = phrase.withPointer { text, length in
                withContext(context) { PKCS8_decrypt_ex(sealed, text, length, $0, nil) }
            }
            guard let info else { continue }
            defer { PKCS8_PRIV_KEY_INFO_free(info) }  // wipes the key in it
            guard let pointer = EVP_PKCS82PKEY(info) else { throw malformed("a private key") }
            return Key(takingOwnershipOf: pointer)
        }
        return nil
    }

    /// Pays for a decryption, and says with which context it is done.
    private mutating func context(
        for algorithm: UnsafePointer<X509_ALGOR>
    ) throws(CryptoError) -> LegacyAlgorithms? {
        let algorithm = try PBEAlgorithm(algorithm, source: source)
        try budget.spend(algorithm.iterations, source: source)
        guard algorithm.needsLegacy else { return nil }
        if legacy == nil { legacy = try LegacyAlgorithms(source: source) }
        return legacy
    }

    private func withContext<Result>(_ legacy: LegacyAlgorithms?, _ body: (OpaquePointer?) -> Result) -> Result {
        legacy?.withContext { body($0) } ?? body(nil)
    }

    private func malformed(_ part: String) -> CryptoError {
        CryptoError(.certificateMalformed, "\(part) in \(source) cannot be read", underlying: ErrorQueue.drain())
    }
}

extension PKCS12Bags.Attributes {
    /// Of an entry that Java trusts; the value says for what, which is anything.
    private static let trustedKeyUsage = "2.16.840.1.113894.746875.1.1"

    init(_ bag: OpaquePointer) {
        alias = Self.friendlyName(bag)
        localKeyID = Self.octets(PKCS12_SAFEBAG_get0_attr(bag, NID_localKeyID))
        var isTrusted = false
        OpenSSLStack.forEach(of: PKCS12_SAFEBAG_get0_attrs(bag)) { attribute in
            let object = X509_ATTRIBUTE_get0_object(OpaquePointer(attribute))
            if OpenSSL.oid(of: object) == Self.trustedKeyUsage { isTrusted = true }
        }
        self.isTrusted = isTrusted
    }

    private static func friendlyName(_ bag: OpaquePointer) -> String? {
        guard let text = PKCS12_get_friendlyname(bag) else { return nil }
        defer { bridge_OPENSSL_free(text) }
        return String(cString: text)
    }

    private static func octets(_ value: UnsafePointer<ASN1_TYPE>?) -> [UInt8]? {
        guard let value, value.pointee.type == V_ASN1_OCTET_STRING, let octets = value.pointee.value.octet_string else {
            return nil
        }
        let start = ASN1_STRING_get0_data(octets)
        return Array(UnsafeBufferPointer(start: start, count: Int(ASN1_STRING_length(octets))))
    }
}
