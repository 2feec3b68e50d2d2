internal import AuthService
internal import BridgeCore
internal import Connectors
internal import HTTPMessage

/// The requests with which browser sign-ins at one vendor begin and end.
struct BrowserSignIns: Sendable {
    let vendor: any SignInVendor
    let organizations: OrganizationSignIns
    let logins: LoginService
    let refused: RefusedLogins
    let answers: SignInAnswers
    /// Hands tokens over, by the settings of the moment.
    let handOff: @Sendable () -> SignInHandOff
    let clock: any WallClock

    /// What the request that a sign-in begins with takes.
    static let parameters = [
        QueryParameter(name: "license", schema: .string, summary: "The tenant."),
        QueryParameter(
            name: "redirectTo", schema: .string,
            summary: "A path of Cobrowse, or a URL of an origin that the tenant lists; /dashboard where it is left out."
        ),
        QueryParameter(name: "connection", schema: .string, summary: "Which connection; default where it is left out."),
    ]

    /// Sends the browser to the identity provider.
    func begin(_ request: BrowserRequest) async -> HTTPResponse {
        let now = clock.now
        do {
            try refused.check(request.caller, now: now)
            let query = try QueryValues(request.query, known: Self.parameters + OrganizationSignIns.parameters)
            guard let license = try query.text("license") else {
                throw RequestRefusal.query("license", "is missing", hint: "name the tenant's license key")
            }
            let name = try query.text("connection") ?? "default"
            let tenant = try await tenant(license)
            switch try query.text("purpose") {
            case SignInPurpose.organizations.rawValue:
                guard let name = ConnectionName(name) else { throw vendor.noConnection }
                return try await organizations.begin(
                    ConnectionID(.dynamics, name, of: tenant.license), ticket: try query.text("ticket"),
                    confirmation: try query.text("confirmation"), request, now: now)
            case nil, SignInPurpose.login.rawValue: break
            case let other?:
                throw RequestRefusal.query("purpose", "cannot be \(quoted(other))", hint: "login or organizations")
            }
            let target = try query.text("redirectTo") ?? SignInSite.standardLanding
            return await begin(tenant, name, target, request, now: now)
        } catch {
            return await refuse(error, request, now: now)
        }
    }

    private func begin(
        _ tenant: TenantState, _ connection: String, _ redirectTo: String, _ request: BrowserRequest, now: Timestamp
    ) async -> HTTPResponse {
        let again = SignInLink(tenant.license, connection: connection, redirectTo: redirectTo)
        do throws(SignInEnd) {
            let beginning = SignInBeginning(
                license: tenant.license, connection: connection, redirectTo: try target(redirectTo, of: tenant),
                cookie: SignInCookie(in: request.cookies), address: request.caller.address)
            let start = try await vendor.begin(beginning)
            return BrowserAnswer.redirect(
                to: start.location, cookie: start.cookie, requestID: request.caller.requestID)
        } catch {
            guard error.isDecision else { return await refuse(error.error, request, now: now) }
            let login = LiveLogin(endedBy: AccessDenial(error.error), at: error.step, source: vendor.source, at: now)
            return await settle(login, of: tenant, again, request, now: now) { _ throws(ConnectorError) in
                throw ConnectorError(.internal, "the sign-in has nowhere to return to")
            }
        }
    }

    private func target(_ text: String, of tenant: TenantState) throws(SignInEnd) -> RedirectTarget {
        do throws(ConnectorError) {
            return try RedirectTarget(text, cobrowse: answers.site().cobrowse, listed: tenant.redirectOrigins)
        } catch {
            throw SignInEnd(error, at: .redirect)
        }
    }

    /// A tenant that is there; another license is refused in the words of one that has no connection.
    private func tenant(_ license: String) async throws -> TenantState {
        let entry =
            if let known = logins.directory.tenant(license) { known } else {
                try await logins.directory.load(license)
            }
        guard case .tenant(let tenant) = entry else { throw vendor.noConnection }
        return tenant
    }
}

extension BrowserSignIns {
    /// Lets in whoever comes back from the identity provider, or says why not.
    func finish(_ request: BrowserRequest) async -> HTTPResponse {
        let now = clock.now
        do {
            try refused.check(request.caller, now: now)
            switch await vendor.finish(request, at: now) {
            case .unknown(let error): throw error
            case .ended(let login, let tenant, let record):
                return await settle(login, of: tenant, SignInLink(record), request, now: now) { admission in
                    let location = try await location(of: FinishedSignIn(admission), tenant.handOff, record, now: now)
                    guard let location else {
                        throw ConnectorError(.internal, "the sign-in has nowhere to return to")
                    }
                    return BrowserAnswer.redirect(
                        to: location, decisionID: admission.decisionID, requestID: request.caller.requestID)
                }
            case .organizations(let signedIn, let caller):
                return try await organizations.finish(signedIn, of: .caller(caller), request, now: now)
            case .ownOrganizations(let signedIn, let login, let tenant):
                let again = SignInLink(signedIn.record)
                return await settle(login, of: tenant, again, request, now: now) { admission in
                    try await organizations.finish(
                        signedIn, of: try OrganizationSignIns.owner(admission), request, now: now)
                }
            }
        } catch {
            return await refuse(error, request, now: now)
        }
    }

    /// Decides, writes down, and gives whoever was let in the answer of `answer`.
    private func settle(
        _ login: LiveLogin, of tenant: TenantState, _ again: SignInLink, _ request: BrowserRequest, now: Timestamp,
        answer: (Admission<LiveLogin>) async throws -> HTTPResponse
    ) async -> HTTPResponse {
        do {
            let requestID = request.caller.requestID
            let admission = try await logins.admit(login, of: tenant, requestID: requestID, now: now)
            refused.log.warn(ofKept: admission, requestID: requestID)
            return try await answer(admission)
        } catch let error as LoginRefusal {
            do throws(TooManyRefusals) {
                let id = try await refused.writeDown(error, from: request.caller, now: now)
                let refusal = RefusedSignIn(
                    error, decisionID: id, license: tenant.license, facts: login.facts,
                    again: again.target(of: vendor.beginPath, at: answers.site().cobrowse))
                return await answers.refuse(refusal, request, vendor)
            } catch {
                return await refuse(error, request, now: now)
            }
        } catch {
            return await refuse(error, request, now: now)
        }
    }

    private func location(
        of signIn: FinishedSignIn, _ form: HandOff, _ record: PendingSignIn, now: Timestamp
    ) async throws -> String? {
        switch form {
        case .code:
            let code = try await handOff().keep(signIn, at: now)
            return record.redirectTo?.adding([("code", code.text)])?.text
        case .token:
            let handed = try await handOff().token(of: signIn, at: now)
            return record.redirectTo?.adding([("token", handed.minted.token)])?.text
        }
    }

    /// Answers where nothing was decided. What somebody outside did wrong counts for the limit.
    private func refuse(_ error: any Error, _ request: BrowserRequest, now: Timestamp) async -> HTTPResponse {
        var reason = error as? any ReasonedError ?? StoreError(.internal, "unexpected error")
        let isOurs = [ReasonCode.internal, .rateLimited, .configurationInvalid].contains(reason.code)
        if !isOurs || reason is RequestRefusal {
            do throws(TooManyRefusals) {
                try refused.count(request.caller, license: nil, now: now)
            } catch {
                reason = error
            }
        }
        // As for a token that names no tenant: the log has the id, and nobody else.
        let id = try? RecordID.make("dec_", at: now)
        return await answers.refuse(RefusedSignIn(reason, decisionID: id), request, vendor)
    }
}
