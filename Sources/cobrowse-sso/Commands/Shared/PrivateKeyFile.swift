internal import BridgeCore
internal import BridgeCrypto

/// Reads private keys, and explains what a file is that holds none.
enum PrivateKeyFile {
    /// The private key in the file at `path`, opened with the passphrase in `passwordFile`.
    static func read(
        _ path: String, passwordFile: String?, _ context: CommandContext
    ) throws(CommandFailure) -> RSAPrivateKey {
        let input = context.input(path, malformed: .certificateMalformed)
        let bytes = try input.secretBytes(warnings: context.messages, isSecret: holdsPrivateKey)
        if let keystore = KeystoreKind.of(bytes) { throw keystore.privateKeyFailure(input.name) }
        let passphrase = try passwordFile.map { path throws(CommandFailure) in
            try PasswordFile.read(path, context)
        }
        return try reporting { () throws(CryptoError) in
            try RSAPrivateKey(reading: bytes, passphrase: passphrase, source: input.name)
        }
    }

    /// Whether there is a private key in `bytes`, or most likely one: PEM by its label, a keystore, bare DER.
    static func holdsPrivateKey(_ bytes: [UInt8]) -> Bool {
        isMarkedPrivate(bytes) || (try? RSAPrivateKey(reading: bytes, passphrase: nil, source: "the file")) != nil
    }

    /// The same by the marks alone: a PEM label, the first bytes of a keystore.
    static func isMarkedPrivate(_ bytes: [UInt8]) -> Bool {
        if PEMText.announcesPrivateKey(bytes) { return true }
        return KeystoreKind.of(bytes).map { $0 != .pkcs7 } ?? false
    }
}
