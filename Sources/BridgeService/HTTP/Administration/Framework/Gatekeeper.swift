internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import HTTPMessage

/// Finds out who calls the administration, and whether they may.
struct Gatekeeper: Sendable {
    let tokens: APITokenGate
    let administrators: AdministratorLogins
    let refused: RefusedLogins

    /// Who brings the request, where they may call an operation that needs `need`.
    ///
    /// Whoever is refused counts for the limit, also for the wrong scope or tenant.
    /// - Throws: `unauthenticated`; the reason a login was refused for; `forbidden` for a person who is no
    ///   administrator, and for whoever may do something else; `rate_limited` after too many refusals of one address.
    func access(
        _ request: AdministrationRequest, for need: OperationSpec.Need, parameters: [String: String], now: Timestamp
    ) async throws -> Access {
        let access = try await bearer(of: request, now: now)
        do throws(APIRefusal) {
            try need.check(access, parameters: parameters)
        } catch {
            try refused.count(request.caller, license: access.grant.license, now: now)
            throw error
        }
        return access
    }

    /// Who brings the request: the bearer of an API token, or an administrator with an agent token, which is judged
    /// like any login and whose refusal is written down like one.
    private func bearer(of request: AdministrationRequest, now: Timestamp) async throws -> Access {
        let token = try Self.token(of: request)
        if token.starts(with: APITokenText.prefix.utf8) {
            do throws(APIRefusal) {
                return try await tokens.access(Secret(token), now: now)
            } catch {
                if error.code == .unauthenticated { try refused.count(request.caller, license: nil, now: now) }
                throw error
            }
        }
        // What has not even the form of an agent token is one more token that nobody knows.
        guard token.contains(UInt8(ascii: ".")) else {
            try refused.count(request.caller, license: nil, now: now)
            throw APIRefusal(
                .unauthenticated, "the token is unknown",
                hint: "send an API token, or an administrator's agent token, as Authorization: Bearer <token>")
        }
        return try await administrator(token, request.caller, now: now)
    }

    /// The limit is asked before a token is verified, except for one that was good before: whoever shares an address
    /// with somebody who guesses goes on working.
    private func administrator(_ compact: [UInt8], _ caller: Caller, now: Timestamp) async throws -> Access {
        switch try administrators.memory(of: compact, now: now) {
        case .current(let account): return Self.access(of: account)
        case .outdated: break
        case .nothing: try refused.check(caller, now: now)
        }
        let bearer: AdministratorLogins.Bearer
        do throws(LoginRefusal) {
            bearer = try await administrators.bearer(of: compact, requestID: caller.requestID, now: now)
        } catch {
            let id = try await refused.writeDown(error, of: compact, from: caller, now: now)
            throw DecidedRefusal(error, decisionID: id)
        }
        switch bearer {
        case .administrator(let account): return Self.access(of: account)
        case .other(let license, let refusal):
            try refused.count(caller, license: license, now: now)
            throw refusal
        }
    }

    private static func access(of account: Account) -> Access {
        Access(.admin(account.license), by: .account(id: account.id))
    }

    private static func token(of request: AdministrationRequest) throws(RequestRefusal) -> [UInt8] {
        guard !request.hasSeveralAuthorizations else {
            throw RequestRefusal(
                .badRequest, .configurationInvalid, "the request has more than one Authorization field",
                hint: "send one token")
        }
        let field = Array((request.authorization ?? "").utf8)
        guard let place = TokenLocation.bearer(field.span) else {
            throw RequestRefusal(
                .unauthorized, .unauthenticated, "the request brings no token",
                hint: "send an API token, or an administrator's agent token, as Authorization: Bearer <token>")
        }
        return Array(field[place])
    }
}

extension OperationSpec.Need {
    /// Lets pass whoever may call an operation with this need; `forbidden` otherwise, whether or not there is a tenant
    /// of that license.
    func check(_ access: Access, parameters: [String: String]) throws(APIRefusal) {
        switch self {
        case .nothing, .agentToken: return
        case .instance: try access.require(.administerInstance)
        case .tenant, .queriedTenant:
            // What can be no license is nobody's tenant.
            let license = parameters["license"].flatMap(License.init)
            try access.require(license.map { .administer($0) } ?? .administerInstance)
        case .mint:
            // For whom, the body says: the operation asks again.
            try Self.requireMint(access, for: access.grant.license)
        case .tenantMint:
            try Self.requireMint(access, for: parameters["license"].flatMap(License.init))
        }
    }

    private static func requireMint(_ access: Access, for license: License?) throws(APIRefusal) {
        guard let license, access.grant.allows(.mintTokens(license)) else {
            throw APIRefusal(
                .forbidden, "the scope \(access.grant.scope.rawValue) does not suffice for this request",
                hint: "use a token that has the scope mint and is bound to that license")
        }
    }
}
