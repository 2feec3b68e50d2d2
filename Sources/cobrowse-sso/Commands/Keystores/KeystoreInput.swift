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
        let bytes = try input.secretBytes(warnings: context.messages) { KeystoreKind.of($0) != nil }
        let password = try secret(passwordFile, arguments, context)
        let keyPassword = try secret(keyPasswordFile, arguments, context)
        let keystore = try reporting { () throws(CryptoError) in
            try Keystore(reading: bytes, password: password, keyPassword: keyPassword, source: input.name)
        }
        if !keystore.isIntegrityChecked {
            context.messages.warning(
                "\(input.name) has no check value: whether it was changed on its way cannot be told")
        }
        return keystore
    }

    /// The password in the file that `flag` names, without the line end; `nil` where the flag was not given.
    static func secret(
        _ flag: FlagSpec, _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> Secret? {
        guard let path = arguments.value(of: flag) else { return nil }
        let input = context.input(path, malformed: .passwordWrong)
        return Secret(lineOf: try input.secretBytes(limit: 1 << 16, warnings: context.messages))
    }
}
