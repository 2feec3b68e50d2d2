internal import COpenSSL

/// Finds the certificate that `openssl x509` takes out of a file, by the same steps: at each place the next PEM block,
/// and where there is none that it knows, the DER value that begins right there.
struct CertificateSearch {
    /// How many bytes may be read in all: behind each DER value that was nothing the rest of the file is read again.
    /// Some tenths of a second, and the whole of a file of 16 KiB for each eight bytes of it.
    private static let largestEffort = 64 << 20

    private let raw: UnsafeRawBufferPointer
    private var place = 0
    private var effortLeft = Self.largestEffort

    /// - Returns: X509, owned by the caller; `nil` where there is none.
    static func first(in raw: UnsafeRawBufferPointer) -> OpaquePointer? {
        var search = CertificateSearch(raw: raw)
        while search.place < raw.count, search.effortLeft > 0 {
            if let certificate = search.next() { return certificate }
        }
        return nil
    }

    private init(raw: UnsafeRawBufferPointer) {
        self.raw = raw
    }

    /// Takes one step; `nil` where it led to no certificate.
    private mutating func next() -> OpaquePointer? {
        let rest = UnsafeRawBufferPointer(rebasing: raw[place...])
        let isPEM = ByteSearch.first(PEMText.begin, in: rest.bindMemory(to: UInt8.self).span, from: 0) != nil
        guard isPEM, let block = ArmouredValue(firstIn: rest), block.isKnown else { return value(rest) }
        place += block.length
        return block.certificate
    }

    private mutating func value(_ rest: UnsafeRawBufferPointer) -> OpaquePointer? {
        effortLeft -= rest.count
        guard let bio = try? MemoryBIO(reading: rest) else {
            effortLeft = 0
            return nil
        }
        let certificate = bio.withPointer { d2i_X509_bio($0, nil) }
        // As far as it was read, whatever became of it.
        place = raw.count - bio.withPointer { bridge_BIO_pending($0) }
        return certificate
    }
}
