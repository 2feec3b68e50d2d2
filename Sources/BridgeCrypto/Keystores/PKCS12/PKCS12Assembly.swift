internal import BridgeCore
internal import COpenSSL

/// Puts the bags of a PKCS#12 file together to entries: each key with its certificate and those above it, and every
/// certificate that belongs to no key for itself.
struct PKCS12Assembly {
    let entries: [KeystoreEntry]

    /// - Parameter isIntact: whether a check value says that the keystore's password was right.
    init(_ bags: borrowing PKCS12Bags, _ passwords: KeystorePasswords, isIntact: Bool, source: String) {
        let locked = { alias in
            CryptoError.keyLocked(alias: alias, passwords, isIntact: isIntact, source: source)
        }
        var entries: [KeystoreEntry] = []
        var used: Set<Int> = []
        let certificates = bags.certificates
        for (key, attributes) in bags.keys {
            let leaf = Self.leaf(of: key, attributes, among: certificates)
            let chain = leaf.map { Self.chain(from: $0, certificates) } ?? []
            used.formUnion(chain)
            let alias = attributes.alias ?? leaf.flatMap { certificates[$0].attributes.alias }
            entries.append(
                Self.entry(
                    key, attributes, alias ?? String(entries.count + 1), chain.map { certificates[$0].certificate },
                    locked, source: source))
        }
        for (index, (certificate, attributes)) in certificates.enumerated()
        where attributes.isTrusted || !used.contains(index) {
            let alias = attributes.alias ?? String(entries.count + 1)
            entries.append(
                KeystoreEntry(
                    alias: alias, createdAt: Self.date(attributes.localKeyID), content: .certificate(certificate)))
        }
        self.entries = entries
    }

    private static func entry(
        _ key: PKCS12Bags.Key?, _ attributes: PKCS12Bags.Attributes, _ alias: String, _ chain: [Certificate],
        _ locked: (String) -> CryptoError, source: String
    ) -> KeystoreEntry {
        let content: KeystoreEntry.Key
        if let key {
            EVP_PKEY_up_ref(key.pointer)  // for the entry, which takes a reference of its own
            let name = "the private key \(quoted(alias)) in \(source)"
            content = KeystoreEntry.Key(takingOwnershipOf: key.pointer, chain: chain, source: name)
        } else {
            content = KeystoreEntry.Key(locked(alias), chain: chain)
        }
        return KeystoreEntry(
            alias: alias, createdAt: date(attributes.localKeyID), content: .privateKey(content))
    }

    /// The certificate of a key: the one of the same id, or else the one with its public half.
    private static func leaf(
        of key: PKCS12Bags.Key?, _ attributes: PKCS12Bags.Attributes,
        among certificates: [(certificate: Certificate, attributes: PKCS12Bags.Attributes)]
    ) -> Int? {
        if let id = attributes.localKeyID,
            let index = certificates.firstIndex(where: { $0.attributes.localKeyID == id })
        {
            return index
        }
        guard let key else { return nil }
        return certificates.firstIndex { $0.certificate.isPaired(with: key.pointer) }
    }

    /// The certificate at `start` and, one after the other, those that are named as issuers.
    private static func chain(
        from start: Int, _ certificates: [(certificate: Certificate, attributes: PKCS12Bags.Attributes)]
    ) -> [Int] {
        var chain = [start]
        while let last = chain.last, chain.count < Keystore.chainLimit {
            let certificate = certificates[last].certificate
            guard !certificate.namesIssuer(certificate),
                let next = certificates.indices.first(where: {
                    !chain.contains($0) && certificate.namesIssuer(certificates[$0].certificate)
                })
            else { break }
            chain.append(next)
        }
        return chain
    }

    /// Java writes the time of creation into the local id: `Time 1763652600000`, in milliseconds.
    private static func date(_ localKeyID: [UInt8]?) -> Timestamp? {
        guard let localKeyID, localKeyID.starts(with: "Time ".utf8) else { return nil }
        return Int64(String(decoding: localKeyID.dropFirst(5), as: UTF8.self)).map { Timestamp(milliseconds: $0) }
    }
}
