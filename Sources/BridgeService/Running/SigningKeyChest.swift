package import AuthService
package import BridgeCore
package import BridgeCrypto
internal import Synchronization

/// Makes the bridge's signing keys, seals their private halves with the master key and opens them when they sign.
package final class SigningKeyChest: PrivateSigningKeys {
    private let masterKeyFile: String
    /// What seals and opens everything else that is secret, too.
    package let keyring: MasterKeyring
    /// Opened private keys by their id: opening one and checking it costs as much as many signatures.
    private let opened = Mutex<[String: RSAPrivateKey]>([:])

    /// How many opened keys are kept: there are never more in use.
    private static let capacity = 4

    /// Reads the master key in `masterKeyFile`, and makes one where there is none.
    ///
    /// - Parameter isInUse: whether the store holds anything sealed: then none is made.
    /// - Throws: `configuration_invalid`, with the name of the file.
    package init(masterKeyFile: String, isInUse: Bool) throws(ServiceError) {
        self.masterKeyFile = masterKeyFile
        keyring = MasterKeyring(masterKeyFile: masterKeyFile, isInUse: isInUse)
        try keyring.prepare()
    }

    /// A new key of 2048 bits for `state`, sealed.
    package func makeKey(for state: StoredSigningKey.State, now: Timestamp) throws(CryptoError) -> StoredSigningKey {
        let key = try RSAPrivateKey.generate(bits: 2048)
        let id = key.publicKey.thumbprint
        return StoredSigningKey(
            id: id, state: state, publicKey: key.publicKey.subjectPublicKeyInfo,
            sealedPrivateKey: try keyring.seal(try key.exportPEM(), for: StoredSigningKey.sealedRecordName(of: id)),
            createdAt: now)
    }

    package func privateKey(of key: StoredSigningKey) throws(CryptoError) -> RSAPrivateKey {
        if let known = opened.withLock({ $0[key.id] }) { return known }
        let pem = try keyring.open(key.sealedPrivateKey, for: key.sealedRecordName)
        let privateKey = try pem.withBytes { bytes throws(CryptoError) in
            try RSAPrivateKey(
                reading: bytes.indices.map { bytes[$0] }, passphrase: nil, source: key.sealedRecordName)
        }
        opened.withLock { opened in
            if opened.count >= Self.capacity { opened.removeAll() }
            opened[key.id] = privateKey
        }
        return privateKey
    }
}

extension SigningKeyChest {
    /// Proves that every one of the keys can be opened, so that a wrong master key is noticed before one is needed.
    ///
    /// - Throws: `password_wrong`, with the names of the file and of the key that it does not open.
    package func check(_ keys: [StoredSigningKey]) throws(ServiceError) {
        for key in keys {
            do throws(CryptoError) {
                _ = try privateKey(of: key)
            } catch {
                guard error.code == .passwordWrong else { throw ServiceError(error) }
                throw ServiceError(
                    .passwordWrong,
                    "the \(key.state.rawValue) signing key \(key.id) in the store was sealed with another master key "
                        + "than the one in \(masterKeyFile)",
                    hint: "put the file back that was in use, or restore the backup of file and store")
            }
        }
    }
}
