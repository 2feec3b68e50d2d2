internal import AuthService
internal import BridgeCore
internal import BridgeCrypto

/// The bridge's own signing keys: made on first start, private halves sealed with the master key.
struct BridgeKeys {
    /// All public keys, newest first: what the JWKS shows.
    let published: [RSAPublicKey]
    /// Those that verify tokens of every tenant: current and previous.
    let accepted: [TokenKey]

    /// Reads the keys from the store, and makes the first one where there is none.
    ///
    /// - Throws: `password_wrong` when the master key in `masterKeyFile` does not open the current key, and what
    ///   `MasterKeyFile.open` throws.
    static func open(
        _ store: any SigningKeyStore, masterKeyFile: String, now: Timestamp
    ) async throws(ServiceError) -> BridgeKeys {
        do {
            var stored = try await store.signingKeys()
            let masterKey = try MasterKeyFile.open(masterKeyFile, isInUse: !stored.isEmpty)
            if !stored.contains(where: { $0.state == .current }) {
                let made = try make(masterKey: masterKey, now: now)
                stored.insert(try await store.insertIfNone(made, audit: AuditStamp(.bridge, at: now)), at: 0)
            }
            for key in stored where key.state == .current {
                _ = try masterKey.open(key.sealedPrivateKey, for: recordName(key.id))
            }
            return try BridgeKeys(stored)
        } catch let error as any ReasonedError {
            guard error.code == .passwordWrong else { throw ServiceError(error) }
            throw ServiceError(
                .passwordWrong,
                "the signing keys in the store were sealed with another master key than the one in "
                    + masterKeyFile, hint: "put the file back that was in use, or restore the backup of file and store")
        } catch {
            throw ServiceError(.internal, "the signing keys cannot be read")
        }
    }

    private init(_ stored: [StoredSigningKey]) throws(CryptoError) {
        var published: [RSAPublicKey] = []
        var accepted: [TokenKey] = []
        for key in stored {
            let publicKey = try RSAPublicKey(subjectPublicKeyInfo: key.publicKey, source: "signing key \(key.id)")
            published.append(publicKey)
            if key.state != .next { accepted.append(TokenKey(publicKey, declaredKeyID: key.id)) }
        }
        self.published = published
        self.accepted = accepted
    }

    private static func make(masterKey: MasterKey, now: Timestamp) throws(CryptoError) -> StoredSigningKey {
        let key = try RSAPrivateKey.generate(bits: 2048)
        let id = key.publicKey.thumbprint
        return StoredSigningKey(
            id: id, state: .current, publicKey: key.publicKey.subjectPublicKeyInfo,
            sealedPrivateKey: try masterKey.seal(try key.exportPEM(), for: recordName(id)), createdAt: now)
    }

    /// What a sealed key is bound to, so that boxes cannot be exchanged in the store.
    private static func recordName(_ id: String) -> String { "signing key \(id)" }
}
