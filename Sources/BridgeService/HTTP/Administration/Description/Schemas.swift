internal import AuthService
internal import BridgeCore

/// The forms that have a name of their own, `#/components/schemas` of the document, by topic.
enum Schemas {
    /// A form and its name.
    typealias Named = (name: String, schema: Schema)

    /// All of them, in the order of the document.
    static let all: [Named] = problems + tenants + keys + connections + people + records + tokens + service

    /// Reason codes.
    static let codes = Schema.choice(ReasonCode.allCases.map(\.rawValue))
    static let role = Schema.choice(Role.allCases.map(\.rawValue))
    static let status = Schema.choice(Account.Status.allCases.map(\.rawValue))
    static let optionalText = Schema.string.orNull
    static let optionalTime = Schema.time.orNull

    private static let problems: [Named] = [
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
}
