extension FileNature {
    /// What a file says of itself with its first words.
    static func announced(_ bytes: [UInt8], _ source: String) -> FileNature? {
        let start = String(decoding: bytes.drop(while: isSkipped).prefix(64), as: UTF8.self)
        if start.hasPrefix("<") { return markup(start) }
        if sshAlgorithms.contains(where: start.hasPrefix) || start.hasPrefix("---- BEGIN SSH2 PUBLIC KEY") {
            return FileNature(
                "is an OpenSSH public key, not a certificate",
                hint: "make it a PEM public key, which cert import takes: ssh-keygen -e -m PKCS8 -f \(source)")
        }
        if start.hasPrefix("PuTTY-User-Key-File") { return .privateKey }
        return nil
    }

    private static let sshAlgorithms = ["ssh-rsa ", "ssh-ed25519 ", "ssh-dss ", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"]

    private static func markup(_ start: String) -> FileNature {
        let start = start.lowercased()
        guard start.hasPrefix("<?xml") || start.hasPrefix("<ds:") || start.hasPrefix("<md:") else {
            return FileNature("is a web page, not a certificate", hint: "sign in again and repeat the download")
        }
        return FileNature(
            "is an XML document, not a certificate",
            hint: "copy what stands in its X509Certificate or certificate element to a file: that alone is read")
    }

    /// White space and the byte order mark of UTF-8.
    private static func isSkipped(_ byte: UInt8) -> Bool {
        BareBase64.isWhiteSpace(byte) || [0xEF, 0xBB, 0xBF].contains(byte)
    }
}
