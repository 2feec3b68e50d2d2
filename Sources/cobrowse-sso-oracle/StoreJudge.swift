internal import COpenSSL

/// What `openssl x509 -pubkey -noout` makes of bytes, by the calls of its source (apps/lib/apps.c, load_key_certs_crls;
/// apps/x509.c) in this process.
enum StoreJudge {
    static func verdict(on bytes: [UInt8]) -> Verdict {
        defer { ERR_clear_error() }
        guard let certificate = bytes.withUnsafeBytes(certificate) else { return .refused }
        defer { X509_free(certificate) }
        guard let key = X509_get0_pubkey(certificate), let bio = BIO_new(BIO_s_mem()) else { return .refused }
        defer { BIO_free(bio) }
        guard PEM_write_bio_PUBKEY(bio, key) == 1 else { return .refused }
        var data: UnsafeMutablePointer<CChar>?
        let count = bridge_BIO_get_mem_data(bio, &data)
        return .key(Array(UnsafeRawBufferPointer(start: data, count: count)))
    }

    /// X509, owned by the caller.
    private static func certificate(in raw: UnsafeRawBufferPointer) -> OpaquePointer? {
        guard let bio = BIO_new_mem_buf(raw.baseAddress, Int32(raw.count)) else { return nil }
        defer { BIO_free(bio) }
        // Like a run without a terminal, it is given no password.
        guard let store = OSSL_STORE_attach(bio, "file", nil, nil, UI_null(), nil, nil, nil, nil) else { return nil }
        defer { OSSL_STORE_close(store) }
        OSSL_STORE_expect(store, OSSL_STORE_INFO_CERT)
        while OSSL_STORE_eof(store) == 0 {
            // Not being able to load one thing is no reason to stop there.
            guard let info = OSSL_STORE_load(store) else { continue }
            defer { OSSL_STORE_INFO_free(info) }
            if OSSL_STORE_INFO_get_type(info) == OSSL_STORE_INFO_CERT { return OSSL_STORE_INFO_get1_CERT(info) }
        }
        return nil
    }
}
