public import BridgeCore

extension Keystore {
    /// Makes a keystore of one private key, for Salesforce's Import from Keystore and ServiceNow's Java Key Store.
    ///
    /// The key has the password of the keystore, which both importers insist on. In a JKS the alias is in small letters.
    /// - Parameters:
    ///   - chain: the key's own certificate first.
    ///   - createdAt: kept in a JKS; a PKCS#12 file has no place for it.
    /// - Throws: `configuration_invalid` with every rule of `KeystorePreflight` that is broken, so that no file comes to be
    ///   that its importer refuses; `internal`.
    public static func file(
        _ format: Format, alias: String, key: RSAPrivateKey, chain: [Certificate], password: Secret,
        createdAt: Timestamp
    ) throws(CryptoError) -> Secret {
        let preflight = KeystorePreflight(format: format, alias: alias, password: password, now: createdAt)
        let findings = preflight.findings(key: .success(key), chain: .success(chain))
        guard findings.isEmpty else {
            let details = findings.map(\.detail).joined(separator: "; ")
            throw CryptoError(.configurationInvalid, details, hint: findings.first?.hint)
        }
        switch format {
        case .jks:
            let password = try JavaPassword(password, source: "the keystore")
            var writer = JavaKeystoreWriter()
            try writer.add(alias, .privateKey(key, chain: chain), createdAt: createdAt, password: password)
            return Secret(try writer.finish(password: password))
        case .pkcs12: return Secret(try PKCS12Writer.file(alias, key, chain: chain, password: password))
        }
    }
}
