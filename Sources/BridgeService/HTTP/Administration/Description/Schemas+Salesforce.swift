internal import AuthService
internal import BridgeCore

/// Links to orgs of Salesforce.
extension Schemas {
    static let salesforceDraftProperties: [Property] = [
        .optional("loginUrl", optionalText, "https://acme.my.salesforce.com; a page of the org will do."),
        .optional("clientId", optionalText, "Consumer Key of the app; null for the operator's app."),
        .optional("clientSecret", optionalText, "Consumer Secret; null takes it away."),
        .optional(
            "clientKey", optionalText, "PEM, the private key of the integration user's tokens; null takes it away."),
        .optional("clientCertificate", optionalText, "PEM, the certificate of clientKey, so that its end is known."),
        .optional(
            "integrationUsername", optionalText, "Whom the bridge reads the org as; null for agents' own tokens."),
        .optional("organizationId", optionalText, "15 or 18 characters; left out, the org that the token is for."),
        .optional(
            "canvasApplicationId", optionalText,
            "15 or 18 characters: the canvas app that may sign requests; null for any with the secret."),
        .optional("secretExpiresAt", optionalText, "A time or a day; Salesforce's secrets have no end of their own."),
    ]

    static let salesforceProperties: [Property] =
        [
            Property("loginUrl", .string), Property("clientId", optionalText, "null for the operator's app."),
            Property("clientSecret", optionalText, "*** where there is one."),
            Property("secretExpiresAt", optionalTime), Property("clientKey", optionalText, "*** where there is one."),
            Property("clientCertificate", optionalText, "PEM."), Property("integrationUsername", optionalText),
            Property("organizationId", .string, "18 characters."),
            Property("canvasApplicationId", optionalText, "18 characters; null for any canvas app with the secret."),
        ] + salesforceAnswerProperties

    static let salesforceAnswerProperties = [
        Property("name", .string), Property("certificateExpiresAt", optionalTime),
        Property("validated", .boolean, "Whether what it is now has passed a test."),
        Property("testedAt", optionalTime), Property("createdAt", .time), Property("updatedAt", .time),
        Property("lastSync", Schema.named("LastSync").orNull, "How people were compared with the org last."),
    ]
}
