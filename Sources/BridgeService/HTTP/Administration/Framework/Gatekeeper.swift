internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import HTTPMessage

/// Finds out who calls the administration, and whether they may.
struct Gatekeeper: Sendable {
    let tokens: APITokenGate
    let logins: LoginService
    let limiter: RefusalLimiter

    /// Who brings the request.
    ///
    /// An API token, or an agent token whose person is an administrator: that one is judged like any login, and its
    /// refusal is written down like one.
    /// - Throws: `unauthenticated`; the reason a login was refused for; `forbidden` for a person who is no
    ///   administrator; `rate_limited` after too many refusals of one address.
    func access(_ request: AdministrationRequest, now: Timestamp) async throws -> Access {
        let token = try Self.token(of: request)
        if token.starts(with: APITokenText.prefix.utf8) {
            do throws(APIRefusal) {
                return try await tokens.access(Secret(token), now: now)
            } catch {
                if error.code == .unauthenticated { try count(request, license: nil, now: now) }
                throw error
            }
        }
        // What has not even the form of an agent token is one more token that nobody knows.
        guard token.contains(UInt8(ascii: ".")) else {
            try count(request, license: nil, now: now)
            throw APIRefusal(
                .unauthenticated, "the token is unknown",
                hint: "send an API token, or an administrator's agent token, as Authorization: Bearer <token>")
        }
        return try await agent(token, request, now: now)
    }

    private func agent(_ compact: [UInt8], _ request: AdministrationRequest, now: Timestamp) async throws -> Access {
        let admission: Admission
        do throws(LoginRefusal) {
            admission = try await logins.admit(compact: compact, requestID: request.id, now: now)
        } catch {
            if error.code != .internal {
                try count(request, license: await logins.license(ofRefused: compact), now: now)
            }
            let written = await logins.writeDown(error, of: compact, requestID: request.id, now: now)
            throw DecidedRefusal(error, decisionID: written.decisionID)
        }
        let account = admission.account
        // What this login gives, too: a token that was lowered on purpose is no administrator's.
        guard min(admission.grant.role, account.role) == .administrator else {
            throw APIRefusal(
                .forbidden, "only an administrator of the tenant may administer it",
                hint: "the role comes from the token, or from what the person is assigned in the CRM")
        }
        return Access(.admin(account.license), actorName: "account:\(account.id)")
    }

    private func count(_ request: AdministrationRequest, license: License?, now: Timestamp) throws(TooManyRefusals) {
        if let wait = limiter.refused(address: request.remoteAddress, license: license?.value, now: now) {
            throw TooManyRefusals(retryAfter: wait)
        }
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
        case .tenant:
            // What can be no license is nobody's tenant.
            let license = parameters["license"].flatMap(License.init)
            try access.require(license.map { .administer($0) } ?? .administerInstance)
        case .mint:
            // For whom, the body says: the operation asks again.
            guard let license = access.grant.license, access.grant.allows(.mintTokens(license)) else {
                throw APIRefusal(
                    .forbidden, "the scope \(access.grant.scope.rawValue) does not suffice for this request",
                    hint: "use a token that has the scope mint")
            }
        }
    }
}
