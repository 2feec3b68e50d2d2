/// Sends requests to other servers; connectors know this and nothing of sockets, TLS or the library beneath.
package protocol HTTPSender: Sendable {
    /// Sends `request` and waits for the whole response; a redirect is a response like any other.
    ///
    /// When the task is cancelled, the transfer ends.
    /// - Throws: a `SendError` where there is no whole response within the request's limits, and for a 429 whose
    ///   `Retry-After` is beyond them.
    func send(_ request: OutgoingRequest) async throws(SendError) -> IncomingResponse
}
