internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import HTTPMessage
internal import HTTPServer

/// What the responders of all loops share.
struct ServiceContext: Sendable {
    let logins: LoginService
    let store: any Store
    let clock: any WallClock
    let log: any Log
    let cacheCapacity: Int
    /// The settings that can change while the service runs.
    let live: LiveConfiguration
    /// The answer of `/.well-known/jwks.json`.
    let keySet: HTTPResponse
    /// The answer of `/healthz`.
    let healthy = HTTPResponse(.ok, contentType: "application/json", body: Array(#"{"status":"ok"}"#.utf8))

    init(
        logins: LoginService, store: any Store, clock: any WallClock, log: any Log, keys: [RSAPublicKey],
        cacheCapacity: Int, live: LiveConfiguration
    ) {
        self.logins = logins
        self.store = store
        self.clock = clock
        self.log = log
        self.cacheCapacity = cacheCapacity
        self.live = live
        var keySet = HTTPResponse(
            .ok, contentType: "application/jwk-set+json",
            body: JSONWebKeySet(keys.map { JSONWebKey($0, keyID: nil) }).json)
        keySet.fields.append(.cacheControl, "public, max-age=300")
        self.keySet = keySet
    }

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

    /// The answer to a refused login, and its log line: the cause, never the token.
    func refuse(_ error: any ReasonedError, status: HTTPStatus? = nil, requestID: String) -> HTTPResponse {
        let level: LogLevel = error.code == .internal ? .error : .info
        if log.isEnabled(level) {
            log.write(
                level, "login_refused",
                [
                    ("requestId", .text(requestID)), ("code", .text(error.code.rawValue)),
                    ("detail", .text(error.detail)),
                ])
        }
        return ProblemDocument(error, status: status, requestID: requestID).response
    }
}
