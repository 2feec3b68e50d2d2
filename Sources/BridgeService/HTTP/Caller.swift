internal import HTTPServer

/// Who sent a request and what it is called, for work that takes longer than the request lives.
struct Caller: Sendable {
    let requestID: String
    /// The numeric address of the peer.
    let address: String

    init(_ request: borrowing HTTPRequestView) {
        requestID = request.id
        address = request.remoteAddress
    }
}
