package import BridgeCore
package import BridgeCrypto

/// What a connected app of Salesforce proves itself with, opened: a secret, a key, or both.
package struct SalesforceCredential: Sendable {
    /// The consumer secret: web sign-in, Canvas, and the client credentials flow.
    package let secret: Secret?
    /// The key whose certificate the app has: JWT bearer, as the integration user.
    package let key: RSAPrivateKey?
    /// The certificate of the key, where it was given, so that its end is known.
    package let certificate: Certificate?

    package init(secret: Secret?, key: RSAPrivateKey?, certificate: Certificate? = nil) {
        self.secret = secret
        self.key = key
        self.certificate = certificate
    }

    /// The credential for the store; a part that `known` has already keeps the time it was put there.
    ///
    /// - Parameters:
    ///   - end: when the secret ends, as an administrator said.
    ///   - known: what is stored.
    /// - Throws: `internal`, and what the vault throws.
    package func sealed(
        for id: ConnectionID, client clientID: String, secretEndingAt end: Timestamp?, over known: StoredCredential?,
        at now: Timestamp, by vault: some SecretVault
    ) throws(CryptoError) -> StoredCredential {
        func part(_ mark: String, _ end: Timestamp?, _ known: StoredCredential.Part?) -> StoredCredential.Part {
            StoredCredential.Part(endsAt: end, mark: mark, setAt: known?.mark == mark ? known?.setAt ?? now : now)
        }
        let secretMark = try secret.map { secret throws(CryptoError) in
            try CredentialMark.secret(secret, client: clientID)
        }
        return StoredCredential(
            box: try vault.seal(try contents(), for: id.sealedRecordName),
            secret: secretMark.map { part($0, end, known?.secret) },
            key: try keyMark().map { part($0, certificate?.notAfter, known?.key) }, certificatePEM: certificate?.pem)
    }

    private func keyMark() throws(CryptoError) -> String? {
        if let certificate { return try CredentialMark.certificate(certificate) }
        guard let key else { return nil }
        return try CredentialMark.key(key)
    }

    /// Opens a stored credential.
    ///
    /// - Throws: `password_wrong` when no master key opens it, `certificate_malformed` for a damaged row.
    package init(
        opening stored: StoredCredential, of id: ConnectionID, by vault: some SecretVault
    ) throws(CryptoError) {
        let plaintext = try vault.open(stored.box, for: id.sealedRecordName)
        let object = plaintext.withBytes { span in
            try? JSONValue(parsing: span.indices.map { span[$0] })
        }
        guard let object, object.objectValue != nil else {
            throw CryptoError(
                .certificateMalformed, "what is sealed for \(id.sealedRecordName) is damaged",
                hint: "save the connection again, or restore a backup")
        }
        secret = object[Self.secretName]?.stringValue.map { Secret(Array($0.utf8)) }
        key = try object[Self.keyName]?.stringValue.map { pem throws(CryptoError) in
            try RSAPrivateKey(reading: Array(pem.utf8), passphrase: nil, source: id.sealedRecordName)
        }
        certificate = try stored.certificatePEM.map { pem throws(CryptoError) in
            try Certificate(reading: Array(pem.utf8), source: id.sealedRecordName)
        }
    }

    private static let secretName = "clientSecret"
    private static let keyName = "clientKey"

    /// What goes into the box.
    private func contents() throws(CryptoError) -> Secret {
        let pem = try key.map { key throws(CryptoError) in try key.exportPEM() }
        var writer = JSONWriter()
        writer.object { writer in
            if let secret { writer.member(Self.secretName, secret.contents) }
            if let pem { writer.member(Self.keyName, pem.contents) }
        }
        return Secret(writer.bytes)
    }
}

extension Secret {
    fileprivate var contents: String {
        withBytes { span in String(decoding: span.indices.map { span[$0] }, as: UTF8.self) }
    }
}
