internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import BridgeService

/// What commands read of a client's credential.
enum CredentialFiles {
    /// What was given with a flag, or that nothing was.
    static func entry(_ flag: FlagSpec, _ arguments: ParsedArguments) -> DraftEntry {
        arguments.value(of: flag).map { .text($0) } ?? .absent
    }

    /// The secret in a file, without the line end that editors put behind it.
    static func secret(
        _ flag: FlagSpec, _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> Secret? {
        guard let path = arguments.value(of: flag) else { return nil }
        return Secret(lineOf: try context.input(path).secretBytes(limit: 1 << 16, warnings: context.messages))
    }

    /// The certificate in a file, as PEM.
    static func certificate(
        _ flag: FlagSpec, _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> DraftEntry {
        guard let path = arguments.value(of: flag) else { return .absent }
        let input = context.input(path, malformed: .certificateMalformed)
        let found = try CertificateFile.certificate(try input.bytes(), input.name)
        context.messages.warnings(found.remarks)
        return .text(found.content.pem)
    }

    /// Refuses standard input for more than one of `flags`.
    static func refuseOneInput(_ flags: [FlagSpec], _ arguments: ParsedArguments) throws(CommandFailure) {
        let inputs = flags.filter { arguments.value(of: $0) == "-" }
        guard inputs.count > 1 else { return }
        throw .usage(
            "\(inputs.map(\.name).joined(separator: " and ")) cannot both be standard input",
            hint: "name a file for one")
    }
}
