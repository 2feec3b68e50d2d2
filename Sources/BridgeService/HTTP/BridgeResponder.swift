internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import HTTPMessage
internal import HTTPServer

/// Answers the requests of one loop: the routes, and what all of them share.
final class BridgeResponder: HTTPResponder {
    private let context: ServiceContext
    private let desk: LoginDesk

    init(_ context: ServiceContext) throws(CryptoError) {
        self.context = context
        desk = try LoginDesk(context.logins, cacheCapacity: context.cacheCapacity, render: LoginAnswer.body)
    }

    private typealias Step = LoginDesk.Step

    /// How far a login came without waiting.
    private enum Outcome {
        case step(Step)
        /// Refused; the decision about the token has to be written down.
        case refused(LoginRefusal, token: [UInt8])
    }

    func respond(to request: borrowing HTTPRequestView) -> HTTPReply {
        guard let route = Route(path: request.path) else {
            if let reply = context.administration.reply(to: request) { return reply }
            return .now(
                ProblemDocument(
                    status: .notFound, code: .notFound, detail: "there is nothing under this path",
                    requestID: request.id
                ).response)
        }
        guard route.allows(request.method) else {
            return .now(ProblemDocument.methodNotAllowed(route.allowedMethods, requestID: request.id))
        }
        switch route {
        case .verify: return verify(request)
        case .authorize: return authorize(request)
        case .exchange: return exchange(request)
        case .dynamicsAuth:
            return browse(request) { [signIns = context.signIns.dynamics] in await signIns.begin($0) }
        case .dynamicsCallback:
            return browse(request) { [signIns = context.signIns.dynamics] in await signIns.finish($0) }
        case .consentCallback:
            return browse(request) { [consent = context.signIns.consent] in await consent.finish($0) }
        case .salesforceAuth:
            return browse(request) { [signIns = context.signIns.salesforce] in await signIns.begin($0) }
        case .salesforceCallback:
            return browse(request) { [signIns = context.signIns.salesforce] in await signIns.finish($0) }
        case .salesforceCanvas:
            let form = request.body.copy
            return browse(request) { [canvas = context.signIns.canvas] in await canvas.open($0, form: form) }
        case .keySet: return .now(context.keySet)
        case .health: return .now(context.healthy)
        case .openAPI: return .now(ServiceContext.openAPI)
        case .readiness:
            let requestID = request.id
            return .later { [context] in await context.readiness(requestID: requestID) }
        case .metrics:
            let requestID = request.id
            return .later { [context] in await context.metrics(requestID: requestID) }
        }
    }
}

/// What belongs to browser sign-ins.
extension BridgeResponder {
    /// Has a browser's request answered once everybody was asked.
    private func browse(
        _ request: borrowing HTTPRequestView, _ answer: @escaping @Sendable (BrowserRequest) async -> HTTPResponse
    ) -> HTTPReply {
        let request = BrowserRequest(request, from: context.caller(request))
        return .later { await answer(request) }
    }

    /// `POST /api/1/sso/exchange`: the code is in the body.
    private func exchange(_ request: borrowing HTTPRequestView) -> HTTPReply {
        do throws(RequestRefusal) {
            let code = try TokenLocation.code(inBody: request.body)
            let caller = context.caller(request)
            return .later { [exchange = context.signIns.exchange] in await exchange.exchange(code, from: caller) }
        } catch {
            return .now(context.refuse(error, requestID: request.id))
        }
    }
}

extension BridgeResponder {
    /// `POST /api/1/sso/verify`: the token is in the body, or in the `Authorization` field of a request without one.
    private func verify(_ request: borrowing HTTPRequestView) -> HTTPReply {
        let now = context.clock.now
        let outcome: Outcome
        do throws(RequestRefusal) {
            outcome =
                request.body.count == 0
                ? try bearerStep(request, now: now)
                : try TokenLocation.withToken(inBody: request.body) { step($0, of: request, now: now) }
        } catch {
            return .now(context.refuse(error, requestID: request.id))
        }
        switch outcome {
        case .step(.admitted(let login)): return .now(LoginAnswer.verify(login))
        case .step(let step): return later(step, context.caller(request), now: now, LoginAnswer.verify)
        case .refused(let refusal, let token):
            return refuse(refusal, of: token, from: context.caller(request), now: now)
        }
    }

