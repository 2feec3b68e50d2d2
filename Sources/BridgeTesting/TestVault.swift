internal import AuthService
package import BridgeCore
package import BridgeCrypto

/// A vault with a master key of its own, in memory.
package struct TestVault: SecretVault {
    private let key: MasterKey

    /// - Parameter byte: tells vaults apart; those of the same byte open each other's boxes.
    package init(_ byte: UInt8 = 7) throws {
        key = try MasterKey(Array(repeating: byte, count: MasterKey.size)).unwrapped("master key")
    }

    package func seal(_ secret: Secret, for record: String) throws(CryptoError) -> [UInt8] {
        try key.seal(secret, for: record)
    }

    package func open(_ box: [UInt8], for record: String) throws(CryptoError) -> Secret {
        try key.open(box, for: record)
    }
}
