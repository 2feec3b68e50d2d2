internal import BridgeCore
internal import COpenSSL

/// Opens PKCS#12 files (RFC 7292) as OpenSSL, Java and Windows write them.
enum PKCS12Reader {
    /// Errors as `Keystore.init`.
    static func read(
        _ bytes: [UInt8], _ passwords: KeystorePasswords, source: String, iterationLimit: Int
    ) throws(CryptoError) -> Keystore {
        let file = try PKCS12File(bytes, source: source)
        let parts = try file.parts()
        var budget = KeyDerivationBudget(limit: iterationLimit)
        var phrase = PKCS12Phrase.candidates(passwords.store)[0]
        if file.hasCheckValue {
            phrase = try checkedPhrase(file, parts, passwords, &budget, source: source)
        }
        let keyPhrases = (passwords.key.map { [.text($0)] } ?? []) + [phrase]
        var bags = PKCS12Bags(keyPhrases: keyPhrases, budget: budget, source: source)
        try parts.forEach { part throws(CryptoError) in
            guard try bags.read(part.assumingMemoryBound(to: PKCS7.self), phrase) else {
                throw notOpened(passwords, isIntact: file.hasCheckValue, source: source)
            }
        }
        let entries = PKCS12Assembly(bags, passwords, isIntact: file.hasCheckValue, source: source).entries
        return Keystore(format: .pkcs12, entries: entries, isIntegrityChecked: file.hasCheckValue)
    }

    /// The form of the password that the check value fits.
    private static func checkedPhrase(
        _ file: borrowing PKCS12File, _ parts: borrowing OpenSSLStack, _ passwords: KeystorePasswords,
        _ budget: inout KeyDerivationBudget, source: String
    ) throws(CryptoError) -> PKCS12Phrase {
        let candidates = PKCS12Phrase.candidates(passwords.store)
        for phrase in candidates where try file.isIntact(phrase, &budget) { return phrase }
        guard passwords.store != nil else { throw .passwordMissing(for: source) }
        for phrase in candidates where try opens(phrase, parts, budget, source: source) {
            throw CryptoError(
                .certificateMalformed,
                "\(source) is damaged: the password is right, and bytes have changed since it was saved",
                hint: "fetch the file again, as a binary file")
        }
        throw notOpened(passwords, isIntact: false, source: source)
    }

    /// Whether a phrase decrypts something of a file whose check value is wrong: it is the file that is wrong then.
    private static func opens(
        _ phrase: PKCS12Phrase, _ parts: borrowing OpenSSLStack, _ budget: KeyDerivationBudget, source: String
    ) throws(CryptoError) -> Bool {
        var isOpened = false
        try parts.forEach { part throws(CryptoError) in
            let part = part.assumingMemoryBound(to: PKCS7.self)
            guard !isOpened, OBJ_obj2nid(part.pointee.type) == NID_pkcs7_encrypted else { return }
            var bags = PKCS12Bags(keyPhrases: [], budget: budget, source: source)
            isOpened = try bags.read(part, phrase)
        }
        return isOpened
    }

    private static func notOpened(_ passwords: KeystorePasswords, isIntact: Bool, source: String) -> CryptoError {
        if passwords.store == nil { return .passwordMissing(for: source) }
        if isIntact {
            return CryptoError(
                .certificateMalformed, "\(source) has a part that its password does not open",
                hint: "have it made anew with one password for all of it")
        }
        return CryptoError(
            .passwordWrong, "the password does not open \(source)",
            hint: "check the file that holds it; a keystore that was changed on its way looks the same")
    }
}
