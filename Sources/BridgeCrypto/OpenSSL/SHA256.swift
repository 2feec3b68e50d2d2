internal import BridgeCore
internal import COpenSSL

/// A SHA-256 digest: 32 bytes.
public struct SHA256Digest: Sendable, Hashable {
    /// The digest as four words, so that it is compared, hashed and kept without an allocation.
    @usableFromInline let words: (UInt64, UInt64, UInt64, UInt64)

    @usableFromInline
    init(words: (UInt64, UInt64, UInt64, UInt64)) {
        self.words = words
    }

    /// The digest as 32 bytes.
    public var bytes: [UInt8] {
        withUnsafeBytes(of: words) { Array($0) }
    }

    @inlinable
    public static func == (left: SHA256Digest, right: SHA256Digest) -> Bool {
        left.words == right.words
    }

    @inlinable
    public func hash(into hasher: inout Hasher) {
        // A digest is uniformly distributed already: one word of it is as good as all four.
        hasher.combine(words.0)
    }
}

/// A reusable SHA-256 computation, for one thread at a time.
struct SHA256Hasher: ~Copyable {
    private let context: OpaquePointer  // EVP_MD_CTX, owned: freed in deinit

    init() throws(CryptoError) {
        let digest = try checked(.internal, "OpenSSL offers no SHA-256") { OpenSSL.sha256 }
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

    /// The digest of `bytes`, without a fetch (Init with NULL restarts the context).
    func digest(_ bytes: UnsafeRawBufferPointer) throws(CryptoError) -> SHA256Digest {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        let finished = withUnsafeMutableBytes(of: &words) { output in
            EVP_DigestInit_ex2(context, nil, nil) == 1
                && EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1
                && EVP_DigestFinal_ex(context, output.baseAddress?.assumingMemoryBound(to: UInt8.self), nil) == 1
        }
        guard finished else { throw CryptoError(.internal, "SHA-256 failed", underlying: ErrorQueue.drain()) }
        return SHA256Digest(words: words)
    }
}

extension SHA256Digest {
    /// The digest of `bytes`, for places where speed does not matter.
    public init(of bytes: [UInt8]) throws(CryptoError) {
        let hasher = try SHA256Hasher()
        self = try bytes.span.bytes.withUnsafeBytes { raw throws(CryptoError) in try hasher.digest(raw) }
    }
}
