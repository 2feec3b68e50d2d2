import BridgeCore
import BridgeCrypto
import Synchronization

/// A key that signs ID tokens, as the key set shows it.
struct EntraKey: Sendable {
    let key: RSAPrivateKey
    /// Base64url of the certificate's SHA-1, as Entra's are.
    let keyID: String
    let certificate: Certificate
    /// Which tokens it is good for; `nil` shows none and restricts nothing.
    let issuer: Issuer?

    /// The same key with another `issuer`.
    func restricted(to issuer: Issuer?) -> EntraKey {
        EntraKey(key: key, keyID: keyID, certificate: certificate, issuer: issuer)
    }

    /// What the member `issuer` of a published key says (Access tokens, Microsoft Learn).
    enum Issuer: Sendable, Hashable {
        /// `{tenantid}`: any tenant.
        case anyTenant
        /// That tenant alone.
        case tenant(GUID)
    }
}

/// The keys of an authority: those that are published, and which of them signs.
struct EntraKeys: Sendable {
    /// In no order that means anything.
    private(set) var published: [EntraKey]
    private(set) var current: EntraKey
    /// The key of a tenant that nobody signs in to; tokens of other tenants that it signs are forged.
    let foreign: EntraKey
    /// A key that no key set shows.
    let unpublished: EntraKey
    private let store: KeyStore

    /// - Throws: `internal` when OpenSSL fails.
    init(_ store: KeyStore, foreignTenant: GUID) throws(SimulatorError) {
        self.store = store
        current = try store.key(0, issuer: .anyTenant)
        foreign = try store.key(1, issuer: .tenant(foreignTenant))
        let plain = try store.key(2, issuer: nil)
        unpublished = try store.key(3, issuer: .anyTenant)
        published = [plain, foreign, current]
    }

    /// Signs with a new key from now on.
    ///
    /// - Parameter keepsOld: whether the keys of before stay in the set, as they do for a while at a planned change.
    mutating func rotate(keepsOld: Bool) throws(SimulatorError) {
        current = try store.fresh(issuer: .anyTenant)
        published = keepsOld ? published + [current] : [foreign, current]
    }
}

/// Makes keys, each once a process: a new one costs a tenth of a second.
final class KeyStore: Sendable {
    static let shared = KeyStore()
    private let made = Mutex<[EntraKey]>([])
    private let handedOut = Mutex(4)

    /// Key `number`, the same for all who ask.
    func key(_ number: Int, issuer: EntraKey.Issuer?) throws(SimulatorError) -> EntraKey {
        try made.withLock { keys throws(SimulatorError) in
            while keys.count <= number { keys.append(try Self.make()) }
            return keys[number].restricted(to: issuer)
        }
    }

    /// A key that nobody has had before.
    func fresh(issuer: EntraKey.Issuer?) throws(SimulatorError) -> EntraKey {
        let number = handedOut.withLock { number in
            defer { number += 1 }
            return number
        }
        return try key(number, issuer: issuer)
    }

    private static func make() throws(SimulatorError) -> EntraKey {
        do throws(CryptoError) {
            let key = try RSAPrivateKey.generate()
            let certificate = try Certificate.selfSigned(
                by: key, commonName: "accounts.accesscontrol.simulator", start: SystemUser.beginning, days: 3650)
            let keyID = Base64URL.encode(try certificate.sha1Thumbprint())
            return EntraKey(key: key, keyID: keyID, certificate: certificate, issuer: nil)
        } catch {
            throw SimulatorError(error)
        }
    }
}
