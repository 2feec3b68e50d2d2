package import HTTPMessage

/// What the framing of a connection learns from the head of a request.
package struct RequestHead: Sendable, Equatable {
    /// The method, once the request line is there.
    package var method: HTTPMethod?
    /// Whether the target is `http://...` instead of a path.
    package var isAbsolute = false
    /// The second number of `HTTP/1.x`.
    package var minorVersion = 1
    /// The bytes of request line, fields and the empty line after them.
    package var length = 0
    /// The value of `Content-Length`.
    package var contentLength: Int?
    /// Whether the body is chunked.
    package var isChunked = false
    /// Whether the client waits for `100 Continue` before it sends the body.
    package var expectsContinue = false
    /// Whether a tab stands in the value of `Expect`, which evhttp would not know as `100-continue` then.
    package var hasTabInExpect = false
    /// Whether the client said that this is its last request.
    package var closes = false

    var fieldCount = 0
    var hostCount = 0
}
