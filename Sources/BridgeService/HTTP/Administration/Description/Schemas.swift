internal import AuthService
internal import BridgeCore

/// The forms that have a name of their own, `#/components/schemas` of the document, by topic.
enum Schemas {
    /// All of them, in the order of the document.
    static let all: [(name: String, schema: Schema)] = problem + tenants + keys + people + records + tokens + service

    private static let codes = Schema.choice(ReasonCode.allCases.map(\.rawValue))
    private static let role = Schema.choice(Role.allCases.map(\.rawValue))
    private static let status = Schema.choice(Account.Status.allCases.map(\.rawValue))
    private static let optionalText = Schema.string.orNull
    private static let optionalTime = Schema.time.orNull

    private static let problem: [(name: String, schema: Schema)] = [
        (
            "Problem",
            .object([
                Property("type", .formatted("uri")), Property("title", .string), Property("status", .integer),
                Property("code", codes), Property("detail", .string, "What was wrong, and where."),
                .optional("hint", .string, "What to do, and who can do it."),
                .optional("requestId", .string, "As in the log of the bridge."),
                .optional("decisionId", .string, "The decision that refused."),
                .optional("failedRuleTests", .array(.named("RuleTestResult"))),
            ])
        ),
        (
            "RuleTestResult",
            .object([
                Property("name", .string), Property("expect", .string), Property("actual", .string),
                Property("passed", .boolean), Property("detail", .string),
            ])
        ),
    ]

    private static let tenants: [(name: String, schema: Schema)] = [
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
                Property("recordMapping", .named("RecordMapping")),
            ])
        ),
        (
            "TenantDocument",
            .object([
                Property("license", .string), .optional("name", optionalText),
                Property("tokenLifetime", .string, "A number and s, m or h, at most 24h."),
                .optional("handOff", handOff), .optional("redirectOrigins", .array(.string)),
                Property("rules", .array(.named("Rule"))), .optional("ruleTests", .array(.named("RuleTest"))),
                .optional("recordMapping", .named("RecordMapping")),
            ])
        ),
        (
            "Rules",
            .object([
                Property("rules", .array(.named("Rule"))), Property("ruleTests", .array(.named("RuleTest"))),
            ])
        ),
        (
            "RulesUpdate",
            .object([
                Property("rules", .array(.named("Rule"))), .optional("ruleTests", .array(.named("RuleTest"))),
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

    private static let handOff = Schema.choice(HandOff.allCases.map(\.rawValue))

    private static let keyProperties = [
        Property("keyId", .string, "The RFC 7638 thumbprint."), Property("alias", optionalText),
        Property("kid", optionalText, "The kid that the key itself declares."), Property("publicKeySHA256", .string),
        Property("notBefore", optionalTime), Property("notAfter", optionalTime), Property("importedAt", .time),
    ]

    private static let keys: [(name: String, schema: Schema)] = [
        ("Key", .object(keyProperties)),
        (
            "ImportedKey",
            .object(
                keyProperties + [
                    Property("publicKeyPEM", .string),
                    Property("state", .choice(ImportedKey.Outcome.allCases.map(\.rawValue))),
                ])
        ),
        (
            "KeyUpload",
            .object([
                Property("material", .string, "PEM text, or a JWK or JWK Set as text."),
                .optional("alias", .string, "A name for the key."),
            ])
        ),
    ]

    private static let people: [(name: String, schema: Schema)] = [
        (
            "Account",
            .object(accountProperties + [Property("createdAt", .time), Property("lastLoginAt", .time)])
        ),
        ("AccountPatch", .object([.optional("status", status), .optional("role", role)])),
        (
            "Login",
            .object([
                Property("license", .string), Property("account", .object(accountProperties)),
                Property(
                    "token",
                    .object([
                        Property("issuedAt", .time), Property("expiresAt", .time), Property("keyId", .string),
                    ])), Property("policy", Schema.open.orNull, "As in the token."),
            ])
        ),
        ("LoginRequest", .object([Property("token", .string)])),
    ]

    private static let accountProperties = [
        Property("id", .string), Property("email", .formatted("email")), Property("displayName", optionalText),
        Property("role", role), Property("status", status),
    ]

    private static let revocationProperties = Revocation.Kind.allCases.map { kind in
        Property.optional(kind.rawValue, kind == .all ? .boolean : .string)
    }

    private static let records: [(name: String, schema: Schema)] = [
        (
            "RevocationRequest",
            .object(revocationProperties + [.optional("issuedBefore", .time, "Now, where it is left out.")])
        ),
        (
            "Revocation",
            .object(revocationProperties + [Property("issuedBefore", .time), Property("expiresAt", .time)])
        ),
        (
            "Decision",
            .object([
                Property("id", .string), Property("license", .string), Property("time", .time),
                Property("outcome", .choice(["allow", "deny"])), Property("code", codes.orNull),
                Property("role", role.orNull), Property("rule", Schema.named("Rule").orNull),
                .optional("accountId", .string), .optional("detail", .string), .optional("hint", optionalText),
                Property("email", optionalText),
                Property("source", .choice(Decision.Source.allCases.map(\.rawValue))),
                .optional("requestId", .string), Property("checks", .array(.named("Check"))),
                .optional("facts", .open, "What the login said of the person, where it was believed."),
            ])
        ),
        (
            "Check",
            .object([
                Property("name", .choice(Check.Name.allCases.map(\.rawValue))),
                Property("outcome", .choice(["passed", "failed", "warning"])), Property("detail", .string),
            ])
        ),
        (
            "AuditEntry",
            .object([
                Property("sequence", .integer), Property("time", .time), Property("actor", .string),
                .optional("requestId", .string), Property("action", .string), .optional("license", .string),
                .optional("account", .string), .optional("code", codes), .optional("decisionId", .string),
                .optional("before", .open), .optional("after", .open),
                Property("previous", .string, "SHA-256 of the entry before, in hexadecimal."),
            ])
        ),
    ]

    private static let tokens: [(name: String, schema: Schema)] = [
        (
            "TokenRequest",
            .object([
                Property("license", .string), Property("email", .formatted("email")),
                .optional("displayName", .string), .optional("role", role.orNull),
                .optional("policy", .open, "A policy of version 3."),
                .optional("expiresIn", .integer(1...86_400), "Seconds; 900 where the tenant allows that."),
            ])
        ),
        ("MintedToken", .object([Property("token", .string), Property("expiresAt", .time)])),
    ]

    private static let service: [(name: String, schema: Schema)] = [
        ("Health", .object([Property("status", .choice(["ok", "ready"]))])),
        (
            "KeySet",
            .object([
                Property(
                    "keys",
                    .array(
                        .object(["kty", "use", "alg", "kid", "n", "e"].map { Property($0, .string) })))
            ])
        ),
    ]
}
