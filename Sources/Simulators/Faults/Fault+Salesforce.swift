import HTTPMessage

extension Fault {
    /// Those of Salesforce's places, besides what can happen to any answer.
    static let salesforce: [Fault] = signIn + tokens + people + queries

    private static let signIn: [Fault] =
        CallbackDefect.allCases.map { Fault(.salesforceAuthorize, $0.rawValue, .callback($0), $0.summary) }
        + refusals(
            at: .salesforceAuthorize,
            [
                ("access-denied", .denied), ("not-admin-approved", .notAdminApproved), ("app-blocked", .blocked),
                ("approval-failed", .approvalFailed), ("inactive-user", .inactiveUser),
                ("invalid-scope", SalesforceOAuthError("invalid_scope", "the requested scope is not allowed")),
                ("pkce-missing", .invalid("missing required code challenge")),
                ("error-server", SalesforceOAuthError("server_error", "an unexpected error has occurred")),
                ("error-temporary", SalesforceOAuthError("temporarily_unavailable", "try again later")),
            ])
        + [
            ("page.approval-failed", SalesforceOAuthError.approvalFailed), ("page.unknown-client", .unknownClient),
            (
                "page.redirect-uri",
                SalesforceOAuthError("redirect_uri_mismatch", "redirect_uri must match configuration")
            ),
        ].map { word, error in
            Fault(
                .salesforceAuthorize, word, .salesforce(.page(error)), "a page with \(error.error), and no way back")
        }

    private static let tokens: [Fault] =
        refusals(
            at: .salesforceToken,
            [
                ("not-approved", .notApproved), ("audience", .badAudience), ("expired-code", .expiredCode),
                ("expired-token", .invalidGrant("expired access/refresh token")), ("unknown-client", .unknownClient),
                ("bad-client", .badClient), ("inactive-user", .inactiveUser),
                ("inactive-user-as-grant", .invalidGrant("user is inactive")),
                ("not-admin-approved", .notAdminApproved), ("ip-restricted", .restricted), ("app-blocked", .blocked),
                ("approval-failed", .approvalFailed), ("invalid-assertion", .invalidGrant("invalid assertion")),
                ("invalid-code", .invalidGrant("invalid authorization code")),
                ("no-run-as-user", .invalidGrant("no client credentials user enabled")),
                ("wrong-domain", .invalidGrant("request not supported on this domain")),
                ("login-rate", .invalidGrant("login rate exceeded")),
                ("code-verifier", .invalid("invalid code verifier")),
                ("code-verifier-missing", .invalidGrant("missing required code verifier")),
                (
                    "redirect-uri",
                    SalesforceOAuthError("redirect_uri_mismatch", "redirect_uri must match configuration")
                ),
                ("grant-type", SalesforceOAuthError("unsupported_grant_type", "grant type not supported")),
                ("unknown-error", SalesforceOAuthError("unknown_error", "retry your request")),
            ])
        + SalesforceTokenDefect.allCases.map {
            Fault(.salesforceToken, $0.rawValue, .salesforce(.token($0)), $0.summary)
        } + IDTokenDefect.salesforce.map { Fault(.salesforceIDToken, $0.rawValue, .idToken($0), $0.summary) }

    private static func refusals(
        at place: Place, _ errors: [(word: String, error: SalesforceOAuthError)]
    ) -> [Fault] {
        errors.map { word, error in
            Fault(place, word, .salesforce(.oauth(error)), "\(error.error): \(error.description)")
        }
    }

    private static let people: [Fault] = [Place.userInfo, .identity].flatMap { place in
        IdentityRefusal.allCases.map { Fault(place, $0.rawValue, .salesforce(.identity($0)), $0.summary) }
            + PersonDefect.allCases.map { Fault(place, $0.rawValue, .salesforce(.person($0)), $0.summary) }
    }

    private static let queries: [Fault] =
        SalesforceAPIError.catalog.map {
            Fault(.salesforceAPI, $0.errorCode, .salesforce(.api($0)), "\($0.status.rawValue): \($0.message)")
        } + QueryPagingDefect.allCases.map { Fault(.salesforceAPI, $0.rawValue, .salesforce(.paging($0)), $0.summary) }
        + QueryDefect.allCases.map { Fault(.salesforceAPI, $0.rawValue, .salesforce(.rows($0)), $0.summary) }
}
