package import BridgeCore
internal import COpenSSL

/// HMAC with SHA-256 (RFC 2104), which Salesforce signs with what it sends to an app: both have the app's secret.
package enum HMACSHA256 {
    private static let length = 32

    /// The code of `message`: 32 bytes.
    ///
    /// - Throws: `internal` when OpenSSL fails.
    package static func code(of message: [UInt8], key: Secret) throws(CryptoError) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: length)
        var written = 0
        let isMade = key.withBytes { span in
            message.withUnsafeBytes { message in
                code.withUnsafeMutableBytes { code in
                    span.bytes.withUnsafeBytes { key in
                        ErrorQueue.clear()
                        return EVP_Q_mac(
                            nil, "HMAC", nil, "SHA256", nil, key.baseAddress, key.count,
                            message.baseAddress?.assumingMemoryBound(to: UInt8.self), message.count,
                            code.baseAddress?.assumingMemoryBound(to: UInt8.self), code.count, &written) != nil
                    }
                }
            }
        }
        guard isMade, written == length else {
            throw CryptoError(.internal, "EVP_Q_mac failed", underlying: ErrorQueue.drain())
        }
        return code
    }

    /// Whether `code` is that of `message`; it takes as long for a wrong one.
    ///
    /// - Throws: `internal` when OpenSSL fails; for an empty key, by which anybody could sign.
    package static func isValid(
        _ code: [UInt8], of message: [UInt8], key: Secret
    ) throws(CryptoError) -> Bool {
        guard !key.isEmpty else { throw CryptoError(.internal, "a message was to be verified by an empty secret") }
        return ConstantTime.areEqual(code, try Self.code(of: message, key: key))
    }
}
