internal import AuthService
internal import BridgeCore
internal import Connectors

extension Schemas {
    /// Links to a CRM, and what came of testing them.
    static let connections: [Named] = [
        (
            "Connection",
            .any(
                [("dynamics", dynamicsProperties), ("salesforce", salesforceProperties)].map { kind, properties in
                    .object([Property("kind", .choice([kind]))] + properties)
                })
        ),
        ("DynamicsConnection", .object(dynamicsProperties)),
        (
            "DynamicsConnectionDraft",
            .object(
                draftProperties
                    + answerProperties.map { .optional($0.name, $0.schema, "Passed over: as the answer has it.") })
        ),
        ("SalesforceConnection", .object(salesforceProperties)),
        (
            "SalesforceConnectionDraft",
            .object(
                salesforceDraftProperties
                    + salesforceAnswerProperties.map {
                        .optional($0.name, $0.schema, "Passed over: as the answer has it.")
                    })
        ),
        (
            "LastSync",
            .object(
                [
                    Property("outcome", .choice(["done", "stopped", "failed"])), Property("startedAt", .time),
                    Property("finishedAt", .time),
                    Property("succeededAt", optionalTime, "When the last one began that came to its end."),
                    Property("everybody", .boolean, "Whether everybody was read."),
                    .optional("code", codes, "Why it failed."), .optional("detail", .string),
                    .optional("hint", optionalText),
                ]
                    + [
                        "people", "accounts", "suspended", "lowered", "restored", "kept", "postponed", "held",
                        "notShown",
                    ].map {
                        Property($0, .integer)
                    } + [.optional("clones", .open, "Of an org: clones of packaged sets, and what has drifted apart.")])
        ),
        (
            "ConnectionReport",
            .object([
                Property("saved", .boolean, "Whether it is stored now."), Property("stages", .array(.named("Stage"))),
            ])
        ),
        (
            "DynamicsOrganizations",
            .object([
                Property("items", .array(.named("DynamicsOrganization"))), Property("next", optionalText),
                Property(
                    "disabledCount", .integer(0...Int(Int32.max)), "How many are left out, since they are disabled."),
                Property(
                    "chosen", Schema.named("DynamicsOrganization").orNull,
                    "The one of environmentUrl, or the only one: it has let the person in."),
                Property(
                    "signedIn", .object([Property("tenantId", .string), Property("objectId", .string)]),
                    "Whose list it is, by Entra's ids."),
            ])
        ),
        (
            "DynamicsOrganization",
            .object([
                Property("organizationId", .string), Property("name", .string), Property("environmentUrl", .string),
                Property("region", optionalText), Property("tenantId", optionalText),
            ])
        ),
        (
            "Stage",
            .object([
                Property("name", .choice(ConnectionStage.Name.allCases.map(\.rawValue))), Property("ok", .boolean),
                Property("code", codes.orNull), Property("detail", .string), Property("hint", optionalText),
                Property(
                    "fixedBy",
                    Schema.choice(FixedBy.allCases.filter { $0 != .agent }.map(\.rawValue)).orNull,
                    "Who can mend it."),
            ])
        ),
    ]

    private static let readAs = Schema.choice(DynamicsSettings.ReadAs.allCases.map(\.rawValue))
    private static let algorithm = Schema.choice(AssertionAlgorithm.allCases.map(\.rawValue))
    private static let approval = Schema.choice(MailboxApproval.allCases.map(\.rawValue))

    private static let draftProperties: [Property] = [
        .optional("tenantId", optionalText, "Directory (tenant) ID, a GUID."),
        .optional("clientId", optionalText, "Application (client) ID; null for the operator's registration."),
        .optional("clientSecret", optionalText, "The Value of a client secret, not its Secret ID."),
        .optional("clientCertificate", optionalText, "PEM, in the place of a secret."),
        .optional("clientKey", optionalText, "PEM, the private key of clientCertificate."),
        .optional("environmentUrl", optionalText, "https://yourorg.crm4.dynamics.com; a path is cut off."),
        .optional("secretExpiresAt", optionalText, "A time or a day, at most 24 months ahead."),
        .optional("readAs", readAs.orNull, "application where it is left out."),
        .optional("mailboxApproval", approval.orNull, "required where it is left out."),
        .optional(
            "assertionAlgorithm", algorithm.orNull,
            "What clientKey signs with: PS256 (x5t#S256) where it is left out, RS256 (x5t) for old registrations."),
    ]

    private static let dynamicsProperties: [Property] =
        [
            Property("tenantId", .string), Property("clientId", optionalText, "null for the operator's registration."),
            .optional("clientSecret", .string, "***"), .optional("clientCertificate", .string, "PEM."),
            .optional("clientKey", .string, "***"), Property("environmentUrl", .string),
            Property("secretExpiresAt", optionalTime), Property("readAs", readAs),
            Property("mailboxApproval", approval),
            .optional("assertionAlgorithm", algorithm, "Of clientKey."),
        ] + answerProperties

    private static let answerProperties = [
        Property("name", .string), Property("organizationId", optionalText),
        Property("validated", .boolean, "Whether what it is now has passed a test."),
        Property("testedAt", optionalTime), Property("consent", .choice(["outstanding", "granted"])),
        Property("consentedAt", optionalTime), Property("createdAt", .time), Property("updatedAt", .time),
        Property("lastSync", Schema.named("LastSync").orNull, "How people were compared with the environment last."),
    ]
}
