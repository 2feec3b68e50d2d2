internal import AuthService
internal import BridgeCore
internal import Connectors
internal import HTTPMessage

/// The requests with which browser sign-ins at one vendor begin and end.
struct BrowserSignIns: Sendable {
    let vendor: any SignInVendor
    /// Signs administrators in for lists of what they can connect; `nil` where a vendor has no such list.
    let organizations: OrganizationSignIns?
    let settlement: SignInSettlement
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
            try settlement.refused.check(request.caller, now: now)
            let known = Self.parameters + (organizations == nil ? [] : OrganizationSignIns.parameters)
            let query = try SignInQuery(request.query, known: known)
            let tenant = try await settlement.tenant(query.license)
            if let organizations, try query.isForOrganizations {
                let id = try vendor.flow.id(named: query.connection, of: tenant.license)
                return try await organizations.begin(
                    id, ticket: try query.ticket, confirmation: try query.confirmation, request, now: now)
            }
            return await begin(tenant, query, request, now: now)
        } catch {
            return await settlement.refuse(error, request, now: now)
        }
    }

    private func begin(
        _ tenant: TenantState, _ query: SignInQuery, _ request: BrowserRequest, now: Timestamp
    ) async -> HTTPResponse {
        do throws(SignInEnd) {
            let beginning = SignInBeginning(
                license: tenant.license, connection: query.connection,
                redirectTo: try settlement.target(query.redirectTo, of: tenant),
                cookie: SignInCookie(in: request.cookies), address: request.caller.address)
            let start = try await vendor.begin(beginning)
            return BrowserAnswer.redirect(
                to: start.location, cookie: start.cookie, requestID: request.caller.requestID)
        } catch {
            guard error.isDecision else { return await settlement.refuse(error.error, request, now: now) }
            let login = LiveLogin(
                endedBy: AccessDenial(error.error), at: error.step, source: vendor.flow.source, at: now)
            let again = SignInLink(tenant.license, connection: query.connection, redirectTo: query.redirectTo)
            return await settlement.settle(login, of: tenant, again: target(of: again), request, now: now) {
                _ throws(ConnectorError) in throw .nowhere
            }
        }
    }

    /// Lets in whoever comes back from the identity provider, or says why not.
    func finish(_ request: BrowserRequest) async -> HTTPResponse {
        let now = clock.now
        do {
            try settlement.refused.check(request.caller, now: now)
            switch await vendor.finish(request, at: now) {
            case .unknown(let error): throw error
            case .ended(let login, let tenant, let record):
                let again = target(of: SignInLink(record))
                return await settlement.settle(login, of: tenant, again: again, request, now: now) { admission in
                    let location = try await settlement.location(
                        of: admission, in: tenant, at: record.redirectTo, now: now)
                    return BrowserAnswer.redirect(
                        to: location.text, decisionID: admission.decisionID, requestID: request.caller.requestID)
                }
            case .organizations(let signedIn, let caller):
                guard let organizations else { throw vendor.flow.noConnection }
                return try await organizations.finish(signedIn, of: .caller(caller), request, now: now)
            case .ownOrganizations(let signedIn, let login, let tenant):
                guard let organizations else { throw vendor.flow.noConnection }
                let again = target(of: SignInLink(signedIn.record))
                return await settlement.settle(login, of: tenant, again: again, request, now: now) { admission in
                    try await organizations.finish(
                        signedIn, of: try OrganizationSignIns.owner(admission), request, now: now)
                }
            }
        } catch {
            return await settlement.refuse(error, request, now: now)
        }
    }

    private func target(of link: SignInLink) -> String? {
        link.target(of: vendor.beginPath, at: settlement.answers.site().cobrowse)
    }
}
