public import BridgeCore

/// A keystore that has been opened: the private keys and certificates of a Java keystore (JKS) or a PKCS#12 file.
public struct Keystore: Sendable {
    /// The formats that are read and made.
    public enum Format: String, Sendable, Hashable, CaseIterable {
        /// Sun's own format, the only one that Salesforce imports and what ServiceNow calls Java Key Store.
        case jks
        /// RFC 7292, called PFX by Windows and PKCS12 by Java.
        case pkcs12
    }

    public let format: Format
    /// What is in it, in the order of the file.
    public let entries: [KeystoreEntry]
    /// Whether a check value over all of it was right; `false` only for a PKCS#12 file that has none.
    public let isIntegrityChecked: Bool

    init(format: Format, entries: [KeystoreEntry], isIntegrityChecked: Bool = true) {
        self.format = format
        self.entries = entries
        self.isIntegrityChecked = isIntegrityChecked
    }
}

extension Keystore {
    /// The largest file that is looked at, in bytes.
    public static let sizeLimit = 1 << 20
    /// The most entries that are read.
    static let entryLimit = 1000
    /// The most certificates that are read with one key.
    static let chainLimit = 100

    /// Opens the keystore `bytes`, whatever its file is called.
    ///
    /// A private key that cannot be used does not keep the rest from being read: see `KeystoreEntry.Key.privateKey`.
    /// - Parameters:
    ///   - password: UTF-8; `nil` where none is at hand, which opens PKCS#12 files without encryption alone.
    ///   - keyPassword: of private keys that have another one than the keystore.
    ///   - source: what the bytes are called in errors, such as a file name.
    /// - Throws: `password_wrong` (also where one is needed and none was given), `certificate_malformed` for what is
    ///   damaged or no keystore, `keystore_unsupported` for another kind or for what no honest keystore holds.
    public init(
        reading bytes: [UInt8], password: Secret?, keyPassword: Secret? = nil, source: String
    ) throws(CryptoError) {
        try self.init(
            reading: bytes, password: password, keyPassword: keyPassword, source: source,
            iterationLimit: KeyDerivationBudget.standard)
    }

    /// The same with another limit to the work that deriving keys from the password may be.
    package init(
        reading bytes: [UInt8], password: Secret?, keyPassword: Secret? = nil, source: String, iterationLimit: Int
    ) throws(CryptoError) {
        OpenSSL.initialize
        guard bytes.count <= Self.sizeLimit else {
            throw CryptoError(.certificateMalformed, "\(source) is larger than 1 MiB, which no keystore needs")
        }
        let passwords = KeystorePasswords(store: password, key: keyPassword)
        switch KeystoreKind.of(bytes) {
        case .jks: self = try JavaKeystore.read(bytes, passwords, source: source)
        case .pkcs12: self = try PKCS12Reader.read(bytes, passwords, source: source, iterationLimit: iterationLimit)
        case let kind: throw Self.notOpened(kind, bytes, source: source)
        }
    }

    private static func notOpened(_ kind: KeystoreKind?, _ bytes: [UInt8], source: String) -> CryptoError {
        switch kind {
        case .jceks, .bcfks:
            let words = kind?.words ?? ""
            let hint = "export it as JKS where it was made, or convert it: \(kind?.wayOut(source) ?? "")"
            return CryptoError(.keystoreUnsupported, "\(source) is \(words), which is not read here", hint: hint)
        case .pkcs7:
            return CryptoError(.certificateMalformed, "\(source) is a PKCS#7 file, which holds certificates only")
        case .jks, .pkcs12, nil:
            let hint = "a keystore comes from Export to Keystore in Salesforce, from keytool, or as a .p12 or .pfx file"
            let detail = bytes.isEmpty ? "\(source) is empty" : "\(source) is no keystore, neither JKS nor PKCS#12"
            return CryptoError(.certificateMalformed, detail, hint: hint)
        }
    }
}

/// The passwords that are at hand for one keystore.
struct KeystorePasswords {
    let store: Secret?
    let key: Secret?

    /// What a private key is tried with, in this order.
    var forKeys: [Secret] { [key, store].compactMap(\.self) }
}

extension CryptoError {
    /// A keystore that cannot be opened without a password was given none.
    static func passwordMissing(for source: String) -> CryptoError {
        CryptoError(
            .passwordWrong, "\(source) needs a password and none was given",
            hint: "name a file that holds it with --password-file, or - for standard input")
    }

    /// The private key of an entry is under another password than those at hand.
    ///
    /// - Parameter isIntact: whether a check value says that the keystore's password was right.
    static func keyLocked(
        alias: String, _ passwords: KeystorePasswords, isIntact: Bool = true, source: String
    ) -> CryptoError {
        let name = "the private key \(quoted(alias)) in \(source)"
        guard passwords.key == nil else {
            return CryptoError(
                .passwordWrong, "neither password opens \(name)", hint: "check the file of --key-password-file")
        }
        guard isIntact else {
            let detail = passwords.store == nil ? "\(name) needs a password" : "the password does not open \(name)"
            return CryptoError(.passwordWrong, detail, hint: "check the file of --password-file")
        }
        return CryptoError(
            .passwordWrong, "\(name) has a password of its own",
            hint: "name a file that holds it with --key-password-file")
    }
}
