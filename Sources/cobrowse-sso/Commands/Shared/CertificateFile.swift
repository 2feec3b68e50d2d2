internal import AuthService
internal import BridgeCore
internal import BridgeCrypto

/// Reads what administrators hand in as a certificate or public key, and explains what it is where it is neither.
enum CertificateFile {
    /// The first certificate of a file; `name` is what messages call it.
    static func certificate(_ bytes: [UInt8], _ name: String) throws(CommandFailure) -> Certificate {
        do throws(CryptoError) {
            return try Certificate(reading: bytes, source: name)
        } catch {
            throw explain(error, bytes, name)
        }
    }

    /// Everything that can verify tokens: a certificate, a public key, the keys of a JWK Set.
    static func material(_ bytes: [UInt8], _ name: String) throws(CommandFailure) -> [KeyMaterial] {
        do throws(CryptoError) {
            return try KeyMaterial.read(bytes, source: name)
        } catch {
            throw publicKeyFailure(error, bytes, name) ?? explain(error, bytes, name)
        }
    }

    /// Why a public key was refused, which says more about it than that it is no certificate.
    private static func publicKeyFailure(_ error: CryptoError, _ bytes: [UInt8], _ name: String) -> CommandFailure? {
        guard error.code == .certificateMalformed else { return nil }
        do throws(CryptoError) {
            _ = try RSAPublicKey(reading: bytes, source: name)
            return nil
        } catch {
            let isKey = holdsPublicKey(bytes) || [.keyNotRSA, .keyTooSmall].contains(error.code)
            return isKey ? CommandFailure(error) : nil
        }
    }

    private static func holdsPublicKey(_ bytes: [UInt8]) -> Bool {
        ByteSearch.contains("PUBLIC KEY-----", in: bytes)
    }

    /// Whether a private key stands in a PEM file besides whatever was read from it.
    static func holdsPrivateKey(_ bytes: [UInt8]) -> Bool {
        ByteSearch.contains("PRIVATE KEY-----", in: bytes)
    }

    /// How many certificates a PEM file holds.
    static func certificateCount(_ bytes: [UInt8]) -> Int {
        let begin = Array("-----BEGIN CERTIFICATE-----".utf8)
        var (count, place) = (0, 0)
        while let start = ByteSearch.first(begin, in: bytes, from: place) {
            (count, place) = (count + 1, start + begin.count)
        }
        return count
    }

    /// Says more than "cannot be read" about files that have no PEM label to go by.
    private static func explain(_ error: CryptoError, _ bytes: [UInt8], _ name: String) -> CommandFailure {
        guard error.code == .certificateMalformed else { return CommandFailure(error) }
        if let keystore = KeystoreKind.of(bytes) { return keystore.certificateFailure(name) }
        switch bytes.first(where: { !" \t\r\n".utf8.contains($0) }) {
        case UInt8(ascii: "{"): return explainJSON(bytes, name)
        case UInt8(ascii: "<"):
            return malformed("\(name) is a web page, not a certificate", "sign in again and repeat the download")
        default: break
        }
        guard !holdsPublicKey(bytes), (try? RSAPublicKey(reading: bytes, source: name)) != nil else {
            return CommandFailure(error)
        }
        return malformed("\(name) is a public key, not a certificate", "cert import takes public keys too")
    }

    private static func explainJSON(_ bytes: [UInt8], _ name: String) -> CommandFailure {
        do throws(CryptoError) {
            _ = try KeyMaterial.read(bytes, source: name)
        } catch {
            return CommandFailure(error)
        }
        return malformed(
            "\(name) is a JWK or JWK Set, not a certificate", "cert import and token verify --jwks take it")
    }

    private static func malformed(_ detail: String, _ hint: String) -> CommandFailure {
        CommandFailure(.certificateMalformed, detail, hint: hint)
    }
}
