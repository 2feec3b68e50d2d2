internal import BridgeCore
internal import BridgeCrypto

/// The files that the keystore commands read.
enum KeystoreInput {
    static let passwordFile = FlagSpec.option(
        "--password-file", "F", "file with the password of the keystore", kind: .inputFile)
    static let keyPasswordFile = FlagSpec.option(
        "--key-password-file", "F", "file with the password of the private key, where it has one of its own",
        kind: .inputFile)

    /// Opens the keystore at `path` with the passwords that the command line names.
    static func keystore(
        _ path: String, _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> Keystore {
        let input = context.input(path, malformed: .certificateMalformed)
        let content = try input.content()
        let password = try secret(passwordFile, arguments, context)
        let keyPassword = try secret(keyPasswordFile, arguments, context)
        return try open(content, of: input, password: password, keyPassword: keyPassword, context.messages)
    }

    /// Opens a keystore that has been read; warns of private keys that others can read, and of a missing check value.
    static func open(
        _ content: InputFile.Content, of input: InputFile, password: Secret?, keyPassword: Secret? = nil,
        _ messages: Messages
    ) throws(CommandFailure) -> Keystore {
        let keystore: Keystore
        do throws(CryptoError) {
            keystore = try Keystore(
                reading: content.bytes, password: password, keyPassword: keyPassword, source: input.name)
        } catch {
            // Somebody else may have the password.
            if KeystoreKind.of(content.bytes) != nil { input.warn(of: content, messages) }
            throw CommandFailure(error)
        }
        if keystore.entries.contains(where: { $0.key != nil }) { input.warn(of: content, messages) }
        if !keystore.isIntegrityChecked {
            messages.warning("\(input.name) has no check value: whether it was changed on its way cannot be told")
        }
        return keystore
    }

    /// The password in the file that `flag` names, without the line end; `nil` where the flag was not given.
    static func secret(
        _ flag: FlagSpec, _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> Secret? {
        try arguments.value(of: flag).map { path throws(CommandFailure) in try PasswordFile.read(path, context) }
    }
}
