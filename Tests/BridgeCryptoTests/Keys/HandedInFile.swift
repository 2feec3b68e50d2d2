import BridgeCore
import BridgeCrypto
import BridgeTesting

/// What one of the readers makes of a file.
enum FileOutcome: Sendable, Equatable {
    case accepted
    case refused(ReasonCode)
}

/// A file below `Certificates/` and what each reader makes of it.
struct HandedInFile: Sendable {
    let path: String
    let certificate: FileOutcome
    let publicKey: FileOutcome
    let privateKey: FileOutcome
    let keySet: FileOutcome

    init(
        _ path: String, certificate: FileOutcome = .unreadable, publicKey: FileOutcome = .unreadable,
        privateKey: FileOutcome = .unreadable, keySet: FileOutcome = .unreadable
    ) {
        self.path = path
        (self.certificate, self.publicKey) = (certificate, publicKey)
        (self.privateKey, self.keySet) = (privateKey, keySet)
    }

    /// A certificate, with the outcome of taking the key out of it.
    static func certificate(_ path: String, _ outcome: FileOutcome = .accepted) -> HandedInFile {
        HandedInFile(path, certificate: outcome)
    }

    /// A public key.
    static func publicKey(_ path: String, _ outcome: FileOutcome = .accepted) -> HandedInFile {
        HandedInFile(path, publicKey: outcome)
    }

    /// A private key, which is refused with its own code wherever something public belongs.
    static func privateKey(_ path: String, _ outcome: FileOutcome = .accepted) -> HandedInFile {
        let refused = FileOutcome.refused(.privateKeyGiven)
        return HandedInFile(path, certificate: refused, publicKey: refused, privateKey: outcome)
    }

    /// A JWK or a JWK Set.
    static func keySet(_ path: String, _ outcome: FileOutcome = .accepted) -> HandedInFile {
        HandedInFile(path, keySet: outcome)
    }

    /// Nothing that any of the readers reads.
    static func unreadable(_ path: String) -> HandedInFile { HandedInFile(path) }
}

extension FileOutcome {
    static let unreadable = FileOutcome.refused(.certificateMalformed)
    static let weak = FileOutcome.refused(.keyTooSmall)
    static let notRSA = FileOutcome.refused(.keyNotRSA)

    /// What `body` comes to.
    init(_ body: () throws(CryptoError) -> Void) {
        self = cryptoError(body).map { .refused($0.code) } ?? .accepted
    }
}
