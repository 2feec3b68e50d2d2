internal import COpenSSL

/// Finds the certificate that `openssl x509` takes out of a file, by the same steps: at each place the next PEM block,
/// and where there is none that it knows, the DER value that begins right there.
///
/// OpenSSL reads the file to its end at each place. Here the effort is limited: what is not found within it is not
/// looked for among thousands of things that are no certificate.
struct CertificateSearch {
    /// How many DER values are looked at: each eight bytes of a file of 32 KiB.
    private static let largestCount = 4096
    /// How many bytes may be searched for the end of blocks that turn out to be damaged.
    private static let largestEffort = 8 << 20

    private let raw: UnsafeRawBufferPointer
    private var place = 0
    private var valuesLeft = Self.largestCount
    private var effortLeft = Self.largestEffort
    /// The next BEGIN marker from `place` on, beyond the end where there is none.
    private var marker = -1
    /// The line of a block that is damaged or unknown: it still is when it is come to from another place before it. At
    /// its beginning it may not be: a byte order mark there counts where reading begins with it.
    private var spoiltLine = -1

    /// - Returns: an X509 without its key decoded, owned by the caller; `nil` where there is none.
    static func first(in raw: UnsafeRawBufferPointer) -> OpaquePointer? {
        var search = CertificateSearch(raw: raw)
        while search.place < raw.count, search.valuesLeft > 0, search.effortLeft > 0 {
            if let certificate = search.next() { return certificate }
        }
        return nil
    }

    private init(raw: UnsafeRawBufferPointer) {
        self.raw = raw
    }

    /// Takes one step; `nil` where it led to no certificate.
    private mutating func next() -> OpaquePointer? {
        findMarker()
        guard marker < raw.count, place >= spoiltLine, let block = block(), block.isKnown else { return value() }
        place += block.length
        return block.certificate
    }

    private mutating func findMarker() {
        guard marker < place else { return }
        let bytes = raw.bindMemory(to: UInt8.self).span
        marker = ByteSearch.first(PEMText.begin, in: bytes, from: place) ?? .max
    }

    /// The next block, damaged ones aside.
    private mutating func block() -> ArmouredValue? {
        let block = ArmouredValue(firstIn: UnsafeRawBufferPointer(rebasing: raw[place...]))
        if let block, block.isKnown { return block }
        effortLeft -= raw.count - place
        spoiltLine = raw[place..<marker].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? place
        return nil
    }

    private mutating func value() -> OpaquePointer? {
        valuesLeft -= 1
        guard let bio = try? MemoryBIO(reading: UnsafeRawBufferPointer(rebasing: raw[place...])) else {
            valuesLeft = 0
            return nil
        }
        let certificate = bio.withPointer { bio in Certificate.decodeWithoutKey { d2i_X509_bio(bio, &$0) } }
        // As far as it was read, whatever became of it.
        place = raw.count - bio.withPointer { bridge_BIO_pending($0) }
        return certificate
    }
}
