internal import AuthService
internal import BridgeCore
internal import BridgeCrypto

/// The file of `token verify` that holds the key: a certificate, a public key or a JWK Set, each with its flag.
enum VerificationKeyFile {
    static let certificate = FlagSpec.option("--cert", "F", "certificate of the key that signed", kind: .inputFile)
    static let key = FlagSpec.option("--key", "F", "public key of the key that signed", kind: .inputFile)
    static let set = FlagSpec.option("--jwks", "F", "JWK or JWK Set with the key that signed", kind: .inputFile)

    /// The flags, of which one may be given.
    static let all = [certificate, key, set]

    /// The keys of the file that was given; `nil` where none was.
    static func keys(
        _ arguments: ParsedArguments, _ context: CommandContext, now: Timestamp
    ) throws(CommandFailure) -> TokenKeySet? {
        for flag in all {
            guard let path = arguments.value(of: flag) else { continue }
            let input = context.input(path, malformed: .certificateMalformed)
            let file = try CertificateFile.material(try input.bytes(), input.name)
            let materials = file.materials
            let given = self.flag(for: file)
            guard given == flag else { throw mistaken(flag, for: given, input.name) }
            // Tokens are judged by their own times; an expired certificate is worth a word all the same.
            let certificates = materials.compactMap(\.certificate)
            context.messages.warnings(
                file.remarks + certificates.compactMap { CertificateWarnings.validity($0, now: now) })
            return TokenKeySet(materials.map { TokenKey($0.key, declaredKeyID: $0.declaredKeyID) }, issuer: nil)
        }
        return nil
    }

    /// The flag that a file of this content belongs to.
    private static func flag(for file: KeyMaterial.File) -> FlagSpec {
        if file.isKeySet { return set }
        return file.materials.contains { $0.certificate != nil } ? certificate : key
    }

    private static func mistaken(_ flag: FlagSpec, for given: FlagSpec, _ name: String) -> CommandFailure {
        let words = [certificate: "a certificate", key: "a public key", set: "a JWK or JWK Set"]
        return CommandFailure(
            .certificateMalformed, "\(name) is \(words[given] ?? ""), and \(flag.name) takes \(words[flag] ?? "")",
            hint: "give it with \(given.name)")
    }
}
