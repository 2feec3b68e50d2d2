internal import BridgeCore

extension SalesforceRefusal {
    /// What the refusal means for `caller`, with the fix and who can do it (REST API Developer Guide, "Status Codes and
    /// Error Responses"; `Docs/Salesforce/Connect.md`).
    func meaning(_ instance: WebOrigin, _ caller: SalesforceCaller) -> ConnectorError {
        if let code, let known = Self.known.first(where: { $0.codes.contains(code) }) {
            return known.meaning(self, instance, caller)
        }
        switch status {
        case 401: return Self.ended(self, instance, caller)
        case 403: return Self.noAccess(self, instance, caller)
        case 404, 300..<400:
            return error(
                .environmentNotFound, instance,
                hint:
                    "check the login URL; the bridge asks for version \(SalesforceClient.version) of the API, which every "
                    + "org has", .tenantAdministrator)
        case 429: return Self.throttled(self, instance, caller)
        case 500...:
            return error(
                .upstreamUnavailable, instance, hint: "try again; if it lasts, look at status.salesforce.com", nil)
        default:
            return error(
                .upstreamUnavailable, instance,
                hint: "this is none of the answers that are known; tell those who make the bridge", .bridgeOperator)
        }
    }

    private typealias Explanation = @Sendable (SalesforceRefusal, WebOrigin, SalesforceCaller) -> ConnectorError

    private static let known: [(codes: Set<String>, meaning: Explanation)] = [
        (
            [sessionEnded, "INVALID_AUTH_HEADER", "BAD_OAUTH_TOKEN", "MISSING_OAUTH_TOKEN"],
            { ended($0, $1, $2) }
        ),
        (["INACTIVE"], { inactive($0, $1, $2) }),
        (["WRONG_ORG"], { otherOrg($0, $1, $2) }),
        (["BAD_ID"], { unknownUser($0, $1, $2) }),
        (["INVALID_TYPE", "INVALID_FIELD"], { notVisible($0, $1, $2) }),
        (["INSUFFICIENT_ACCESS", "INSUFFICIENT_ACCESS_OR_READONLY", "NO_ACCESS"], { noAccess($0, $1, $2) }),
        (["API_DISABLED_FOR_ORG", "API_CURRENTLY_DISABLED"], { apiDisabled($0, $1, $2) }),
        (["REQUEST_LIMIT_EXCEEDED", "TXN_SECURITY_METERING_ERROR"], { throttled($0, $1, $2) }),
        (["SERVER_UNAVAILABLE", "UNKNOWN_EXCEPTION", "QUERY_TIMEOUT"], { unavailable($0, $1, $2) }),
        (["INVALID_QUERY_LOCATOR"], { locatorGone($0, $1, $2) }),
    ]

    /// - Parameter detail: what it means; `nil` for the org's own words.
    private func error(
        _ code: ReasonCode, _ instance: WebOrigin, _ detail: String? = nil, hint: String, _ fixedBy: FixedBy?
    ) -> ConnectorError {
        let own = answer(of: instance) + (isPage ? ", with a page instead of data" : "")
        let answer = own + (text.isEmpty ? "" : ": \(text)")
        return ConnectorError(
            code, detail.map { "\($0) (\(answer))" } ?? answer, ownDetail: detail.map { "\($0) (\(own))" } ?? own,
            hint: hint, fixedBy: fixedBy, vendorCode: self.code ?? "\(status)", retryAfter: retryAfter)
    }
}

extension SalesforceRefusal {
    private static func ended(
        _ refusal: SalesforceRefusal, _ instance: WebOrigin, _ caller: SalesforceCaller
    ) -> ConnectorError {
        let error = refusal.error(
            .credentialsRejected, instance, "the org does not take the token (any more)",
            hint:
                "the session was ended, or the org does not let tokens of this app in: look at the app's policies and "
                + "Setup > Session Management", .tenantAdministrator)
        // A plain 401 is the same, whatever stands in it.
        return ConnectorError(
            error.code, error.detail, ownDetail: error.ownDetail, hint: error.hint, fixedBy: error.fixedBy,
            vendorCode: sessionEnded)
    }

