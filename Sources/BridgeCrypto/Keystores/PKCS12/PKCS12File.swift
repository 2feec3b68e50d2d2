internal import BridgeCore
internal import COpenSSL

/// A PKCS#12 file taken apart as far as that goes without a password.
struct PKCS12File: ~Copyable {
    private let pointer: OpaquePointer  // PKCS12, owned: freed in deinit
    private let source: String

    /// - Throws: `certificate_malformed` for what is not PKCS#12 from the first to the last byte.
    init(_ bytes: [UInt8], source: String) throws(CryptoError) {
        var end = 0
        let pointer = try checked(
            .certificateMalformed, "\(source) is a PKCS#12 keystore that cannot be read",
            hint: "the file was cut off or changed on its way: fetch it again, as a binary file"
        ) {
            bytes.span.bytes.withUnsafeBytes { raw -> OpaquePointer? in
                guard let start = raw.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
                var position: UnsafePointer<UInt8>? = start
                let file = d2i_PKCS12(nil, &position, raw.count)
                end = position.map { $0 - start } ?? 0
                return file
            }
        }
        guard end == bytes.count else {
            PKCS12_free(pointer)
            throw CryptoError(
                .certificateMalformed,
                "\(source) is damaged at byte \(end): the file should end here, and \(bytes.count - end) more follow")
        }
        (self.pointer, self.source) = (pointer, source)
    }

    deinit {
        PKCS12_free(pointer)
    }

    /// The parts of the file, each a PKCS7: bags in the clear, or bags under the password.
    func parts() throws(CryptoError) -> OpenSSLStack {
        ErrorQueue.clear()
        guard let parts = PKCS12_unpack_authsafes(pointer) else {
            let isSigned = bridge_ERR_GET_REASON(ERR_peek_last_error()) == PKCS12_R_CONTENT_TYPE_NOT_DATA
            let messages = ErrorQueue.drain()
            throw isSigned
                ? CryptoError(
                    .keystoreUnsupported, "\(source) is protected by a signature, not by a password",
                    hint: "have it made anew with a password", underlying: messages)
                : CryptoError(
                    .certificateMalformed, "\(source) is a PKCS#12 keystore whose content cannot be read",
                    underlying: messages)
        }
        return OpenSSLStack(takingOwnershipOf: parts) { PKCS7_free($0?.assumingMemoryBound(to: PKCS7.self)) }
    }

    /// Whether there is a check value over all of it.
    var hasCheckValue: Bool { PKCS12_mac_present(pointer) == 1 }

    /// Whether the check value fits `phrase`.
    ///
    /// - Throws: `keystore_unsupported` for one that is made in an unknown way, and as `KeyDerivationBudget.spend`.
    func isIntact(_ phrase: PKCS12Phrase, _ budget: inout KeyDerivationBudget) throws(CryptoError) -> Bool {
        var algorithm: UnsafePointer<X509_ALGOR>?
        var iterations: UnsafePointer<ASN1_INTEGER>?
        PKCS12_get0_mac(nil, &algorithm, nil, &iterations, pointer)
        guard let algorithm, EVP_get_digestbyname(OBJ_nid2sn(OBJ_obj2nid(algorithm.pointee.algorithm))) != nil else {
            let name = algorithm.map { PBEAlgorithm.name($0) } ?? "nothing"
            throw CryptoError(
                .keystoreUnsupported, "the check value of \(source) is made with \(name), which is not known here",
                hint: "have it made anew with SHA-256")
        }
        try budget.spend(PBEAlgorithm.integer(iterations) ?? 1, source: source)
        defer { ErrorQueue.clear() }
        return phrase.withPointer { PKCS12_verify_mac(pointer, $0, $1) } == 1
    }
}
