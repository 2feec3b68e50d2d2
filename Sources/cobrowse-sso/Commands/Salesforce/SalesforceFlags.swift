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
    private static let canvasApplicationID = FlagSpec.option(
        "--canvas-application-id", "ID", "the canvas app that may sign requests; without it, any with the secret")
    private static let secretExpires = FlagSpec.option(
        "--secret-expires", "DATE", "when the secret is to be rotated, such as 2027-01-15")
    private static let without = FlagSpec.option(
        "--without", "PART", "take one part of the stored connection away",
        kind: .oneOf(Part.allCases.map(\.rawValue)))

    /// What can be taken away.
    private enum Part: String, CaseIterable {
        case secret, key, certificate
        case integrationUser = "integration-user"
        case canvasApplication = "canvas-application"
    }

    /// What `test` and `save` take.
    static let values = [
        loginURL, clientID, clientSecretFile, keyFile, certificateFile, integrationUsername, organizationID,
        canvasApplicationID, secretExpires, without,
    ]

    /// What was given.
    static func draft(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> SalesforceDraft {
        try CredentialFiles.refuseOneInput([clientSecretFile, keyFile, certificateFile], arguments)
        var draft = SalesforceDraft(
            loginURL: CredentialFiles.entry(loginURL, arguments), clientID: CredentialFiles.entry(clientID, arguments),
            clientSecret: try secret(clientSecretFile, arguments, context),
            clientKey: try secret(keyFile, arguments, context),
            clientCertificate: try CredentialFiles.certificate(certificateFile, arguments, context),
            integrationUsername: CredentialFiles.entry(integrationUsername, arguments),
            organizationID: CredentialFiles.entry(organizationID, arguments),
            canvasApplicationID: CredentialFiles.entry(canvasApplicationID, arguments),
            secretExpiresAt: CredentialFiles.entry(secretExpires, arguments))
        try takeAway(from: &draft, arguments)
        return draft
    }

    private static func takeAway(
        from draft: inout SalesforceDraft, _ arguments: ParsedArguments
    ) throws(CommandFailure) {
        guard let part = arguments.value(of: without).flatMap(Part.init) else { return }
        let given: FlagSpec
        switch part {
        case .secret: (draft.clientSecret, given) = (.none, clientSecretFile)
        case .key: (draft.clientKey, given) = (.none, keyFile)
        case .certificate: (draft.clientCertificate, given) = (.none, certificateFile)
        case .integrationUser: (draft.integrationUsername, given) = (.none, integrationUsername)
        case .canvasApplication: (draft.canvasApplicationID, given) = (.none, canvasApplicationID)
        }
        guard !arguments.has(given) else {
            throw .usage("\(given.name) is given beside --without \(part.rawValue)", hint: "leave one of them out")
        }
    }

    /// Whether it may be about a connection that is not there yet: a place or an app is named, which the one that is there may
    /// not have.
    static func canBeNew(_ arguments: ParsedArguments) -> Bool {
        [loginURL, clientID, organizationID].contains(where: arguments.has)
    }

    private static func secret(
        _ flag: FlagSpec, _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> DraftSecret {
        guard let secret = try CredentialFiles.secret(flag, arguments, context) else { return .absent }
        return .given(secret)
    }
}
