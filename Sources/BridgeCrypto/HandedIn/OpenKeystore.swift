internal import BridgeCore

/// A PKCS#12 keystore that anybody can open, because its password is empty.
enum OpenKeystore {
    /// Far more than any tool uses, and some tenths of a second.
    private static let iterationLimit = 1_000_000

    /// The certificate of its first entry; `nil` for every other file.
    static func certificate(in bytes: [UInt8], source: String) -> Found<Certificate>? {
        guard bytes.first == 0x30, KeystoreKind.of(bytes) == .pkcs12,
            let keystore = try? Keystore(
                reading: bytes, password: Secret([]), source: source, iterationLimit: iterationLimit),
            // Without a check value nothing says that the password is right.
            keystore.isIntegrityChecked, let entry = keystore.entries.first(where: { $0.certificate != nil }),
            let certificate = entry.certificate
        else { return nil }
        let opened = FileRemark(
            "\(source) is a PKCS#12 keystore with an empty password; taken was the certificate of \(quoted(entry.alias))"
        )
        return Found(
            content: certificate,
            remarks: [opened] + (keystore.entries.contains { $0.key != nil } ? [.privateKey(in: source)] : []))
    }
}
