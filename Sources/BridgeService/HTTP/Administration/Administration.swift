internal import AuthService
internal import BridgeCore
internal import Connectors
internal import HTTPMessage
internal import HTTPServer

/// Answers what lies below `/api/1/tenants`, and `/api/1/tokens`: the one place that lets callers in, reads what they
/// sent, runs the operation and says what went wrong.
struct Administration: Sendable {
    private let services: AdministrationServices
    private let gatekeeper: Gatekeeper
    private let live: LiveConfiguration
    private let clock: any WallClock
    private let log: any Log
    private let table = OperationTable.all

    init(
        _ services: AdministrationServices, gatekeeper: Gatekeeper, live: LiveConfiguration, clock: any WallClock,
        log: any Log
    ) {
        self.services = services
        self.gatekeeper = gatekeeper
        self.live = live
        self.clock = clock
        self.log = log
    }

    /// The reply to a request; `nil` where the path is none of the administration's.
    func reply(to request: borrowing HTTPRequestView) -> HTTPReply? {
        let path = String(decoding: request.path.copy, as: UTF8.self)
        guard let match = table.find(request.method, path) else { return nil }
        switch match {
        case .otherMethods(let methods):
            let allowed = methods.map(\.rawValue).joined(separator: ", ")
            return .now(ProblemDocument.methodNotAllowed(allowed, requestID: request.id))
        case .operation(let operation, let parameters):
            let caller = Caller(request, trusting: live.current.trustedProxies)
            let request = AdministrationRequest(request, from: caller)
            return .later { await answer(operation, parameters, request) }
        }
    }

    private func answer(
        _ operation: Operation, _ parameters: [String: String], _ request: AdministrationRequest
    ) async -> HTTPResponse {
        do {
            let call = try await call(operation.spec, parameters, request)
            return try await operation.run(call).response(requestID: request.id)
        } catch {
            return refuse(error, operation.spec, request)
        }
    }

    /// Who may not call learns nothing else: everything is looked at after that.
    private func call(
        _ spec: OperationSpec, _ parameters: [String: String], _ request: AdministrationRequest
    ) async throws -> AdministrationCall {
        let now = clock.now
        var parameters = parameters
        if spec.need == .queriedTenant { parameters["license"] = QueryValues.license(in: request.query) }
        let access = try await gatekeeper.access(request, for: spec.need, parameters: parameters, now: now)
        return AdministrationCall(
            services: services, access: access, caller: request.caller, now: now, parameters: parameters,
            query: try QueryValues(request.query, known: spec.query),
            content: try RequestContent(request, as: spec.body),
            condition: spec.isConditional ? try request.ifMatch.map(VersionCondition.init) : nil)
    }

    private func refuse(_ error: any Error, _ spec: OperationSpec, _ request: AdministrationRequest) -> HTTPResponse {
        let reason = error as? any ReasonedError ?? StoreError(.internal, "unexpected error")
        let level: LogLevel = reason.code == .internal ? .error : .info
        if log.isEnabled(level) {
            log.write(
                level, "administration_refused",
                [
                    ("requestId", .text(request.id)), ("operation", .text(spec.id)),
                    ("code", .text(reason.code.rawValue)), ("detail", .text(reason.detail)),
                    ("address", .text(request.caller.address)),
                ])
        }
        return ProblemDocument(answering: reason, requestID: request.id).response
    }
}

extension ProblemDocument {
    /// A refusal with all that its kind has to say besides code and texts.
    ///
    /// - Parameter status: in the place of the code's own.
    init(answering error: any ReasonedError, status: HTTPStatus? = nil, requestID: String) {
        let own = (error as? RequestRefusal)?.status ?? (error as? DecidedRefusal)?.status
        self.init(error, status: status ?? own, requestID: requestID)
        switch error {
        case let error as DecidedRefusal: decisionID = error.decisionID
        case let error as TooManyRefusals: retryAfter = error.retryAfter
        case let error as ConnectorError: retryAfter = error.retryAfter.map { Int(clamping: $0) }
        case let error as FailedRuleTests: failedRuleTests = error.failures
        default: break
        }
    }

    /// The answer to a method that a path does not take.
    ///
    /// - Parameter allowed: those it takes, for the `Allow` field.
    static func methodNotAllowed(_ allowed: String, requestID: String) -> HTTPResponse {
        let document = ProblemDocument(
            status: .methodNotAllowed, code: .notFound, detail: "this path answers \(allowed) only",
            requestID: requestID)
        var response = document.response
        response.fields.append(.allow, HTTPFieldValue(replacingIllegalIn: allowed))
        return response
    }
}
