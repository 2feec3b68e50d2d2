internal import BridgeCore
internal import COpenSSL

/// OpenSSL with its legacy provider, in a library context of its own: RC2 and RC4 are there for the one old file that
/// needs them and for nothing else in the process.
final class LegacyAlgorithms {
    private let context: OpaquePointer  // OSSL_LIB_CTX, owned: freed in deinit
    private let providers: [OpaquePointer]  // OSSL_PROVIDER, unloaded in deinit

    /// - Throws: `keystore_unsupported` where OpenSSL was installed without that provider.
    init(source: String) throws(CryptoError) {
        let context = try checked(.internal, "OSSL_LIB_CTX_new failed") { OSSL_LIB_CTX_new() }
        let providers = ["legacy", "default"].compactMap { (name: String) in OSSL_PROVIDER_load(context, name) }
        guard providers.count == 2 else {
            let messages = ErrorQueue.drain()
            for provider in providers { OSSL_PROVIDER_unload(provider) }
            OSSL_LIB_CTX_free(context)
            throw CryptoError(
                .keystoreUnsupported,
                "\(source) is encrypted with RC2, RC4 or DES, and OpenSSL has no legacy provider on this machine",
                hint: "install it (Debian: openssl or libssl3), or have the keystore made anew with AES-256",
                underlying: messages)
        }
        (self.context, self.providers) = (context, providers)
    }

    deinit {
        for provider in providers { OSSL_PROVIDER_unload(provider) }
        OSSL_LIB_CTX_free(context)
    }

    /// Lends the library context to C.
    func withContext<Result>(_ body: (OpaquePointer) -> Result) -> Result {
        body(context)
    }
}
