internal import BridgeCore

/// A container of keys and certificates, recognised by its bytes and never by its name: a file called `.jks` is as often
/// PKCS#12, which is what `keytool` makes since Java 9.
package enum KeystoreKind: Sendable, CaseIterable {
    case jks, jceks, bcfks, pkcs12, pkcs7

    /// What `bytes` are by their first bytes or PEM label; `nil` for anything else.
    package static func of(_ bytes: [UInt8]) -> KeystoreKind? {
        if bytes.starts(with: [0xFE, 0xED, 0xFE, 0xED]) { return .jks }
        if bytes.starts(with: [0xCE, 0xCE, 0xCE, 0xCE]) { return .jceks }
        if let content = sequenceContent(bytes[...]) {
            // PFX begins with version 3 (RFC 7292 §4), ContentInfo with the OID of signedData (RFC 5652 §4).
            if content.starts(with: [0x02, 0x01, 0x03, 0x30]) { return .pkcs12 }
            if content.starts(with: [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07]) { return .pkcs7 }
            if isBouncyCastle(content) { return .bcfks }
        }
        let isPKCS7 = PEMText.labels(in: bytes).contains(where: PEMText.pkcs7Labels.contains)
        return isPKCS7 ? .pkcs7 : nil
    }

    /// The kind in words, with its article.
    package var words: String {
        switch self {
        case .jks: "a Java keystore (JKS)"
        case .jceks: "a Java keystore (JCEKS)"
        case .bcfks: "a Bouncy Castle keystore (BCFKS)"
        case .pkcs12: "a PKCS#12 keystore"
        case .pkcs7: "a PKCS#7 file"
        }
    }

    /// The command that turns a keystore called `name` into one that is read here.
    package func wayOut(_ name: String) -> String {
        let convert = "keytool -importkeystore -srckeystore \(name) -destkeystore store.p12 -deststoretype PKCS12"
        return switch self {
        case .jceks: "\(convert) -srcstoretype JCEKS"
        case .bcfks:
            "\(convert) -srcstoretype BCFKS -providerclass org.bouncycastle.jcajce.provider.BouncyCastleFipsProvider "
                + "-providerpath bc-fips.jar"
        case .jks, .pkcs12, .pkcs7: convert
        }
    }

    /// An encrypted ObjectStore of Bouncy Castle: the store data, in it the algorithm, in it PBES2 (RFC 8018 A.4).
    private static func isBouncyCastle(_ content: ArraySlice<UInt8>) -> Bool {
        guard let storeData = sequenceContent(content), let algorithm = sequenceContent(storeData) else { return false }
        return algorithm.starts(with: [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05, 0x0D])
    }

    /// What stands in the outermost SEQUENCE of DER, or of BER with an indefinite length.
    private static func sequenceContent(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let start = bytes.startIndex
        guard bytes.count > 6, bytes[start] == 0x30 else { return nil }
        let length = bytes[start + 1]
        return bytes.dropFirst(2 + (length > 0x80 ? Int(length & 0x7F) : 0))
    }
}
