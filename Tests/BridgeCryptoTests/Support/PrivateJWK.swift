import BridgeCore
import BridgeCrypto
import BridgeTesting

/// An RSA private key written as a JWK, as the RFCs publish theirs; made into PKCS#1 (RFC 8017 A.1.2) to be read.
struct PrivateJWK {
    let value: JSONValue

    /// The key.
    func key() throws -> RSAPrivateKey {
        let names = ["n", "e", "d", "p", "q", "dp", "dq", "qi"]
        let integers = try [DER.integer([0])] + names.map { DER.integer(try number($0)) }
        return try RSAPrivateKey(reading: DER.sequence(integers.flatMap { $0 }), source: "the published key")
    }

    private func number(_ name: String) throws -> [UInt8] {
        let bytes = (value[name]?.stringValue).flatMap { Base64URL.decode($0.utf8) }
        return try bytes.unwrapped(name)
    }
}
