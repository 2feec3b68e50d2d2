internal import BridgeCore
internal import COpenSSL

/// SHA-1, which Java's keystores and certificate thumbprints are made of and nothing else here uses; for one thread at a time.
struct SHA1Hasher: ~Copyable {
    /// The length of a digest in bytes.
    static let size = 20

    private let context: OpaquePointer  // EVP_MD_CTX, owned: freed, and wiped by its provider, in deinit

    init() throws(CryptoError) {
        guard let digest = OpenSSL.sha1 else { throw CryptoError(.internal, "OpenSSL offers no SHA-1") }
        let context = try checked(.internal, "EVP_MD_CTX_new failed") { EVP_MD_CTX_new() }
        guard EVP_DigestInit_ex2(context, digest, nil) == 1 else {
            EVP_MD_CTX_free(context)
            throw CryptoError(.internal, "EVP_DigestInit_ex2 failed", underlying: ErrorQueue.drain())
        }
        self.context = context
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    /// Goes on from where `other` is.
    func restart(from other: borrowing SHA1Hasher) throws(CryptoError) {
        guard EVP_MD_CTX_copy_ex(context, other.context) == 1 else { throw Self.failure }
    }

    func update(_ bytes: UnsafeRawBufferPointer) throws(CryptoError) {
        guard EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1 else { throw Self.failure }
    }

    /// Writes the digest to the first bytes of `output`, which has room for `size`; the next step is `restart`.
    func finish(into output: UnsafeMutableRawBufferPointer) throws(CryptoError) {
        guard output.count >= Self.size,
            EVP_DigestFinal_ex(context, output.baseAddress?.assumingMemoryBound(to: UInt8.self), nil) == 1
        else { throw Self.failure }
    }

    private static var failure: CryptoError {
        CryptoError(.internal, "SHA-1 failed", underlying: ErrorQueue.drain())
    }
}

extension SHA1Hasher {
    /// The digest of `bytes`: the thumbprint `x5t` of a certificate (RFC 7515 §4.1.7), which names it and proves nothing.
    static func digest(_ bytes: [UInt8]) throws(CryptoError) -> [UInt8] {
        let hasher = try SHA1Hasher()
        try bytes.span.bytes.withUnsafeBytes { raw throws(CryptoError) in try hasher.update(raw) }
        return try withUnsafeTemporaryAllocation(byteCount: size, alignment: 1) { buffer throws(CryptoError) in
            try hasher.finish(into: buffer)
            return Array(buffer)
        }
    }
}
