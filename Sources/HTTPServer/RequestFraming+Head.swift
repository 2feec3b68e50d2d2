import HTTPMessage

// The request line (RFC 9112 §3).
extension RequestFraming {
    mutating func parseRequestLine(_ line: Span<UInt8>) throws(Refusal) {
        guard let firstSpace = Self.index(of: UInt8(ascii: " "), in: line), firstSpace > 0 else {
            throw .malformed("the request line is not method, target and version")
        }
        let method = try Self.method(line.extracting(..<firstSpace))
        let afterMethod = line.extracting((firstSpace + 1)...)
        guard let secondSpace = Self.index(of: UInt8(ascii: " "), in: afterMethod), secondSpace > 0 else {
            throw .malformed("the request line is not method, target and version")
        }
        let target = afterMethod.extracting(..<secondSpace)
        try Self.checkCharacters(ofTarget: target)
        head.minorVersion = try Self.minorVersion(afterMethod.extracting((secondSpace + 1)...))
        try checkForm(ofTarget: target, method: method)
        // Last, so that a malformed line is 400 whatever its method.
        guard let method else { throw Refusal(.notImplemented, "the method is not served here") }
        head.method = method
    }

    /// The method, `nil` for a token that names none of ours.
    private static func method(_ text: Span<UInt8>) throws(Refusal) -> HTTPMethod? {
        for index in text.indices where !HTTPToken.contains(text[index]) {
            throw .malformed("the method is not a token")
        }
        return switch text.count {
        case 3: equals(text, "GET") ? .get : equals(text, "PUT") ? .put : nil
        case 4: equals(text, "POST") ? .post : equals(text, "HEAD") ? .head : nil
        case 5: equals(text, "PATCH") ? .patch : nil
        case 6: equals(text, "DELETE") ? .delete : nil
        case 7: equals(text, "OPTIONS") ? .options : nil
        default: nil
        }
    }

    private static func minorVersion(_ text: Span<UInt8>) throws(Refusal) -> Int {
        guard text.count == 8, equals(text.extracting(..<5), "HTTP/"), text[6] == UInt8(ascii: "."),
            isDigit(text[5]), isDigit(text[7])
        else { throw .malformed("the request line does not end in HTTP/1.0 or HTTP/1.1") }
        guard text[5] == UInt8(ascii: "1"), text[7] <= UInt8(ascii: "1") else {
            throw Refusal(.versionNotSupported, "only HTTP/1.0 and HTTP/1.1 are served here")
        }
        return Int(text[7] - UInt8(ascii: "0"))
    }

    private static func checkCharacters(ofTarget target: Span<UInt8>) throws(Refusal) {
        for index in target.indices {
            let byte = target[index]
            guard byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "#") else {
                throw .malformed("the request target holds a character that has to be percent-encoded")
            }
        }
    }

    /// Origin form, absolute form of http and https, and `*` for OPTIONS.
    private mutating func checkForm(ofTarget target: Span<UInt8>, method: HTTPMethod?) throws(Refusal) {
        if target[0] == UInt8(ascii: "/") {
            // evhttp, and browsers that are sent there, would take what follows for a host.
            guard target.count == 1 || target[1] != UInt8(ascii: "/") else {
                throw .malformed("the request target begins with two slashes")
            }
        } else if target[0] == UInt8(ascii: "*") {
            guard target.count == 1, method == .options else { throw .malformed("the request target is no path") }
        } else {
            guard RequestTarget.originStart(ofAbsolute: target) != nil else {
                throw .malformed("the request target is no path")
            }
            head.isAbsolute = true
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}

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
        case 6 where Self.matches(name, "expect"): try takeExpectation(value)
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

// Characters.
extension RequestFraming {
    /// The index of the colon after a name that is a token.
    private static func endOfName(_ line: Span<UInt8>) throws(Refusal) -> Int {
        var index = 0
        while index < line.count, HTTPToken.contains(line[index]) { index += 1 }
        guard index > 0, index < line.count, line[index] == UInt8(ascii: ":") else {
            throw .malformed("a header field has no name, or a name that is not a token")
        }
        return index
    }

    private static func checkValue(_ line: Span<UInt8>, from start: Int) throws(Refusal) {
        var index = start
        while index < line.count {
            let byte = line[index]
            guard byte >= 0x20 && byte != 0x7F || byte == 0x09 else {
                throw .malformed("a header field holds a control character")
            }
            index += 1
        }
    }

    @_lifetime(copy text)
    static func trim(_ text: Span<UInt8>) -> Span<UInt8> {
        var start = 0
        var end = text.count
        while start < end, text[start] == 0x20 || text[start] == 0x09 { start += 1 }
        while end > start, text[end - 1] == 0x20 || text[end - 1] == 0x09 { end -= 1 }
        return text.extracting(start..<end)
    }

    static func index(of byte: UInt8, in text: Span<UInt8>) -> Int? {
        for index in text.indices where text[index] == byte { return index }
        return nil
    }

    /// Whether `text` is exactly `other`.
    static func equals(_ text: Span<UInt8>, _ other: StaticString) -> Bool {
        guard text.count == other.utf8CodeUnitCount else { return false }
        for index in text.indices where text[index] != other.utf8Start[index] { return false }
        return true
    }

    /// Whether `text` is `other`, which is in lower case, in any case.
    static func matches(_ text: Span<UInt8>, _ other: StaticString) -> Bool {
        guard text.count == other.utf8CodeUnitCount else { return false }
        for index in text.indices where HTTPToken.lowercase(text[index]) != other.utf8Start[index] { return false }
        return true
    }
}
