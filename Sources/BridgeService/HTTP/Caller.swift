internal import AuthService
internal import HTTPServer

/// Who sent a request and what it is called, for work that takes longer than the request lives.
struct Caller: Sendable {
    let requestID: String
    /// The numeric address that the request comes from: the peer's, or the one that a trusted proxy names.
    let address: String

    init(_ request: borrowing HTTPRequestView, trusting proxies: TrustedProxies) {
        requestID = request.id
        let peer = request.remoteAddress
        address =
            proxies.isEmpty
            ? peer : proxies.source(peer: peer, forwardedFor: request.values(of: "X-Forwarded-For"))
    }
}
