internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import BridgeService

/// The flags that say what a connection to Dynamics 365 is.
enum DynamicsFlags {
    static let connection = FlagSpec.option(
        "--connection", "NAME", "which connection, where the tenant has several", default: "default")
    static let clientSecretFile = FlagSpec.option(
        "--client-secret-file", "F", "file with the Value of a client secret", kind: .inputFile)
    static let secretExpires = FlagSpec.option(
        "--secret-expires", "DATE", "when the secret ends, such as 2027-01-15; at most 24 months ahead")

    static let tenantID = FlagSpec.option("--tenant-id", "G", "Directory (tenant) ID of the app registration")
    private static let clientID = FlagSpec.option(
        "--client-id", "G", "Application (client) ID; without one, the operator's registration (dynamics__client_id)")
    private static let certificateFile = FlagSpec.option(
        "--client-certificate-file", "C.crt", "certificate of the client, in the place of a secret", kind: .inputFile)
    private static let keyFile = FlagSpec.option(
        "--client-key-file", "K.pem", "private key of that certificate", kind: .inputFile)
    private static let assertionAlgorithm = FlagSpec.option(
        "--assertion-algorithm", "ALG", "what the certificate's key signs with; RS256 for an old registration",
        kind: .oneOf(words(AssertionAlgorithm.self)), default: "PS256")
    private static let environmentURL = FlagSpec.option(
        "--environment-url", "U", "URL of the environment, such as https://yourorg.crm4.dynamics.com")
    private static let readAs = FlagSpec.option(
        "--read-as", "WHO", "with whose token users and roles are read",
        kind: .oneOf(words(DynamicsSettings.ReadAs.self)),
        default: "application")
    private static let mailboxApproval = FlagSpec.option(
        "--mailbox-approval", "HOW", "not-used where the organization does not approve mailboxes",
        kind: .oneOf(words(MailboxApproval.self)), default: "required")

    /// What `test` and `save` take.
    static let values = [
        tenantID, clientID, clientSecretFile, environmentURL, secretExpires, certificateFile, keyFile,
        assertionAlgorithm, readAs, mailboxApproval,
    ]

    /// What was given.
    static func draft(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandFailure) -> DynamicsDraft {
        try refuseOneInput(arguments)
        return DynamicsDraft(
            tenantID: entry(tenantID, arguments), clientID: entry(clientID, arguments),
            clientSecret: try secret(clientSecretFile, arguments, context),
            clientCertificate: try certificate(arguments, context),
            clientKey: try secret(keyFile, arguments, context), environmentURL: entry(environmentURL, arguments),
            secretExpiresAt: entry(secretExpires, arguments), readAs: entry(readAs, arguments),
            mailboxApproval: entry(mailboxApproval, arguments),
            assertionAlgorithm: entry(assertionAlgorithm, arguments))
    }

    /// Whether nothing was given, so that it is about what is stored.
    static func areAbsent(_ arguments: ParsedArguments) -> Bool { !values.contains(where: arguments.has) }

    private static func words<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) -> [String] {
        type.allCases.map(\.rawValue)
    }

    private static func entry(_ flag: FlagSpec, _ arguments: ParsedArguments) -> DynamicsDraft.Entry {
        arguments.value(of: flag).map { .text($0) } ?? .absent
    }

    /// The secret in a file, without the line end that editors put behind it.
    static func secret(
        _ flag: FlagSpec, _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> Secret? {
        guard let path = arguments.value(of: flag) else { return nil }
        return Secret(lineOf: try context.input(path).secretBytes(limit: 1 << 16, warnings: context.messages))
    }

    private static func certificate(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> DynamicsDraft.Entry {
        guard let path = arguments.value(of: certificateFile) else { return .absent }
        let input = context.input(path, malformed: .certificateMalformed)
        let found = try CertificateFile.certificate(try input.bytes(), input.name)
        context.messages.warnings(found.remarks)
        return .text(found.content.pem)
    }

    private static func refuseOneInput(_ arguments: ParsedArguments) throws(CommandFailure) {
        let inputs = [clientSecretFile, certificateFile, keyFile].filter { arguments.value(of: $0) == "-" }
        guard inputs.count > 1 else { return }
        throw .usage(
            "\(inputs.map(\.name).joined(separator: " and ")) cannot both be standard input",
            hint: "name a file for one")
    }
}
