internal import AuthService
internal import BridgeCore
internal import Connectors
internal import HTTPMessage

/// The end of every sign-in through a connection: decided, written down, and answered, whichever way it came.
struct SignInSettlement: Sendable {
    let vendor: any SignInVendor
    let logins: LoginService
    let refused: RefusedLogins
    let answers: SignInAnswers
    /// Hands tokens over, by the settings of the moment.
    let handOff: @Sendable () -> SignInHandOff
    /// Whether it begins again when a page of the CRM is loaded again, and not by a link.
    var isReloaded = false

    /// Decides, writes down, and gives whoever was let in the answer of `answer`.
    ///
    /// - Parameters:
    ///   - again: path and query of the same sign-in from its beginning; `nil` where no link begins it.
    ///   - frames: the origins that may show a refusal in a frame besides the vendor's.
    func settle(
        _ login: LiveLogin, of tenant: TenantState, again: String?, frames: [WebOrigin] = [],
        _ request: BrowserRequest, now: Timestamp, answer: (Admission<LiveLogin>) async throws -> HTTPResponse
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
                    step: login.steps.last { $0.outcome == .failed }?.name, again: again, frames: frames,
                    isReloaded: isReloaded)
                return await answers.refuse(refusal, request, vendor)
            } catch {
                return await refuse(error, frames: frames, request, now: now)
            }
        } catch {
            return await refuse(error, frames: frames, request, now: now)
        }
    }

    /// Where whoever was let in goes, with code or token as the tenant has it handed over.
    func location(
        of admission: Admission<LiveLogin>, in tenant: TenantState, at target: RequestURL?, now: Timestamp
    ) async throws -> RequestURL {
        let signIn = FinishedSignIn(admission)
        let field: (name: String, value: String)
        switch tenant.handOff {
        case .code: field = ("code", try await handOff().keep(signIn, at: now).text)
        case .token: field = ("token", try await handOff().token(of: signIn, at: now).minted.token)
        }
        guard let location = target?.adding([field]) else { throw ConnectorError.nowhere }
        return location
    }

    /// Answers where nothing was decided. What somebody outside did wrong counts for the limit.
    func refuse(
        _ error: any Error, frames: [WebOrigin] = [], _ request: BrowserRequest, now: Timestamp
    ) async -> HTTPResponse {
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
        return await answers.refuse(
            RefusedSignIn(reason, decisionID: id, frames: frames, isReloaded: isReloaded), request, vendor)
    }
}

extension ConnectorError {
    /// A sign-in ended well that was never going anywhere.
    static var nowhere: ConnectorError { ConnectorError(.internal, "the sign-in has nowhere to return to") }
}