    /// What is asked for is there in every org; whoever may not see it is told that it is not.
    private static func notVisible(
        _ refusal: SalesforceRefusal, _ instance: WebOrigin, _ caller: SalesforceCaller
    ) -> ConnectorError {
        switch caller {
        case .integrationUser:
            refusal.error(
                .securityRoleMissing, instance, "the integration user may not see what was asked for",
                hint: Self.rights, .tenantAdministrator)
        case .person:
            refusal.error(
                .rolesUnavailable, instance, "the person may not see what was asked for", hint: Self.integration,
                .tenantAdministrator)
        }
    }

    private static func noAccess(
        _ refusal: SalesforceRefusal, _ instance: WebOrigin, _ caller: SalesforceCaller
    ) -> ConnectorError {
        switch caller {
        case .integrationUser:
            refusal.error(
                .securityRoleMissing, instance, "the integration user may not do that", hint: rights,
                .tenantAdministrator)
        case .person:
            refusal.error(
                .rolesUnavailable, instance, "the org does not let the person do that", hint: integration,
                .tenantAdministrator)
        }
    }

    /// What an integration user needs.
    static let rights =
        "give the integration user a permission set with API Enabled, View Setup and Configuration, and Manage "
        + "Multi-Factor Authentication in API"

    private static let integration =
        "connect the org with an integration user, who reads for everybody; for the person, API Enabled is needed"

    private static func apiDisabled(
        _ refusal: SalesforceRefusal, _ instance: WebOrigin, _ caller: SalesforceCaller
    ) -> ConnectorError {
        refusal.error(
            caller == .integrationUser ? .securityRoleMissing : .rolesUnavailable, instance,
            "the API is off for the user, or for the org's edition",
            hint:
                "tick API Enabled in a permission set of the user; Essentials and Professional have the API only as an "
                + "extra", .tenantAdministrator)
    }

    private static func inactive(
        _ refusal: SalesforceRefusal, _ instance: WebOrigin, _ caller: SalesforceCaller
    ) -> ConnectorError {
        refusal.error(
            .userInactive, instance,
            "the \(caller == .integrationUser ? "integration user" : "user") is deactivated or frozen",
            hint: "an administrator of the org can make the user active", .tenantAdministrator)
    }

    /// "Identity URL Response Errors", Salesforce Help; this one and the next.
    private static func otherOrg(
        _ refusal: SalesforceRefusal, _ instance: WebOrigin, _ caller: SalesforceCaller
    ) -> ConnectorError {
        refusal.error(
            .organizationMismatch, instance, "the token is one of another org",
            hint: "sign out of Salesforce, and sign in with a user of the connected org", .agent)
    }

    private static func unknownUser(
        _ refusal: SalesforceRefusal, _ instance: WebOrigin, _ caller: SalesforceCaller
    ) -> ConnectorError {
        refusal.error(
            .userUnknown, instance, "the org does not know the user whose token it is",
            hint: "sign in again; if that does not help, look for the user in Setup > Users", .tenantAdministrator)
    }

    private static func throttled(
        _ refusal: SalesforceRefusal, _ instance: WebOrigin, _ caller: SalesforceCaller
    ) -> ConnectorError {
        refusal.error(
            .upstreamThrottled, instance, "the org's limit of API requests is reached",
            hint: "look at Setup > Company Information > API Requests, Last 24 Hours, and at what else uses the API",
            nil)
    }

    private static func unavailable(
        _ refusal: SalesforceRefusal, _ instance: WebOrigin, _ caller: SalesforceCaller
    ) -> ConnectorError {
        refusal.error(
            .upstreamUnavailable, instance, hint: "try again; if it lasts, look at status.salesforce.com", nil)
    }

    private static func locatorGone(
        _ refusal: SalesforceRefusal, _ instance: WebOrigin, _ caller: SalesforceCaller
    ) -> ConnectorError {
        refusal.error(
            .upstreamUnavailable, instance, "the org has forgotten the query before its last page", hint: "try again",
            nil)
    }
}
