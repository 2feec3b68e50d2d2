internal import AuthService
internal import BridgeCore
internal import Connectors
internal import HTTPMessage
internal import WebConsole

/// `GET /api/1/dynamics/consent/callback`: an administrator of an Entra tenant comes back from the consent page.
struct ConsentReturn: Sendable {
    let consent: DynamicsConsent
    let vendor: any SignInVendor
    let refused: RefusedLogins
    let answers: SignInAnswers
    let clock: any WallClock

    /// Answers with a page for whoever consented, who may be nobody of the tenant's.
    func finish(_ request: BrowserRequest) async -> HTTPResponse {
        let now = clock.now
        var reason: any ReasonedError
        do {
            try refused.check(request.caller, now: now)
            let stamp = AuditStamp(Actor("consent", requestID: request.caller.requestID), at: now)
            return given(try await consent.finish(query: request.query, stamp: stamp), request)
        } catch {
            reason = error as? any ReasonedError ?? StoreError(.internal, "unexpected error")
        }
        if ![ReasonCode.internal, .rateLimited].contains(reason.code) {
            do throws(TooManyRefusals) {
                try refused.count(request.caller, license: nil, now: now)
            } catch {
                reason = error
            }
        }
        return await answers.refuse(RefusedSignIn(reason, decisionID: nil), request, vendor)
    }

    private func given(_ connection: Connection, _ request: BrowserRequest) -> HTTPResponse {
        guard request.wantsPage else {
            var writer = JSONWriter()
            writer.object { writer in
                writer.member("consent", "granted")
                writer.member("connection", connection.id.name.value)
            }
            return BrowserAnswer.json(writer.bytes, requestID: request.caller.requestID)
        }
        var page = RefusalPage(Topic.consentGiven, in: request.language)
        page.requestID = request.caller.requestID
        return BrowserAnswer.page(page, .ok, language: request.language, frames: [])
    }
}
