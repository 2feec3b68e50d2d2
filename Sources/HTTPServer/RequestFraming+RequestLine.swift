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
}
