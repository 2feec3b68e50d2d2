import BridgeCrypto

/// HMAC with SHA-256 (RFC 2104), written down once more: the stand-in's own would agree with itself.
enum PlainHMAC {
    /// - Parameter key: of 64 bytes at most.
    static func code(of text: String, key: String) throws -> [UInt8] {
        let block = Array(key.utf8) + [UInt8](repeating: 0, count: 64 - key.utf8.count)
        let inner = try SHA256Digest(of: block.map { $0 ^ 0x36 } + Array(text.utf8)).bytes
        return try SHA256Digest(of: block.map { $0 ^ 0x5C } + inner).bytes
    }
}
