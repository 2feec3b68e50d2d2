internal import AuthService
internal import BridgeCore
internal import HTTPMessage
internal import WebConsole

/// A sign-in that was refused, with what there is to tell.
struct RefusedSignIn: Sendable {
    let reason: any ReasonedError
    let decisionID: String?
    let license: License?
    let facts: LoginFacts?
    /// The step at which it ended; `nil` where none was taken.
    let step: Check.Name?
    /// Path and query that begin it once more.
    let again: String?
    /// Who may show it in a frame besides the vendor's own pages.
    let frames: [WebOrigin]
    /// Whether it begins again when a page of the CRM is loaded again.
    let isReloaded: Bool

    init(
        _ reason: any ReasonedError, decisionID: String?, license: License? = nil, facts: LoginFacts? = nil,
        step: Check.Name? = nil, again: String? = nil, frames: [WebOrigin] = [], isReloaded: Bool = false
    ) {
        self.frames = frames
        self.isReloaded = isReloaded
        self.reason = reason
        self.decisionID = decisionID
        self.license = license
        self.facts = facts
        self.step = step
        self.again = again
    }
}

/// Answers refused sign-ins: a page for a browser, a problem document for anyone else, and a line in the log.
struct SignInAnswers: Sendable {
    let site: @Sendable () -> SignInSite
    let log: any Log

    /// The answer to `refusal`; never in the words of another system.
    func refuse(
        _ refusal: RefusedSignIn, _ request: BrowserRequest, _ vendor: any SignInVendor
    ) async -> HTTPResponse {
        let caller = request.caller
        log.writeRefusal(
            refusal.reason, requestID: caller.requestID, decisionID: refusal.decisionID, address: caller.address)
        var document = ProblemDocument(
            answering: refusal.reason, status: refusal.status, requestID: caller.requestID)
        document.leaveOutForeignWords(of: refusal.reason)
        document.decisionID = refusal.decisionID
        guard request.wantsPage else { return document.response }
        var page = RefusalPage(
            refusal.reason.code, topic: Topic(refusal), about: System(vendor.flow.kind), in: request.language)
        page.decisionID = refusal.decisionID
        page.requestID = caller.requestID
        page.retry = refusal.again
        var frames = [site().cobrowse] + refusal.frames
        if let license = refusal.license {
            frames += await vendor.frameOrigins(of: license).filter { !frames.contains($0) }
        }
        var response = BrowserAnswer.page(page, document.status, language: request.language, frames: frames)
        if let seconds = document.retryAfter {
            response.fields.append(.retryAfter, HTTPFieldValue(replacingIllegalIn: "\(seconds)"))
        }
        return response
    }
}

extension RefusedSignIn {
    /// A setting of the operator's is no fault of the request; `nil` for the status of the code.
    fileprivate var status: HTTPStatus? {
        reason.code == .configurationInvalid && !(reason is RequestRefusal) ? .serviceUnavailable : nil
    }
}

extension Topic {
    /// What the page is about: the code, and where more is known than that, more.
    fileprivate init(_ refusal: RefusedSignIn) {
        switch (refusal.reason.code, refusal.facts?.origin) {
        case (_, _) where refusal.reason is RequestRefusal: self = .linkBroken
        case (.tokenExpired, _) where refusal.isReloaded, (.stateInvalid, _) where refusal.isReloaded,
            (.codeInvalid, _) where refusal.isReloaded:
            self = .reloadNeeded
        case (.emailUnverified, .dynamics(let facts)?): self.init(facts.emailStatus)
        case (.emailUnverified, .salesforce(let facts)?): self.init(facts, refusal.facts?.email ?? "")
        // UserInfo says who somebody is: it was closed to the app, after Salesforce had let the person in.
        case (.signInBlocked, .salesforce?) where refusal.step == .user: self = .appLacksScope
        case (.userInactive, .salesforce(let facts)?) where facts.isFrozen == true: self = .userFrozen
        case (let code, _): self.init(code)
        }
    }
}

extension Topic {
    /// What an address of that status needs.
    private init(_ status: DynamicsFacts.EmailStatus?) {
        switch status {
        case .empty: self = .emailEmpty
        case .rejected: self = .emailRejected
        case .missing: self = .emailStatusMissing
        case .pending, .approved, nil: self = .emailPending
        }
    }
}

extension Topic {
    /// What an address needs that Salesforce does not vouch for.
    private init(_ facts: SalesforceFacts, _ email: String) {
        if facts.isInvalidated(email) {
            self = .emailOfSandbox
        } else if facts.emailVerified == false {
            self = .emailPending
        } else {
            self = .emailStatusMissing
        }
    }
}

extension System {
    init(_ kind: ConnectionID.Kind) {
        self =
            switch kind {
            case .dynamics: .dynamics
            case .salesforce: .salesforce
            }
    }
}
