package import HTTPMessage

/// Answers the requests of one loop.
///
/// One is made for each loop and used on that loop's thread alone, so it may keep state without a lock.
package protocol HTTPResponder: AnyObject {
    /// Answers `request`, which is valid during the call only; the body is there in full.
    func respond(to request: borrowing HTTPRequestView) -> HTTPReply
}

/// An answer, or work that comes to one.
package enum HTTPReply {
    case now(HTTPResponse)
    /// Runs as a task that prefers the loop as its executor. The connection waits; requests of others do not.
    case later(@Sendable () async -> HTTPResponse)
}