    /// `/api/1/sso/authorize[?role=administrator]`, for gateways that ask before they let a request through.
    ///
    /// The query of a path below it is that of the request the gateway asks about.
    private func authorize(_ request: borrowing HTTPRequestView) -> HTTPReply {
        let now = context.clock.now
        let requestID = request.id
        do throws(RequestRefusal) {
            let isExact = Route.isExact(request.path)
            let needed = isExact ? try RoleQuery.role(request) : nil
            let select: @Sendable (RenderedLogin) -> HTTPResponse = { [context] login in
                guard let needed, login.account.role < needed else {
                    return LoginAnswer.authorize(login, isExact: isExact)
                }
                return context.refuse(
                    RoleQuery.denial(needed), requestID: requestID, decisionID: login.decisionID)
            }
            switch try bearerStep(request, now: now) {
            case .step(.admitted(let login)): return .now(select(login))
            case .step(let step): return later(step, context.caller(request), now: now, select)
            case .refused(let refusal, let token):
                return refuse(refusal, of: token, from: context.caller(request), now: now)
            }
        } catch {
            return .now(context.refuse(error, requestID: request.id))
        }
    }

    private func bearerStep(
        _ request: borrowing HTTPRequestView, now: Timestamp
    ) throws(RequestRefusal) -> Outcome {
        guard request.count(of: "Authorization") < 2 else {
            throw RequestRefusal(
                .badRequest, .tokenMalformed, "the request has more than one Authorization field",
                hint: "send one token")
        }
        let outcome = request.withField("Authorization") { value in
            TokenLocation.bearer(value).map { step(value.extracting($0), of: request, now: now) }
        }
        guard let outcome, let outcome else {
            throw RequestRefusal(
                .unauthorized, .unauthenticated, "the request brings no token",
                hint: "send it as Authorization: Bearer <token>")
        }
        return outcome
    }

    private func step(
        _ token: Span<UInt8>, of request: borrowing HTTPRequestView, now: Timestamp
    ) -> Outcome {
        do throws(LoginRefusal) {
            return .step(try desk.check(token, requestID: { request.id }, now: now))
        } catch {
            return .refused(
                error,
                token: [UInt8](capacity: token.count) { copy in
                    for index in token.indices { copy.append(token[index]) }
                })
        }
    }

    /// Goes on with a login that needs the store.
    private func later(
        _ step: Step, _ caller: Caller, now: Timestamp,
        _ select: @escaping @Sendable (RenderedLogin) -> HTTPResponse
    ) -> HTTPReply {
        .later { [context] in
            do throws(LoginRefusal) {
                let admission: Admission<VerifiedToken>
                switch step {
                case .admitted(let login): return select(login)
                case .unloaded(let token):
                    admission = try await context.logins.admit(token, requestID: caller.requestID, now: now)
                case .unrecorded(let judged):
                    admission = try await context.logins.record(judged, requestID: caller.requestID, now: now)
                }
                context.log.warn(ofKept: admission, requestID: caller.requestID)
                return select(RenderedLogin(admission, body: LoginAnswer.body(admission)))
            } catch {
                return await context.refuse(error, of: step.token, from: caller, now: now)
            }
        }
    }

    /// Answers a refused login once its decision is written down.
    private func refuse(_ refusal: LoginRefusal, of token: [UInt8], from caller: Caller, now: Timestamp) -> HTTPReply {
        .later { [context] in await context.refuse(refusal, of: token, from: caller, now: now) }
    }
}
