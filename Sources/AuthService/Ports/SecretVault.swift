package import BridgeCore
package import BridgeCrypto

/// Seals what the store keeps secret with the master key, and opens it.
package protocol SecretVault: Sendable {
    /// The box of `secret` for the record that `record` names; only the same name opens it.
    ///
    /// - Throws: `internal`; `configuration_invalid` where the master key cannot be read.
    func seal(_ secret: Secret, for record: String) throws(CryptoError) -> [UInt8]
    /// What is in a box.
    ///
    /// - Throws: `password_wrong` when it was sealed with another master key, for another record, or was changed.
    func open(_ box: [UInt8], for record: String) throws(CryptoError) -> Secret
}
