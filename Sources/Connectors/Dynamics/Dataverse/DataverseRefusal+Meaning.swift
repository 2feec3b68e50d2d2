internal import BridgeCore

extension DataverseRefusal {
    /// What the refusal means for `caller`, with the fix and who can do it.
    func meaning(_ environment: EnvironmentURL, _ caller: DataverseCaller) -> ConnectorError {
        if let code, let known = Self.known[code] { return known(self, environment, caller) }
        switch status {
        case 401, 403: return Self.noAccess(self, environment, caller)
        case 404:
            return error(
                .environmentNotFound, environment,
                hint:
                    "check the environment URL; the bridge asks for version \(DataverseQuery.version) of the Web API, "
                    + "which every environment has", .environmentAdministrator)
        case 300..<400:
            return error(
                .environmentNotFound, environment,
                hint: "the environment may have another address by now: copy it from the address bar again",
                .environmentAdministrator)
        case 429: return Self.throttled(self, environment, "too many requests")
        case 500...:
            return error(
                .upstreamUnavailable, environment,
                hint: "try again; if it lasts, look at Microsoft 365's "
                    + "service health", nil)
        default:
            return error(
                .upstreamUnavailable, environment,
                hint: "this is none of the answers that are known; tell those who make the bridge", .bridgeOperator)
        }
    }

    private typealias Explanation = @Sendable (DataverseRefusal, EnvironmentURL, DataverseCaller) -> ConnectorError

    /// What Microsoft's codes mean (Web API and service protection documentation; `Docs/Dynamics/Connect.md`).
    private static let known: [String: Explanation] = [
        "0x80072560": { notAMember($0, $1, $2) },
        "0x80040225": { disabled($0, $1, $2) },
        "0x80040220": { missingPrivilege($0, $1, $2) },
        "0x80048306": { missingPrivilege($0, $1, $2) },
        "0x80072322": { refusal, environment, _ in throttled(refusal, environment, "too many requests in 5 minutes") },
        "0x80072321": { refusal, environment, _ in throttled(refusal, environment, "too much time in 5 minutes") },
        "0x80072326": { refusal, environment, _ in throttled(refusal, environment, "too many requests at once") },
    ]

    /// - Parameter detail: what it means; `nil` for the environment's own words.
    private func error(
        _ code: ReasonCode, _ environment: EnvironmentURL, _ detail: String? = nil, hint: String, _ fixedBy: FixedBy?
    ) -> ConnectorError {
        let page = isPage ? ", with a page instead of data" : ""
        let (answer, own) = (words(environment) + page, self.answer(of: environment) + page)
        return ConnectorError(
            code, detail.map { "\($0) (\(answer))" } ?? answer, ownDetail: detail.map { "\($0) (\(own))" } ?? own,
            hint: hint, fixedBy: fixedBy, vendorCode: self.code ?? "\(status)", retryAfter: retryAfter)
    }
}

extension DataverseRefusal {
    static let applicationUsers =
        "Power Platform admin center > the environment > Settings > Users + permissions > Application users"

    private static func notAMember(
        _ refusal: DataverseRefusal, _ environment: EnvironmentURL, _ caller: DataverseCaller
    ) -> ConnectorError {
        switch caller {
        case .application:
            refusal.error(
                .applicationUserMissing, environment,
                "the environment has no application user of the client, or it has no role",
                hint: "\(applicationUsers) > New app user: choose the app, the root business unit and a security role",
                .environmentAdministrator)
        case .person:
            refusal.error(
                .userUnknown, environment, "the person is no user of the environment",
                hint: "an administrator of the environment adds the user and assigns a security role",
                .environmentAdministrator)
        }
    }

    private static func disabled(
        _ refusal: DataverseRefusal, _ environment: EnvironmentURL, _ caller: DataverseCaller
    ) -> ConnectorError {
        switch caller {
        case .application:
            refusal.error(
                .applicationUserMissing, environment,
                "the application user is disabled, or belongs to no business unit",
                hint: "\(applicationUsers) > the app > Activate", .environmentAdministrator)
        case .person:
            refusal.error(
                .userInactive, environment, "the user is disabled in the environment, or belongs to no business unit",
                hint: "an administrator of the environment can enable it", .environmentAdministrator)
        }
    }

    private static func missingPrivilege(
        _ refusal: DataverseRefusal, _ environment: EnvironmentURL, _ caller: DataverseCaller
    ) -> ConnectorError {
        let what = refusal.privilege.map { "the privilege \($0)" } ?? "a privilege"
        switch caller {
        case .application:
            return refusal.error(
                .securityRoleMissing, environment, "the application user lacks \(what)",
                hint:
                    "\(applicationUsers) > the app > Edit security roles: a role with Read on User, Security Role, Team "
                    + "and Business Unit for the whole organization", .environmentAdministrator)
        case .person:
            return refusal.error(
                .rolesUnavailable, environment, "the person lacks \(what)",
                hint: "give the role of agents Read on User, Security Role and Team, or have the connection read as "
                    + "application (readAs)", .environmentAdministrator)
        }
    }

    /// 401 or 403 without a code that says which: the token was good, or there would be none (S3-27).
    private static func noAccess(
        _ refusal: DataverseRefusal, _ environment: EnvironmentURL, _ caller: DataverseCaller
    ) -> ConnectorError {
        switch caller {
        case .application:
            refusal.error(
                .applicationUserMissing, environment,
                "Entra gave a token, but the environment lets the application user not in: it or its security role is missing",
                hint: "\(applicationUsers): the app has to be there, be active and have a security role",
                .environmentAdministrator)
        case .person:
            refusal.error(
                .rolesUnavailable, environment, "the environment does not let the person read their own roles",
                hint: "give the role of agents Read on User, Security Role and Team, or have the connection read as "
                    + "application (readAs)", .environmentAdministrator)
        }
    }

    private static func throttled(
        _ refusal: DataverseRefusal, _ environment: EnvironmentURL, _ why: String
    ) -> ConnectorError {
        refusal.error(
            .upstreamThrottled, environment, "the environment's service protection limit is reached: \(why)",
            hint: "wait \(refusal.retryAfter ?? 300) s; if it lasts, see what else uses the same application user", nil)
    }
}
