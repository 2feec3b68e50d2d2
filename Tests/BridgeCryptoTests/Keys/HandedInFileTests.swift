import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

extension HandedInFile: CustomTestStringConvertible {
    var testDescription: String { path }
}

@Suite("A file that is handed in")
struct HandedInFileTests {
    @Test("is read by the reader it is for, and refused with its reason by every other", arguments: HandedInFile.all)
    func outcome(_ file: HandedInFile) throws {
        let (bytes, path) = (try RepositoryFile("Certificates/\(file.path)").bytes(), file.path)
        let certificate = FileOutcome { () throws(CryptoError) in
            _ = try Certificate(reading: bytes, source: path).publicKey(source: path)
        }
        let publicKey = FileOutcome { () throws(CryptoError) in _ = try RSAPublicKey(reading: bytes, source: path) }
        let privateKey = FileOutcome { () throws(CryptoError) in _ = try RSAPrivateKey(reading: bytes, source: path) }
        let keySet = FileOutcome { () throws(CryptoError) in _ = try JSONWebKeySet(reading: bytes, source: path) }
        #expect(certificate == file.certificate)
        #expect(publicKey == file.publicKey)
        #expect(privateKey == file.privateKey)
        #expect(keySet == file.keySet)
    }

    @Test("is in the table: all of them are")
    func complete() throws {
        let folders = ["salesforce", "shapes", "weak", "foreign", "keys", "keystores"]
        let files = try folders.flatMap { folder in
            try RepositoryFile.names(in: "Certificates/\(folder)").map { "\(folder)/\($0)" }
        }
        #expect(Set(files) == Set(HandedInFile.all.map(\.path)))
        #expect(HandedInFile.all.count == files.count)
    }

    @Test(
        "is refused without showing what is in it", arguments: HandedInFile.all.filter { $0.path.contains("TEST-ONLY") }
    )
    func discreet(_ file: HandedInFile) throws {
        let bytes = try RepositoryFile("Certificates/\(file.path)").bytes()
        let errors = [
            cryptoError { () throws(CryptoError) in _ = try Certificate(reading: bytes, source: "f") },
            cryptoError { () throws(CryptoError) in _ = try RSAPublicKey(reading: bytes, source: "f") },
            cryptoError { () throws(CryptoError) in _ = try RSAPrivateKey(reading: bytes, source: "f") },
            cryptoError { () throws(CryptoError) in _ = try JSONWebKeySet(reading: bytes, source: "f") },
        ]
        let content = String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { $0.utf8.count > 40 }
        for error in errors.compactMap({ $0 }) {
            for text in [error.description, error.hint ?? "", error.underlying.joined()] {
                #expect(!content.contains { text.contains($0) })
                #expect(text.utf8.count < 1000)
            }
        }
    }

    /// A path, the reader that gets it, and words that have to stand in what it says.
    static let swapped: [(path: String, reader: String, words: String)] = [
        ("salesforce/CobrowseIO.pub.pem", "certificate", "is a public key, not a certificate"),
        ("foreign/CobrowseIO.csr", "certificate", "is a certificate request"),
        ("shapes/CobrowseIO.p7b", "certificate", "holds \"PKCS7\""),
        ("foreign/truncated-der.crt", "certificate", "cut off or damaged"),
        ("foreign/empty.crt", "certificate", "is empty"),
        ("foreign/login-page.crt", "certificate", "neither PEM nor DER"),
        ("salesforce/CobrowseIO-TEST-ONLY.key.pem", "certificate", "holds a private key"),
        ("keys/CobrowseIO-pkcs8-TEST-ONLY.key.der", "certificate", "holds a private key"),
        ("foreign/ec-p256.crt", "certificate", "elliptic-curve"),
        ("foreign/ed25519.crt", "certificate", "Ed25519"),
        ("foreign/rsa-pss.crt", "certificate", "RSA-PSS"),
        ("salesforce/CobrowseIO.crt", "public key", "is a certificate, not a public key"),
        ("keys/CobrowseIO-pkcs1-TEST-ONLY.key.der", "public key", "holds a private key"),
        ("keys/CobrowseIO-key-and-certificate-TEST-ONLY.pem", "public key", "holds a private key"),
        ("foreign/openssh.pub", "public key", "holds no public key"),
        ("salesforce/CobrowseIO.crt", "private key", "is a certificate, which holds no private key"),
        ("salesforce/CobrowseIO.pub.pem", "private key", "is a public key, and signing needs the private key"),
        ("foreign/CobrowseIO.csr", "private key", "holds no private key"),
        ("keys/CobrowseIO-TEST-ONLY.jwk.json", "key set", "holds a private key"),
        ("shapes/for-encryption.jwk.json", "key set", "not for signatures"),
        ("salesforce/CobrowseIO.crt", "key set", "not acceptable JSON"),
    ]

    @Test("that is something else is called what it is", arguments: swapped)
    func explains(_ path: String, _ reader: String, _ words: String) throws {
        let bytes = try RepositoryFile("Certificates/\(path)").bytes()
        let error = cryptoError { () throws(CryptoError) in
            switch reader {
            case "certificate": _ = try Certificate(reading: bytes, source: "FILE").publicKey(source: "FILE")
            case "public key": _ = try RSAPublicKey(reading: bytes, source: "FILE")
            case "private key": _ = try RSAPrivateKey(reading: bytes, source: "FILE")
            default: _ = try JSONWebKeySet(reading: bytes, source: "FILE")
            }
        }
        let refusal = try #require(error)
        #expect("\(refusal.detail) \(refusal.hint ?? "")".contains(words))
        #expect(refusal.detail.hasPrefix("FILE"))
        #expect(!refusal.detail.hasSuffix("."))
    }
}
