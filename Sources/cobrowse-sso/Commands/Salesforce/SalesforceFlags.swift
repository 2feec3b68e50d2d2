internal import AuthService
internal import BridgeCore
internal import BridgeService

/// The flags that say what a connection to Salesforce is.
enum SalesforceFlags {
    private static let loginURL = FlagSpec.option(
        "--login-url", "U", "My Domain of the org, such as https://acme.my.salesforce.com; a page of the org will do")
    private static let clientID = FlagSpec.option(
        "--client-id", "K", "Consumer Key of the app; without one, the operator's app (salesforce__client_id)")
    private static let clientSecretFile = FlagSpec.option(
        "--client-secret-file", "F", "file with the Consumer Secret: web sign-in and Canvas", kind: .inputFile)
    private static let keyFile = FlagSpec.option(
        "--client-key-file", "K.pem", "private key that gets the integration user's tokens", kind: .inputFile)
    private static let certificateFile = FlagSpec.option(
        "--client-certificate-file", "C.crt", "certificate of that key, so that its end is known", kind: .inputFile)
    private static let integrationUsername = FlagSpec.option(
        "--integration-username", "U", "username that the bridge reads the org as")
    private static let organizationID = FlagSpec.option(
        "--organization-id", "ID", "the org, 15 or 18 characters; without it, the one that the token is for")
    private static let secretExpires = FlagSpec.option(
        "--secret-expires", "DATE", "when the secret is to be rotated, such as 2027-01-15")

    /// What `test` and `save` take.
    static let values = [
        loginURL, clientID, clientSecretFile, keyFile, certificateFile, integrationUsername, organizationID,
        secretExpires,
    ]

    /// What was given.
    static func draft(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> SalesforceDraft {
        try CredentialFiles.refuseOneInput([clientSecretFile, keyFile, certificateFile], arguments)
        return SalesforceDraft(
            loginURL: CredentialFiles.entry(loginURL, arguments), clientID: CredentialFiles.entry(clientID, arguments),
            clientSecret: try secret(clientSecretFile, arguments, context),
            clientKey: try secret(keyFile, arguments, context),
            clientCertificate: try CredentialFiles.certificate(certificateFile, arguments, context),
            integrationUsername: CredentialFiles.entry(integrationUsername, arguments),
            organizationID: CredentialFiles.entry(organizationID, arguments),
            secretExpiresAt: CredentialFiles.entry(secretExpires, arguments))
    }

    /// Whether nothing was given, so that it is about what is stored.
    static func areAbsent(_ arguments: ParsedArguments) -> Bool { !values.contains(where: arguments.has) }

    private static func secret(
        _ flag: FlagSpec, _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> DraftSecret {
        guard let secret = try CredentialFiles.secret(flag, arguments, context) else { return .absent }
        return .given(secret)
    }
}
