internal import BridgeCore
internal import COpenSSL

/// What an encryption under a password asks for (PKCS#5, RFC 8018; PKCS#12, RFC 7292 appendix C), read before any work.
struct PBEAlgorithm {
    /// How often the password is hashed.
    let iterations: Int64
    /// Whether the cipher is one that OpenSSL 3 keeps in its legacy provider: RC2, RC4, DES.
    let needsLegacy: Bool

    /// - Throws: `keystore_unsupported` for an unknown one, `certificate_malformed` for parameters that are none.
    init(_ algorithm: UnsafePointer<X509_ALGOR>, source: String) throws(CryptoError) {
        let kind = OBJ_obj2nid(algorithm.pointee.algorithm)
        guard kind == NID_pbes2 || Self.oldSchemes.contains(kind) else {
            throw CryptoError(
                .keystoreUnsupported, "\(source) is encrypted with \(Self.name(algorithm)), which is not known here",
                hint: "have it made anew with AES-256")
        }
        let found =
            kind == NID_pbes2
            ? try Self.second(algorithm.pointee.parameter, source)
            : Self.first(algorithm.pointee.parameter).map { ($0, kind) }
        ErrorQueue.clear()
        guard let (iterations, cipher) = found else {
            throw CryptoError(.certificateMalformed, "the encryption of \(source) has parameters that cannot be read")
        }
        self.iterations = iterations
        needsLegacy = Self.legacy.contains(cipher)
    }

    /// The work of any encryption under a password in iterations; `nil` for one that is not known or cannot be read.
    ///
    /// That of scrypt (RFC 7914) is N · r · p, each about as much as an iteration of PBKDF2.
    static func work(of algorithm: UnsafePointer<X509_ALGOR>) -> Int64? {
        if let known = try? PBEAlgorithm(algorithm, source: "the key") { return known.iterations }
        defer { ErrorQueue.clear() }
        guard OBJ_obj2nid(algorithm.pointee.algorithm) == NID_pbes2,
            let unpacked = ASN1_TYPE_unpack_sequence(PBE2PARAM_it(), algorithm.pointee.parameter)
        else { return nil }
        let parameters = unpacked.assumingMemoryBound(to: PBE2PARAM.self)
        defer { PBE2PARAM_free(parameters) }
        guard let derivation = parameters.pointee.keyfunc,
            let inner = ASN1_TYPE_unpack_sequence(SCRYPT_PARAMS_it(), derivation.pointee.parameter)
        else { return nil }
        let scrypt = inner.assumingMemoryBound(to: SCRYPT_PARAMS.self)
        defer { SCRYPT_PARAMS_free(scrypt) }
        let factors = [scrypt.pointee.costParameter, scrypt.pointee.blockSize, scrypt.pointee.parallelizationParameter]
        return factors.reduce(1) { product, factor in
            let (next, isTooLarge) = product.multipliedReportingOverflow(by: max(1, integer(factor) ?? .max))
            return isTooLarge ? .max : next
        }
    }

    private static let legacy: Set<Int32> = [
        NID_pbe_WithSHA1And128BitRC4, NID_pbe_WithSHA1And40BitRC4, NID_pbe_WithSHA1And128BitRC2_CBC,
        NID_pbe_WithSHA1And40BitRC2_CBC, NID_pbeWithMD5AndDES_CBC, NID_pbeWithMD5AndRC2_CBC,
        NID_pbeWithSHA1AndDES_CBC, NID_pbeWithSHA1AndRC2_CBC, NID_des_cbc, NID_rc2_cbc, NID_rc2_40_cbc, NID_rc2_64_cbc,
    ]

    private static let oldSchemes: Set<Int32> =
        legacy.subtracting([NID_des_cbc, NID_rc2_cbc, NID_rc2_40_cbc, NID_rc2_64_cbc])
        .union([NID_pbe_WithSHA1And3_Key_TripleDES_CBC, NID_pbe_WithSHA1And2_Key_TripleDES_CBC])

    /// PBES1 and PKCS#12's own schemes: salt and count.
    private static func first(_ parameter: UnsafePointer<ASN1_TYPE>?) -> Int64? {
        guard let unpacked = ASN1_TYPE_unpack_sequence(PBEPARAM_it(), parameter) else { return nil }
        let parameters = unpacked.assumingMemoryBound(to: PBEPARAM.self)
        defer { PBEPARAM_free(parameters) }
        return integer(parameters.pointee.iter)
    }

    /// PBES2: a derivation, which has to be PBKDF2, and a cipher.
    private static func second(
        _ parameter: UnsafePointer<ASN1_TYPE>?, _ source: String
    ) throws(CryptoError) -> (Int64, Int32)? {
        guard let unpacked = ASN1_TYPE_unpack_sequence(PBE2PARAM_it(), parameter) else { return nil }
        let parameters = unpacked.assumingMemoryBound(to: PBE2PARAM.self)
        defer { PBE2PARAM_free(parameters) }
        guard let derivation = parameters.pointee.keyfunc, let cipher = parameters.pointee.encryption else {
            return nil
        }
        guard OBJ_obj2nid(derivation.pointee.algorithm) == NID_id_pbkdf2 else {
            throw CryptoError(
                .keystoreUnsupported, "\(source) derives its key with \(name(derivation)), which is not known here",
                hint: "have it made anew with PBKDF2")
        }
        guard let inner = ASN1_TYPE_unpack_sequence(PBKDF2PARAM_it(), derivation.pointee.parameter) else { return nil }
        let pbkdf2 = inner.assumingMemoryBound(to: PBKDF2PARAM.self)
        defer { PBKDF2PARAM_free(pbkdf2) }
        guard let iterations = integer(pbkdf2.pointee.iter) else { return nil }
        return (iterations, OBJ_obj2nid(cipher.pointee.algorithm))
    }

    /// A count; one that no number holds is as large as one can be, and absent it is 1 (RFC 7292 §4).
    static func integer(_ integer: UnsafePointer<ASN1_INTEGER>?) -> Int64? {
        guard let integer else { return 1 }
        var value: Int64 = 0
        return ASN1_INTEGER_get_int64(&value, integer) == 1 ? value : .max
    }

    /// The algorithm's name as OpenSSL has it, or its OID.
    static func name(_ algorithm: UnsafePointer<X509_ALGOR>) -> String {
        let kind = OBJ_obj2nid(algorithm.pointee.algorithm)
        if kind != NID_undef, let name = OBJ_nid2ln(kind) { return String(cString: name) }
        return OpenSSL.oid(of: algorithm.pointee.algorithm) ?? "an unknown algorithm"
    }
}
