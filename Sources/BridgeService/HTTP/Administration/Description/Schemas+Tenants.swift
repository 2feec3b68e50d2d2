internal import AuthService
internal import BridgeCore

extension Schemas {
    /// Tenants and their documents.
    static let tenants: [Named] = [
        (
            "TenantSummary",
            .object([Property("license", .string), Property("name", optionalText), Property("createdAt", .time)])
        ),
        ("TenantRequest", .object([Property("license", .string), .optional("name", .string)])),
        (
            "Tenant",
            .object([
                Property("license", .string), Property("name", optionalText),
                Property("tokenLifetime", .string, "A number and s, m or h, at most 24h."),
                Property("handOff", handOff), Property("redirectOrigins", .array(.string)),
                Property("rules", .array(.named("Rule"))), Property("ruleTests", .array(.named("RuleTest"))),
                Property("recordMapping", .named("RecordMapping")), keyGrace,
            ])
        ),
        (
            "TenantDocument",
            .object([
                Property("license", .string), .optional("name", optionalText),
                Property("tokenLifetime", .string, "A number and s, m or h, at most 24h."),
                .optional("handOff", handOff), .optional("redirectOrigins", .array(.string)),
                Property("rules", .array(.named("Rule"))), .optional("ruleTests", .array(.named("RuleTest"))),
                .optional("recordMapping", .named("RecordMapping")), keyGrace,
            ])
        ),
        (
            "Rules",
            .object([
                Property("rules", .array(.named("Rule"))), Property("ruleTests", .array(.named("RuleTest"))),
                Property("proposals", .array(.named("CloneProposal")), "Sets that a sync found to be clones."),
            ])
        ),
        (
            "CloneProposal",
            .object([
                Property("connection", .string), Property("id", .string), Property("name", .string),
                Property("label", .string), Property("original", .string, "The packaged set."),
                Property("role", role),
            ])
        ),
        (
            "RulesUpdate",
            .object([
                Property("rules", .array(.named("Rule"))), .optional("ruleTests", .array(.named("RuleTest"))),
                .optional(
                    "proposals", .array(.named("CloneProposal")), "As they were read; nothing is done about them."),
            ])
        ),
        (
            "Rule",
            .object([
                Property("source", .choice(["salesforce", "dynamics"])),
                Property("match", .map(.string), "One of the facts of the source, and the name it has to have."),
                Property("role", role), .optional("policy", .open, "Minted into the tokens of who matches."),
            ])
        ),
        (
            "RuleTest",
            .object([
                Property("name", .string), .optional("salesforce", .open, "As in a token."),
                .optional("dynamics", .open), Property("expect", .string, "A role or a reason code."),
            ])
        ),
        ("RecordMapping", .map(.map(.string))),
    ]

    private static let keyGrace = Property.optional(
        "refuseExpiredKeysAfter", .string,
        "How long after the end of its certificate a key is refused: a number and d. Absent: never.")

    private static let handOff = Schema.choice(HandOff.allCases.map(\.rawValue))

    private static let keyProperties = [
        Property("keyId", .string, "The RFC 7638 thumbprint."), Property("alias", optionalText),
        Property("kid", optionalText, "The kid that the key itself declares."), Property("publicKeySHA256", .string),
        Property("notBefore", optionalTime), Property("notAfter", optionalTime), Property("importedAt", .time),
        Property("retiredAt", optionalTime, "Since when its tokens are refused."),
    ]

    /// Keys that tenants trust.
    static let keys: [Named] = [
        ("Key", .object(keyProperties + [Property("state", .choice(KeyTerm.State.allCases.map(\.rawValue)))])),
        (
            "ImportedKey",
            .object(
                keyProperties + [
                    Property("publicKeyPEM", .string),
                    Property("state", .choice(ImportedKey.Outcome.allCases.map(\.rawValue))),
                    Property(
                        "warnings", .array(.string),
                        "What was repaired, taken or passed over, what is weak, that the certificate ends soon."),
                ])
        ),
        (
            "KeyUpload",
            .object([
                Property(
                    "material", .string,
                    "A certificate or public key as text, however it was copied, or a JWK or JWK Set."),
                .optional("alias", .string, "A name for the key."),
            ])
        ),
    ]
}
