import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting

/// Opens keys that nobody has sealed.
struct OpenKeys: PrivateSigningKeys {
    func privateKey(of key: StoredSigningKey) throws(CryptoError) -> RSAPrivateKey {
        try RSAPrivateKey(reading: key.sealedPrivateKey, source: key.sealedRecordName)
    }
}

extension SigningKeyStore {
    /// Adds `fixture` as the bridge's key in `state`, open as `OpenKeys` wants it.
    func insertOpen(_ fixture: KeyFixture, as state: StoredSigningKey.State) async throws {
        let key = try fixture.publicKey
        _ = try await insertIfNone(
            StoredSigningKey(
                id: key.thumbprint, state: state, publicKey: key.subjectPublicKeyInfo,
                sealedPrivateKey: try fixture.privateKeyFile.bytes(), createdAt: TokenMaker.now),
            AuditEntry("test", by: .bridge, at: TokenMaker.now, license: nil))
    }
}
