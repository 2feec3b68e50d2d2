internal import AuthService
internal import BridgeCore
internal import HTTPMessage

/// A refused login with the decision that is written down about it.
struct DecidedRefusal: ReasonedError {
    let code: ReasonCode
    let detail: String
    let hint: String?
    let decisionID: String?
    /// In the place of the code's own.
    let status: HTTPStatus?

    init(_ refusal: LoginRefusal, decisionID: String?, status: HTTPStatus? = nil) {
        (code, detail, hint) = (refusal.code, refusal.detail, refusal.hint)
        self.decisionID = decisionID
        self.status = status
    }
}

/// Too many refusals of one address or one license: how long to wait.
struct TooManyRefusals: ReasonedError {
    let code = ReasonCode.rateLimited
    let detail = "too many requests from this address, or for this license, were refused"
    /// Seconds, 1 at least.
    let retryAfter: Int

    var hint: String? { "wait \(retryAfter) s before the next attempt; logins that are in order are not held up" }
}
