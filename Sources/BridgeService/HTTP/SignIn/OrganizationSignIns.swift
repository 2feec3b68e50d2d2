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
    ]

    /// Sends the browser to Microsoft.
    ///
    /// - Parameter ticket: of whoever asked; without one the person has to prove to be the tenant's administrator, which
    ///   needs a connection that was tested.
    func begin(
        _ id: ConnectionID, ticket: String?, _ request: BrowserRequest, now: Timestamp
    ) async throws(ConnectorError) -> HTTPResponse {
        let ticket = try ticket.map { text throws(ConnectorError) in
            try OrganizationTicket(sealed: text, for: id, by: vault, now: now)
        }
        let intent = SignInIntent(
            license: id.license, connection: id.identityName, purpose: .organizations, caller: ticket?.caller)
        let start = try await vendor.beginForOrganizations(intent, id, request)
        return BrowserAnswer.redirect(to: start.location, cookie: start.cookie, requestID: request.caller.requestID)
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
