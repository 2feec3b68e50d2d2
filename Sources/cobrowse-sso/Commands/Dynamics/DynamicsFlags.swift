internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import BridgeService

/// The flags that say what a connection to Dynamics 365 is.
enum DynamicsFlags {
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
        try CredentialFiles.refuseOneInput([clientSecretFile, certificateFile, keyFile], arguments)
        return DynamicsDraft(
            tenantID: CredentialFiles.entry(tenantID, arguments), clientID: CredentialFiles.entry(clientID, arguments),
            clientSecret: try CredentialFiles.secret(clientSecretFile, arguments, context),
            clientCertificate: try CredentialFiles.certificate(certificateFile, arguments, context),
            clientKey: try CredentialFiles.secret(keyFile, arguments, context),
            environmentURL: CredentialFiles.entry(environmentURL, arguments),
            secretExpiresAt: CredentialFiles.entry(secretExpires, arguments),
            readAs: CredentialFiles.entry(readAs, arguments),
            mailboxApproval: CredentialFiles.entry(mailboxApproval, arguments),
            assertionAlgorithm: CredentialFiles.entry(assertionAlgorithm, arguments))
    }

    /// Whether it may be about a connection that is not there yet: a place or a client is named, which the one that is there
    /// may not have.
    static func canBeNew(_ arguments: ParsedArguments) -> Bool {
        [tenantID, clientID, environmentURL].contains(where: arguments.has)
    }

    private static func words<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) -> [String] {
        type.allCases.map(\.rawValue)
    }
}
