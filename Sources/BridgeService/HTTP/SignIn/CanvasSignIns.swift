internal import AuthService
internal import BridgeCore
internal import Connectors
internal import HTTPMessage

/// `POST /api/1/salesforce/canvas`: a page of Salesforce opens Cobrowse in a frame, and says who looks at it.
struct CanvasSignIns: Sendable {
    let vendor: SalesforceSignIns
    let settlement: SignInSettlement
    let store: any OneTimeStore
    let clock: any WallClock

    /// Signs in whoever looks at the page, and shows Cobrowse, or says why not.
    ///
    /// - Parameter form: the body of the request.
    func open(_ request: BrowserRequest, form: [UInt8]) async -> HTTPResponse {
        let now = clock.now
        do {
            try settlement.refused.check(request.caller, now: now)
            let query = try SignInQuery(request.query, known: BrowserSignIns.parameters)
            let tenant = try await settlement.tenant(query.license)
            return await open(form, query, tenant, request, now: now)
        } catch {
            return await settlement.refuse(error, request, now: now)
        }
    }

    private func open(
        _ form: [UInt8], _ query: SignInQuery, _ tenant: TenantState, _ request: BrowserRequest, now: Timestamp
    ) async -> HTTPResponse {
        var frames: [WebOrigin] = []
        var known: LoginFacts?
        do throws(SignInEnd) {
            let target = try settlement.target(query.redirectTo, of: tenant)
            let app = try await app(query, tenant)
            let signed = try app.verified(form)
            frames = signed.frameOrigins(hosts: app.hosts)
            known = app.facts(signed)
            try await use(signed, of: tenant, now: now)
            let session = try app.session(signed)
            let passed = CanvasCheck.passed(signed.application, query)
            let login = await login(session, app, passed, tenant, now: now)
            return await settlement.settle(login, of: tenant, again: nil, frames: frames, request, now: now) {
                [frames] admission in
                let location = try await settlement.location(of: admission, in: tenant, at: target.url, now: now)
                return BrowserAnswer.embedding(
                    location, language: request.language, frames: frames, decisionID: admission.decisionID,
                    requestID: request.caller.requestID)
            }
        } catch {
            guard error.isDecision else {
                return await settlement.refuse(error.error, frames: frames, request, now: now)
            }
            let login = LiveLogin(
                endedBy: AccessDenial(error.error), at: error.step, knowing: known, source: .canvas, at: now)
            return await settlement.settle(login, of: tenant, again: nil, frames: frames, request, now: now) {
                _ throws(ConnectorError) in throw .nowhere
            }
        }
    }

    private func app(_ query: SignInQuery, _ tenant: TenantState) async throws(SignInEnd) -> CanvasApp {
        do throws(ConnectorError) {
            let connection = try await vendor.flow.connection(
                try vendor.flow.id(named: query.connection, of: tenant.license))
            return try CanvasApp(connection, services: vendor.services)
        } catch {
            throw SignInEnd(error, at: .connection)
        }
    }

    /// Uses up what the canvas was opened with; of any number that bring it one gets further, also at other instances.
    private func use(_ signed: SignedRequest, of tenant: TenantState, now: Timestamp) async throws(SignInEnd) {
        do throws(ConnectorError) {
            try signed.checkAge(now: now)
            try await keep(signed, of: tenant, now: now)
        } catch {
            throw SignInEnd(error, at: .signedRequest)
        }
    }

    private func keep(_ signed: SignedRequest, of tenant: TenantState, now: Timestamp) async throws(ConnectorError) {
        let record = OneTimeRecord(
            id: signed.id, kind: .canvas, license: tenant.license,
            source: "\(signed.organizationID.value) \(signed.userID.value)", content: [],
            expiresAt: signed.issuedAt.adding(seconds: SignedRequest.lifetime))
        do throws(StoreError) {
            try await store.keep(record, at: now)
        } catch {
            guard error.code == .conflict else { throw ConnectorError(stored: error) }
            throw ConnectorError(
                .stateInvalid, "this signed_request was used before", hint: "reload the page in Salesforce",
                fixedBy: .agent)
        }
    }

    /// What the org says of the person, and what that is worth.
    private func login(
        _ session: SalesforceSession, _ app: CanvasApp, _ passed: Check, _ tenant: TenantState, now: Timestamp
    ) async -> LiveLogin {
        let judgement = await vendor.services.judge.judge(session, through: app.connection, by: tenant.access, now: now)
        let known = SalesforceSignIns.facts(session.identity, app.connection.id.name)
        return LiveLogin(
            decided: judgement.outcome, by: judgement.facts ?? known, source: .canvas,
            steps: [passed] + judgement.trace.checks, at: now)
    }
}

/// The app behind a canvas: what its requests are signed with, and where its tokens may go.
private struct CanvasApp {
    let connection: Connection
    let hosts: SalesforceHosts
    private let settings: SalesforceSettings
    private let secret: Secret

    /// - Throws: `credentials_rejected` for a connection without a consumer secret; as `SalesforceClients.application`.
    init(_ connection: Connection, services: SalesforceServices) throws(ConnectorError) {
        let setup = services.setup()
        guard let secret = try services.clients.application(of: connection, setup: setup).secret else {
            throw ConnectorError(
                .credentialsRejected,
                "the \(connection.id) has no consumer secret, with which Salesforce signs what opens a canvas",
                hint: "save the connection with the Consumer Secret of the canvas app too",
                fixedBy: .tenantAdministrator)
        }
        settings = try connection.requireSalesforce()
        self.connection = connection
        self.secret = secret
        hosts = setup.hosts
    }

    /// Who has opened it, which is proven, and nothing more; nothing for somebody of another org, of whom this connection
    /// has nothing to say.
    func facts(_ signed: SignedRequest) -> LoginFacts? {
        guard signed.organizationID == settings.organizationID else { return nil }
        return SalesforceSignIns.facts(signed.identity, connection.id.name)
    }

    func verified(_ form: [UInt8]) throws(SignInEnd) -> SignedRequest {
        do throws(ConnectorError) {
            return try UnverifiedSignedRequest(form: form).verified(by: secret)
        } catch {
            throw SignInEnd(error, at: .signedRequest)
        }
    }

    func session(_ signed: SignedRequest) throws(SignInEnd) -> SalesforceSession {
        do throws(ConnectorError) {
            return try signed.session(
                ofOrganization: settings.organizationID, application: settings.canvasApplicationID, hosts: hosts)
        } catch {
            throw SignInEnd(error, at: .signedRequest)
        }
    }
}
