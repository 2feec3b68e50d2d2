import BridgeCrypto

/// HMAC with SHA-256 (RFC 2104).
enum HMACSHA256 {
    static func code(of message: [UInt8], key: [UInt8]) throws(CryptoError) -> [UInt8] {
        var block = key.count > 64 ? try SHA256Digest(of: key).bytes : key
        block += [UInt8](repeating: 0, count: 64 - block.count)
        let inner = try SHA256Digest(of: block.map { $0 ^ 0x36 } + message).bytes
        return try SHA256Digest(of: block.map { $0 ^ 0x5C } + inner).bytes
    }
}
