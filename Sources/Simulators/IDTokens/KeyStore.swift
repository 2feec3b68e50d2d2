import BridgeCore
import BridgeCrypto
import Synchronization

/// Makes keys, each once a process: a new one costs a tenth of a second.
final class KeyStore: Sendable {
    static let shared = KeyStore()
    private let made = Mutex<[Int: IDTokenKey]>([:])
    private let handedOut = Mutex(16)

    /// Key `number`, the same for all who ask.
    func key(_ number: Int, issuer: IDTokenKey.Issuer?) throws(SimulatorError) -> IDTokenKey {
        try made.withLock { keys throws(SimulatorError) in
            if let key = keys[number] { return key.restricted(to: issuer) }
            let key = try Self.make()
            keys[number] = key
            return key.restricted(to: issuer)
        }
    }

    /// A key that nobody has had before.
    func fresh(issuer: IDTokenKey.Issuer?) throws(SimulatorError) -> IDTokenKey {
        let number = handedOut.withLock { number in
            defer { number += 1 }
            return number
        }
        return try key(number, issuer: issuer)
    }

    /// The key whose public half connected apps have, where the population says so.
    func application() throws(SimulatorError) -> RSAPrivateKey { try key(8, issuer: nil).key }

    private static func make() throws(SimulatorError) -> IDTokenKey {
        do throws(CryptoError) {
            let key = try RSAPrivateKey.generate()
            let certificate = try Certificate.selfSigned(
                by: key, commonName: "accounts.accesscontrol.simulator", start: SystemUser.beginning, days: 3650)
            let keyID = Base64URL.encode(try certificate.sha1Thumbprint())
            return IDTokenKey(key: key, keyID: keyID, certificate: certificate, issuer: nil)
        } catch {
            throw SimulatorError(error)
        }
    }
}
