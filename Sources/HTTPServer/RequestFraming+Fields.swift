import HTTPMessage

// Fields (RFC 9112 §5) and what they say about the body (§6).
extension RequestFraming {
    mutating func parseField(_ line: Span<UInt8>) throws(Refusal) {
        let colon = try Self.endOfName(line)
        try Self.checkValue(line, from: colon + 1)
        head.fieldCount += 1
        guard head.fieldCount <= limits.fields else {
            throw Refusal(.fieldsTooLarge, "there are over \(limits.fields) header fields")
        }
        let name = line.extracting(..<colon)
        let value = Self.trim(line.extracting((colon + 1)...))
        switch name.count {
        case 4 where Self.matches(name, "host"): try takeHost(value)
        case 6 where Self.matches(name, "expect"):
            try takeExpectation(value)
            if Self.index(of: 0x09, in: line) != nil { head.hasTabInExpect = true }
        case 10 where Self.matches(name, "connection"): takeConnection(value)
        case 14 where Self.matches(name, "content-length"): try takeContentLength(value)
        case 17 where Self.matches(name, "transfer-encoding"): try takeTransferEncoding(value)
        default: break
        }
    }

    /// Trailers have to be well formed and are then dropped.
    func parseTrailer(_ line: Span<UInt8>) throws(Refusal) {
        let colon = try Self.endOfName(line)
        try Self.checkValue(line, from: colon + 1)
    }

    mutating func finishHead() throws(Refusal) {
        head.length = lineBytes
        guard head.hostCount == 1 || head.minorVersion == 0 else { throw .malformed("there is no Host field") }
        if head.isChunked || head.contentLength ?? 0 > 0 {
            // evhttp would take the body for the next request.
            guard head.method != .head else { throw .malformed("a HEAD request has a body") }
        } else {
            head.expectsContinue = false
        }
        if head.isChunked {
            guard head.contentLength == nil else { throw .malformed("Content-Length with Transfer-Encoding") }
            guard head.minorVersion == 1 else { throw .malformed("Transfer-Encoding in HTTP/1.0") }
            phase = .chunkLine
        } else if let length = head.contentLength, length > 0 {
            phase = .fixedBody(remaining: length)
        } else {
            phase = .complete
        }
    }

    private mutating func takeHost(_ value: Span<UInt8>) throws(Refusal) {
        head.hostCount += 1
        guard head.hostCount == 1 else { throw .malformed("there are two Host fields") }
        for index in value.indices where !RequestTarget.isAuthority(value[index]) {
            throw .malformed("the Host field is not a host and a port")
        }
    }

    private mutating func takeContentLength(_ value: Span<UInt8>) throws(Refusal) {
        guard head.contentLength == nil else { throw .malformed("there are two Content-Length fields") }
        guard !value.isEmpty else { throw .malformed("Content-Length is not a number") }
        var length = 0
        for index in value.indices {
            guard Self.isDigit(value[index]) else { throw .malformed("Content-Length is not a number") }
            // Beyond the limit the exact number does not matter, and it must not overflow.
            length = min(length * 10 + Int(value[index] - UInt8(ascii: "0")), limits.body + 1)
        }
        guard length <= limits.body else { throw bodyTooLarge }
        head.contentLength = length
    }

    private mutating func takeTransferEncoding(_ value: Span<UInt8>) throws(Refusal) {
        guard !head.isChunked, Self.matches(value, "chunked") else {
            throw .malformed("Transfer-Encoding is not exactly chunked")
        }
        head.isChunked = true
    }

    private mutating func takeExpectation(_ value: Span<UInt8>) throws(Refusal) {
        guard head.minorVersion == 1 else { return }  // RFC 9110 §10.1.1
        guard Self.matches(value, "100-continue") else {
            throw Refusal(.expectationFailed, "the only expectation that is met is 100-continue")
        }
        head.expectsContinue = true
    }

    private mutating func takeConnection(_ value: Span<UInt8>) {
        var rest = value
        while !rest.isEmpty {
            let comma = Self.index(of: UInt8(ascii: ","), in: rest) ?? rest.count
            if Self.matches(Self.trim(rest.extracting(..<comma)), "close") { head.closes = true }
            rest = comma < rest.count ? rest.extracting((comma + 1)...) : rest.extracting(rest.count...)
        }
    }

    var bodyTooLarge: Refusal { Refusal(.contentTooLarge, "the body is over \(limits.body) bytes") }
}
