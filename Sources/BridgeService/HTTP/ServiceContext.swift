internal import AuthService
internal import BridgeCore
internal import HTTPMessage
internal import HTTPServer

/// What the responders of all loops share.
struct ServiceContext: Sendable {
    let logins: LoginService
    let store: any Store
    let clock: any WallClock
    let log: any Log
    let cacheCapacity: Int
    /// The bridge's own public keys.
    let keys: PublishedKeys
    private let refusedLogins: RefusedLogins
    /// What lies below `/api/1/tenants`, and `/api/1/tokens`.
    let administration: Administration
    /// The settings that can change while the service runs.
    let live: LiveConfiguration
    /// What sends requests to other servers.
    let sender: any HTTPSender
    /// What speaks to Microsoft.
    let dynamics: DynamicsServices
    /// What speaks to Salesforce.
    let salesforce: SalesforceServices
    /// The requests of browser sign-ins.
    let signIns: SignInServices
    let syncs: ConnectionSyncs
    /// What syncs came to since the start.
    let syncFigures: SyncFigures
    private let metricsAnswer: MetricsAnswer
    /// The answer of `/healthz`.
    let healthy = HTTPResponse(.ok, contentType: "application/json", body: Array(#"{"status":"ok"}"#.utf8))

    init(
        logins: LoginService, store: any Store, clock: any WallClock, log: any Log, keys: PublishedKeys,
        chest: SigningKeyChest, sender: any HTTPSender, cacheCapacity: Int, live: LiveConfiguration
    ) {
        self.logins = logins
        self.store = store
        self.clock = clock
        self.log = log
        self.keys = keys
        self.cacheCapacity = cacheCapacity
        self.live = live
        self.sender = sender
        let refusedLogins = RefusedLogins(logins: logins, limiter: RefusalLimiter(), log: log)
        self.refusedLogins = refusedLogins
        let syncFigures = SyncFigures()
        self.syncFigures = syncFigures
        metricsAnswer = MetricsAnswer(store: store, syncs: syncFigures)
        let dynamics = DynamicsServices(store: store, vault: chest.keyring, sender: sender, clock: clock) {
            live.current.dynamics
        }
        self.dynamics = dynamics
        let salesforce = SalesforceServices(store: store, vault: chest.keyring, sender: sender, clock: clock) {
            live.current.salesforce
        }
        self.salesforce = salesforce
        syncs = ConnectionSyncs(
            store: store, sender: sender, clock: clock,
            vendors: [.dynamics: dynamics.syncVendor, .salesforce: salesforce.syncVendor],
            addresses: { live.current.addresses },
            applied: { [directory = logins.directory] effects in
                syncFigures.count(effects)
                directory.apply(effects)
            })
        // With the addresses that are let in at the moment.
        let mint: @Sendable () -> TokenMint = {
            TokenMint(store: store, addresses: live.current.addresses, privateKeys: chest)
        }
        let site: @Sendable () -> SignInSite = { SignInSite(live.current) }
        signIns = SignInServices(
            logins: logins, refused: refusedLogins, store: store, vault: chest.keyring, dynamics: dynamics,
            salesforce: salesforce, mint: mint, site: site, clock: clock, log: log)
        let services = AdministrationServices(
            store: store, directory: logins.directory, dynamics: dynamics, salesforce: salesforce,
            presented: PresentedLogins(logins: logins, refused: refusedLogins), site: site, mint: mint, log: log)
        administration = Administration(
            services,
            gatekeeper: Gatekeeper(
                tokens: APITokenGate(store), administrators: AdministratorLogins(logins), refused: refusedLogins),
            live: live, clock: clock, log: log)
    }

    /// The answer of `/openapi.json`.
    static let openAPI = HTTPResponse(.ok, contentType: "application/json", body: OpenAPIDocument.text)

    /// The answer of `/.well-known/jwks.json`.
    var keySet: HTTPResponse { keys.keySet }

    /// Whether logins can be answered: the store can be read.
    func readiness(requestID: String) async -> HTTPResponse {
        do throws(StoreError) {
            try await store.check()
            return HTTPResponse(.ok, contentType: "application/json", body: Array(#"{"status":"ready"}"#.utf8))
        } catch {
            log.write(.error, "not_ready", [("requestId", .text(requestID)), ("detail", .text(error.detail))])
            return ProblemDocument(
                status: .serviceUnavailable, code: .internal, detail: "the store cannot be read", requestID: requestID
            ).response
        }
    }

    /// The answer of `/metrics`.
    func metrics(requestID: String) async -> HTTPResponse {
        do throws(StoreError) {
            return try await metricsAnswer.response(now: clock.now)
        } catch {
            return refuse(error, requestID: requestID)
        }
    }

    /// The answer to a request that the server refused before it was read, and its log line.
    func refuse(_ refusal: Refusal) -> HTTPResponse {
        let requestID = Hex.encode((0..<8).map { _ in UInt8.random(in: .min ... .max) })
        if log.isEnabled(.info) {
            log.write(
                .info, "request_refused",
                [
                    ("requestId", .text(requestID)), ("status", .number(Int(refusal.status.rawValue))),
                    ("detail", .text(refusal.detail)),
                ])
        }
        return ProblemDocument(
            status: refusal.status, code: .of(refusal.status), detail: refusal.detail, requestID: requestID
        ).response
    }

    /// Who sent `request`, by the proxies that are trusted at the moment.
    func caller(_ request: borrowing HTTPRequestView) -> Caller {
        Caller(request, trusting: live.current.trustedProxies)
    }

    /// The answer to a refused login, and its log line: the cause, never the token.
    ///
    /// - Parameter address: where it came from, for a refusal that counts.
    func refuse(
        _ error: any ReasonedError, requestID: String, decisionID: String? = nil, address: String? = nil
    ) -> HTTPResponse {
        log.writeRefusal(error, requestID: requestID, decisionID: decisionID, address: address)
        var document = ProblemDocument(answering: error, requestID: requestID)
        if let decisionID { document.decisionID = decisionID }
        return document.response
    }

    /// The answer to a login that was judged and refused, once the decision is written down.
    ///
    /// After too many refusals of one address or license nothing is written, and the answer says how long to wait.
    func refuse(_ refusal: LoginRefusal, of token: [UInt8], from caller: Caller, now: Timestamp) async -> HTTPResponse {
        let (requestID, address) = (caller.requestID, caller.address)
        do throws(TooManyRefusals) {
            let id = try await refusedLogins.writeDown(refusal, of: token, from: caller, now: now)
            return refuse(refusal, requestID: requestID, decisionID: id, address: address)
        } catch {
            return refuse(error, requestID: requestID, address: address)
        }
    }
}
