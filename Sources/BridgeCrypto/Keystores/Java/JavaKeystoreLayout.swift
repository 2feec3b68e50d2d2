internal import BridgeCore

/// Where everything lies in a Java keystore, found without a password and without a copy.
///
/// All of the file has to be accounted for: a count or a length that does not fit, a byte too few or too many is an
/// error that says where. JDK, `sun.security.provider.JavaKeyStore`, versions 1 and 2.
struct JavaKeystoreLayout {
    struct Entry {
        let alias: String
        /// Milliseconds since 1970 as Java writes them.
        let created: UInt64
        /// The protected private key (EncryptedPrivateKeyInfo); `nil` for a trusted certificate.
        let protectedKey: Range<Int>?
        /// The certificates, DER: of a trusted certificate exactly one.
        let certificates: [Range<Int>]
    }

    let entries: [Entry]
    /// SHA-1 over the password, a fixed text and all bytes before.
    let checkValue: Range<Int>

    /// - Throws: `certificate_malformed`, with the offset and what was expected there.
    init(_ bytes: [UInt8], source: String) throws(CryptoError) {
        do throws(BigEndianReader.Fault) {
            var reader = BigEndianReader(bytes.span, 0..<bytes.count)
            self = try Self.read(&reader, bytes)
        } catch {
            throw CryptoError(
                .certificateMalformed, "\(source) is damaged at byte \(error.offset): \(error.detail)",
                hint: "the file was cut off or changed on its way: fetch it again, as a binary file")
        }
    }

    private init(entries: [Entry], checkValue: Range<Int>) {
        (self.entries, self.checkValue) = (entries, checkValue)
    }

    private static func read(
        _ reader: inout BigEndianReader, _ bytes: [UInt8]
    ) throws(BigEndianReader.Fault) -> JavaKeystoreLayout {
        _ = try reader.take(4, "the magic number")
        let version = try reader.number(4, "the version")
        guard version == 1 || version == 2 else { throw reader.fault("version \(version), where 1 or 2 should be") }
        let count = Int(clamping: try reader.number(4, "the number of entries"))
        guard count <= Keystore.entryLimit else {
            throw reader.fault("\(count) entries are announced, more than \(Keystore.entryLimit) are not read")
        }
        var entries: [Entry] = []
        for _ in 0..<count { entries.append(try entry(&reader, bytes, namesTypes: version == 2)) }
        let checkValue = try reader.take(SHA1Hasher.size, "the check value")
        guard reader.remaining == 0 else {
            throw reader.fault("the file should end here, and \(reader.remaining) more follow")
        }
        return JavaKeystoreLayout(entries: entries, checkValue: checkValue)
    }

    private static func entry(
        _ reader: inout BigEndianReader, _ bytes: [UInt8], namesTypes: Bool
    ) throws(BigEndianReader.Fault) -> Entry {
        let tag = try reader.number(4, "the kind of an entry")
        guard tag == 1 || tag == 2 else { throw reader.fault("an entry of kind \(tag), where 1 or 2 should be") }
        guard let alias = ModifiedUTF8.decode(bytes[try reader.counted(2, "an alias")]) else {
            throw reader.fault("the alias before it is not in Java's UTF-8")
        }
        let created = try reader.number(8, "the date of an entry")
        guard tag == 1 else {
            let certificate = try certificate(&reader, bytes, namesTypes: namesTypes)
            return Entry(alias: alias, created: created, protectedKey: nil, certificates: [certificate])
        }
        let key = try reader.counted(4, "a private key")
        let count = Int(clamping: try reader.number(4, "the number of certificates"))
        guard count <= Keystore.chainLimit else {
            throw reader.fault(
                "\(count) certificates of one key are announced, more than \(Keystore.chainLimit) are not read")
        }
        var chain: [Range<Int>] = []
        for _ in 0..<count { chain.append(try certificate(&reader, bytes, namesTypes: namesTypes)) }
        return Entry(alias: alias, created: created, protectedKey: key, certificates: chain)
    }

    private static func certificate(
        _ reader: inout BigEndianReader, _ bytes: [UInt8], namesTypes: Bool
    ) throws(BigEndianReader.Fault) -> Range<Int> {
        if namesTypes {
            let type = try reader.counted(2, "the type of a certificate")
            guard bytes[type].elementsEqual("X.509".utf8) else {
                throw reader.fault("a certificate of another type than X.509")
            }
        }
        return try reader.counted(4, "a certificate")
    }
}
