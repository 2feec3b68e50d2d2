internal import AuthService
internal import BridgeCore
internal import BridgeCrypto

/// A public key that was found in a file, and where.
struct CandidateKey: Sendable {
    let material: KeyMaterial
    /// What messages call the file.
    let file: String
    /// Which entry of it, where it is a keystore.
    let entry: String?

    /// The file, or the entry in it, for messages.
    var origin: String { entry.map { "\(Printable.quoted($0)) in \(file)" } ?? file }
    /// The certificate it came in.
    var certificate: Certificate? { material.certificate }
}
