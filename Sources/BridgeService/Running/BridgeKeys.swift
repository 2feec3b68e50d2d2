internal import AuthService
internal import BridgeCore
internal import BridgeCrypto

/// The public halves of the bridge's own signing keys, as they are in the store.
struct BridgeKeys: Sendable {
    /// All public keys, newest first: what the JWKS shows.
    let published: [RSAPublicKey]
    /// Those that verify tokens of every tenant: current and previous.
    let accepted: [TokenKey]

    /// Decodes the stored keys.
    init(_ stored: [StoredSigningKey]) throws(CryptoError) {
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
}

extension BridgeKeys {
    /// Reads the keys from the store, and makes the first one where there is none.
    ///
    /// - Throws: `password_wrong` when the master key in `masterKeyFile` does not open all of them, and what
    ///   `MasterKeyFile.open` throws.
    static func prepare(
        _ store: any SigningKeyStore & SealedRecordStore, masterKeyFile: String, now: Timestamp
    ) async throws(ServiceError) -> (stored: [StoredSigningKey], chest: SigningKeyChest) {
        do {
            let stored = try await store.signingKeys()
            let chest = try openChest(masterKeyFile, stored, isInUse: !(try await store.sealedRecords()).isEmpty)
            guard !stored.contains(where: { $0.state == .current }) else { return (stored, chest) }
            let made = try make(chest, now: now)
            let entry = AuditEntry.created(made, AuditStamp(.bridge, at: now))
            return ([try await store.insertIfNone(made, entry)] + stored, chest)
        } catch let error as any ReasonedError {
            throw ServiceError(error)
        } catch {
            throw ServiceError(.internal, "the signing keys cannot be read")
        }
    }

    private static func openChest(
        _ masterKeyFile: String, _ stored: [StoredSigningKey], isInUse: Bool
    ) throws(ServiceError) -> SigningKeyChest {
        let chest = try SigningKeyChest(masterKeyFile: masterKeyFile, isInUse: isInUse)
        try chest.check(stored)
        return chest
    }

    private static func make(_ chest: SigningKeyChest, now: Timestamp) throws(ServiceError) -> StoredSigningKey {
        do throws(CryptoError) {
            return try chest.makeKey(for: .current, now: now)
        } catch {
            throw ServiceError(error)
        }
    }
}
