internal import AuthService
internal import BridgeCore
internal import Connectors
internal import HTTPMessage
internal import WebConsole

/// Signs administrators in who want to see which organizations they can connect:
/// `/api/1/dynamics/auth?purpose=organizations`.
struct OrganizationSignIns: Sendable {
    let vendor: DynamicsSignIns
    let sessions: OrganizationSessions
    let vault: any SecretVault
    let site: @Sendable () -> SignInSite

    /// What the request takes besides what every sign-in takes.
    static let parameters = [
        QueryParameter(
            name: "purpose", schema: .choice(SignInPurpose.allCases.map(\.rawValue)),
            summary: "organizations: to list them for an administrator; redirectTo is passed over then."),
        QueryParameter(
            name: "ticket", schema: .string,
            summary:
                "For organizations: from the answer to the one who asked for them. Without it the person has to be "
                + "an administrator of the tenant."),
        QueryParameter(
            name: "confirmation", schema: .string,
            summary: "For a ticket in a browser: from the page that says who asked for the organizations."),
    ]

    /// Sends the browser to Microsoft; one that brings a ticket, once its person has been told whose that is.
    ///
    /// - Parameters:
    ///   - ticket: of whoever asked; without one the person has to prove to be the tenant's administrator, which
    ///     needs a connection that was tested.
    ///   - confirmation: from the page that tells.
    func begin(
        _ id: ConnectionID, ticket text: String?, confirmation: String?, _ request: BrowserRequest, now: Timestamp
    ) async throws(ConnectorError) -> HTTPResponse {
        let ticket = try text.map { text throws(ConnectorError) in
            try OrganizationTicket(sealed: text, for: id, by: vault, now: now)
        }
        let cookie = SignInCookie(in: request.cookies)
        if let ticket, let text, request.wantsPage {
            // A program shows its answer to nobody, so that nobody can be led on by it.
            let cookie = if let cookie { cookie } else { try SignInCookie(from: vendor.flow.random) }
            let expected = try OrganizationTicket.confirmation(of: text, by: cookie)
            guard confirmation == expected else {
                return try ask(ticket, sealed: text, confirmation: expected, cookie, request)
            }
        }
        let intent = SignInIntent(
            license: id.license, connection: id.identityName, purpose: .organizations, caller: ticket?.caller)
        let start = try await vendor.beginForOrganizations(intent, id, request)
        return BrowserAnswer.redirect(to: start.location, cookie: start.cookie, requestID: request.caller.requestID)
    }

    /// The page that says who asked, with a link that works in this browser alone.
    private func ask(
        _ ticket: OrganizationTicket, sealed text: String, confirmation: String, _ cookie: SignInCookie,
        _ request: BrowserRequest
    ) throws(ConnectorError) -> HTTPResponse {
        let id = ticket.connection
        let link = SignInLink(
            id.license, connection: id.name.value, .organizations,
            [("ticket", text), ("confirmation", confirmation)])
        guard let next = link.target(of: vendor.beginPath, at: site().cobrowse) else {
            throw ConnectorError(.internal, "the URL of the sign-in is too long")
        }
        let page = AskingPage(
            license: id.license.value, caller: ticket.caller, next: next, in: request.language)
        return BrowserAnswer.page(
            page, cookie: cookie, language: request.language, requestID: request.caller.requestID)
    }

    /// Keeps what the sign-in of `owner` has left, and says so.
    func finish(
        _ signIn: SignedIn<EntraPerson>, of owner: OrganizationSession.Owner, _ request: BrowserRequest, now: Timestamp
    ) async throws(ConnectorError) -> HTTPResponse {
        let record = signIn.record
        guard let id = ConnectionID(.dynamics, identityName: record.connection, of: record.license) else {
            throw vendor.flow.noConnection
        }
        let session = OrganizationSession(owner: owner, person: signIn.person, grant: signIn.grant)
        try await sessions.keep(session, for: id, at: now)
        let requestID = request.caller.requestID
        guard request.wantsPage else {
            var writer = JSONWriter()
            writer.object { writer in
                writer.member("organizations", "ready")
                writer.member("connection", id.name.value)
            }
            return BrowserAnswer.json(writer.bytes, requestID: requestID)
        }
        var page = RefusalPage(Topic.organizationsReady, in: request.language)
        page.requestID = requestID
        return BrowserAnswer.page(page, .ok, language: request.language, frames: [])
    }

    /// Lets a person through who was let in as an administrator.
    ///
    /// - Throws: `role_missing`.
    static func owner(
        _ admission: Admission<LiveLogin>
    ) throws(ConnectorError) -> OrganizationSession.Owner {
        guard admission.account.role == .administrator else {
            throw ConnectorError(
                .roleMissing, "only an administrator of the tenant can sign in for its organizations",
                hint: "sign in as one, or open the URL that the administration gives to whoever asks for them",
                fixedBy: .tenantAdministrator)
        }
        return .administrator(Access.Bearer.account(id: admission.account.id).actorName)
    }
}
