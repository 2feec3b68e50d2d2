internal import BridgeCore
internal import HTTPMessage

extension Route {
    /// What the routes outside the administration are, for the document; `Route` itself finds them, fast.
    static let specs = allCases.map(\.spec)

    private var spec: OperationSpec {
        let path = PathTemplate("\(self.path)")
        switch self {
        case .verify:
            return OperationSpec(
                id: "verify", method: .post, path: path,
                summary: "Let in the person an agent token speaks of: the token in the body or as Bearer",
                need: .agentToken, body: .json(.named("LoginRequest")),
                answers: [
                    .init(
                        status: .ok, summary: "Who it is", schema: .named("Login"), fields: [Self.decisionID])
                ], problems: [.init(.tokenMalformed, .badRequest), .init(.tokenTooLarge, .contentTooLarge)])
        case .authorize:
            return OperationSpec(
                id: "authorize", method: .get, path: path,
                summary: "The same for gateways, with any method; any path below this one answers 200 for 204",
                need: .agentToken,
                query: [
                    QueryParameter(
                        name: "role", schema: .choice(["agent", "administrator"]), summary: "The least role.")
                ],
                answers: [
                    .init(
                        status: .noContent, summary: "May pass", schema: nil,
                        fields: [
                            .init(name: "X-Cobrowse-License", summary: "The tenant."),
                            .init(name: "X-Cobrowse-Account", summary: "The id of the account."),
                            .init(name: "X-Cobrowse-Email", summary: "Its address."),
                            .init(name: "X-Cobrowse-Role", summary: "Its role."), Self.decisionID,
                        ])
                ], problems: [.init(.tokenMalformed, .badRequest)])
        case .exchange:
            return OperationSpec(
                id: "exchange", method: .post, path: path,
                summary: "The token of a finished browser sign-in for its code, once, within a minute", need: .nothing,
                body: .json(.named("CodeExchange")),
                answers: [
                    .init(
                        status: .ok, summary: "The token", schema: .named("MintedToken"), fields: [Self.decisionID])
                ],
                problems: [
                    .init(.codeInvalid), .init(.accountDisabled), .init(.emailNotAllowed), .init(.userUnknown),
                    .init(.tokenRevoked), .init(.tokenExpired), .init(.notFound), .init(.rateLimited),
                    .init(.of(.contentTooLarge), .contentTooLarge),
                ])
        case .dynamicsAuth:
            return OperationSpec(
                id: "dynamicsAuth", method: .get, path: path,
                summary: "Begin a browser sign-in with Microsoft; refusals are a page for whoever accepts HTML",
                need: .nothing, query: BrowserSignIns.parameters + OrganizationSignIns.parameters,
                answers: [
                    .init(
                        status: .found, summary: "To Microsoft's sign-in", schema: nil,
                        fields: [
                            .init(name: "Location", summary: "Where to."),
                            .init(name: "Set-Cookie", summary: "What binds the sign-in to this browser."),
                        ])
                ],
                problems: Self.beginProblems)
        case .dynamicsCallback:
            return OperationSpec(
                id: "dynamicsCallback", method: .get, path: path,
                summary: "End a browser sign-in: Microsoft sends the browser here", need: .nothing,
                answers: [
                    .init(
                        status: .found, summary: "To redirectTo, with code or token", schema: nil,
                        fields: [.init(name: "Location", summary: "Where to."), Self.decisionID]),
                    .value(
                        "The list of organizations can be had; a page for whoever accepts HTML",
                        .object([Property("organizations", .choice(["ready"])), Property("connection", .string)])),
                ],
                problems: Self.signInProblems)
        case .salesforceAuth:
            return OperationSpec(
                id: "salesforceAuth", method: .get, path: path,
                summary: "Begin a browser sign-in with Salesforce; refusals are a page for whoever accepts HTML",
                need: .nothing, query: BrowserSignIns.parameters,
                answers: [
                    .init(
                        status: .found, summary: "To Salesforce's sign-in", schema: nil,
                        fields: [
                            .init(name: "Location", summary: "Where to."),
                            .init(name: "Set-Cookie", summary: "What binds the sign-in to this browser."),
                        ])
                ], problems: Self.beginProblems)
        case .salesforceCallback:
            return OperationSpec(
                id: "salesforceCallback", method: .get, path: path,
                summary: "End a browser sign-in: Salesforce sends the browser here", need: .nothing,
                answers: [
                    .init(
                        status: .found, summary: "To redirectTo, with code or token", schema: nil,
                        fields: [.init(name: "Location", summary: "Where to."), Self.decisionID])
                ], problems: Self.signInProblems)
        case .salesforceCanvas:
            return OperationSpec(
                id: "salesforceCanvas", method: .post, path: path,
                summary: "Open Cobrowse in a frame of Salesforce: Canvas posts the form field signed_request",
                need: .nothing, body: .form(.object([Property("signed_request", .string)])),
                query: BrowserSignIns.parameters,
                answers: [
                    .init(
                        status: .ok, summary: "A page that shows Cobrowse in a frame", schema: .string,
                        contentType: "text/html", fields: [Self.decisionID])
                ], problems: Self.signInProblems)
        case .consentCallback:
            return OperationSpec(
                id: "consentCallback", method: .get, path: path,
                summary: "End a consent: Microsoft sends the administrator's browser here", need: .nothing,
                answers: [
                    .value(
                        "The consent was given; a page for whoever accepts HTML",
                        .object([Property("consent", .choice(["granted"])), Property("connection", .string)]))
                ],
                problems: [
                    .init(.stateInvalid), .init(.consentDeclined), .init(.consentRequired), .init(.connectionMissing),
                    .init(.credentialsRejected), .init(.upstreamUnavailable), .init(.conflict), .init(.rateLimited),
                ])
        case .keySet:
            return OperationSpec(
                id: "keySet", method: .get, path: path, summary: "The bridge's public keys", need: .nothing,
                answers: [
                    .init(
                        status: .ok, summary: "A JWK Set", schema: .named("KeySet"),
                        contentType: "application/jwk-set+json")
                ])
        case .health:
            return OperationSpec(
                id: "health", method: .get, path: path, summary: "Whether the process runs", need: .nothing,
                answers: [.value("It does", .named("Health"))])
        case .readiness:
            return OperationSpec(
                id: "readiness", method: .get, path: path, summary: "Whether logins can be answered", need: .nothing,
                answers: [.value("They can", .named("Health"))], problems: [.init(.internal, .serviceUnavailable)])
        case .openAPI:
            return OperationSpec(
                id: "openAPI", method: .get, path: path, summary: "This document", need: .nothing,
                answers: [.value("OpenAPI 3.1", .open)])
        case .metrics:
            return OperationSpec(
                id: "metrics", method: .get, path: path, summary: "When trusted certificates end, for Prometheus",
                need: .nothing,
                answers: [
                    .init(
                        status: .ok, summary: "Text in the exposition format 0.0.4", schema: .string,
                        contentType: "text/plain")
                ])
        }
    }

    /// What may be wrong with the beginning of a sign-in.
    private static let beginProblems: [OperationSpec.Problem] = [
        .init(.connectionMissing), .init(.connectionUnvalidated), .init(.redirectNotAllowed),
        .init(.configurationInvalid, .serviceUnavailable), .init(.rateLimited), .init(.credentialsRejected),
    ]

    /// Whatever may be wrong with a sign-in: with what the identity provider answers, the person, or the connection.
    private static let signInProblems: [OperationSpec.Problem] =
        ReasonCode.allCases.filter { $0.category != .input }.map { .init($0) } + [.init(.rateLimited)]

    private static let decisionID = OperationSpec.Field(name: "X-Decision-Id", summary: "The id of the decision.")
}
