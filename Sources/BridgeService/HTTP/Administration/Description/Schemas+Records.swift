internal import AuthService
internal import BridgeCore

extension Schemas {
    /// Accounts and logins.
    static let people: [Named] = [
        (
            "Account",
            .object(accountProperties + [Property("createdAt", .time), Property("lastLoginAt", .time)])
        ),
        (
            "AccountPatch",
            .object([
                .optional("status", .choice(AccountPatch.statuses.map(\.rawValue))), .optional("role", role),
                .optional("releaseAddress", .boolean),
            ])
        ),
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

    /// Revocations, decisions and the audit trail.
    static let records: [Named] = [
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
                .optional("fixedBy", .choice(Fixer.allCases.map(\.rawValue)), "Who can do something about a denial."),
                Property("email", optionalText),
                Property("source", .choice(Decision.Source.allCases.map(\.rawValue))),
                .optional("requestId", .string),
                .optional("keyId", .string, "The key that signed the token."),
                Property("checks", .array(.named("Check"))),
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

    /// Tokens that the bridge signs.
    static let tokens: [Named] = [
        (
            "TokenRequest",
            .object([Property("license", .string), Property("email", .formatted("email"))] + tokenProperties)
        ),
        (
            "EmbedRequest",
            .object(
                [
                    .optional("token", .string, "The agent's own, which is judged; without it email is required."),
                    .optional("email", .formatted("email"), "The agent, where there is no token."),
                ] + tokenProperties + [
                    .optional("page", .choice(EmbedPage.allCases.map(\.rawValue)), "Which page; dashboard by default."),
                    .optional(
                        "record", .object([Property("type", .string), Property("fields", .open)]),
                        #"What is open in front of the agent: {"type":"Case","fields":{"ContactEmail":"a@b.example"}}."#
                    ),
                    .optional(
                        "token_source", .choice(EmbedTokenSource.allCases.map(\.rawValue)),
                        EmbedQuery.tokenSourceSummary),
                ]
                    + EmbedParameter.allCases.map { parameter in
                        .optional(
                            parameter.rawValue, parameter.values.map(Schema.choice) ?? .string,
                            "Cobrowse's parameter: \(parameter.summary).")
                    })
        ),
        ("CodeExchange", .object([Property("code", .string, "As it came with the browser.")])),
        ("MintedToken", .object([Property("token", .string), Property("expiresAt", .time)])),
        (
            "Embed",
            .object([
                Property("url", .formatted("uri")),
                .optional("token", .string, "To hand over by postMessage; absent where it stands in the URL."),
                Property("expiresAt", .time, "Until when the token is good."),
                Property("warnings", .array(.string), "What is probably not meant."),
            ])
        ),
    ]

    /// What is said of a token besides whose it is.
    private static let tokenProperties: [Property] = [
        .optional("displayName", .string), .optional("role", role.orNull),
        .optional("policy", .open, "A policy of version 3."),
        .optional("expiresIn", .integer(1...86_400), "Seconds; 900 where the tenant allows that."),
    ]

    /// What the service says of itself.
    static let service: [Named] = [
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
