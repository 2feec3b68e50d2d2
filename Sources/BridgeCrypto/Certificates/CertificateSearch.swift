internal import COpenSSL

/// Finds the certificate that `openssl x509` takes out of a file: the first readable PEM block, else the first readable
/// DER value from where the last block ends.
enum CertificateSearch {
    /// - Returns: X509, owned by the caller; `nil` where there is none.
    static func first(in raw: UnsafeRawBufferPointer, isPEM: Bool) -> OpaquePointer? {
        guard isPEM else { return firstValue(in: raw, from: 0) }
        guard let bio = try? MemoryBIO(reading: raw) else { return nil }
        // Where the reader stands when no further block begins, it is at the end.
        var (place, afterBlock) = (-1, 0)
        repeat {
            (place, afterBlock) = (afterBlock, afterBlock)
            if let certificate = bio.withPointer({ PEM_read_bio_X509_AUX($0, nil, { _, _, _, _ in -1 }, nil) }) {
                return certificate
            }
            if ErrorQueue.lastIsPEM(reason: PEM_R_NO_START_LINE) { break }
            // A block that cannot be read is passed over.
            afterBlock = raw.count - bio.withPointer { bridge_BIO_pending($0) }
        } while afterBlock > place
        return firstValue(in: raw, from: afterBlock)
    }

    /// Walks from value to value; whatever is no certificate is passed over, as long as it says how long it is.
    private static func firstValue(in raw: UnsafeRawBufferPointer, from start: Int) -> OpaquePointer? {
        guard let base = raw.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
        var place = start
        while place < raw.count {
            var next: UnsafePointer<UInt8>? = base + place
            if let certificate = d2i_X509(nil, &next, raw.count - place) { return certificate }
            let rest = UnsafeBufferPointer(start: base + place, count: raw.count - place)
            guard let length = DERValues.length(of: rest) else { return nil }
            // OpenSSL reads eight bytes before it knows, and does not give them back.
            place += max(8, length)
        }
        return nil
    }
}
