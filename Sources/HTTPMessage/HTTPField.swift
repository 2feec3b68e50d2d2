/// One header field. Its name and value are legal by their types, so that no response can be split by one.
package struct HTTPField: Sendable, Hashable {
    package let name: HTTPFieldName
    package let value: HTTPFieldValue

    package init(_ name: HTTPFieldName, _ value: HTTPFieldValue) {
        self.name = name
        self.value = value
    }
}

/// The name of a header field: a token of RFC 9110 §5.6.2, compared without regard to case.
package struct HTTPFieldName: Sendable, Hashable {
    /// The name as it is written into a response.
    package let text: String

    /// `nil` unless `text` is a token.
    package init?(_ text: String) {
        guard !text.isEmpty, text.utf8.allSatisfy(HTTPToken.contains) else { return nil }
        self.text = text
    }

    fileprivate init(unchecked text: String) { self.text = text }

    package static func == (left: Self, right: Self) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8) { HTTPToken.lowercase($0) == HTTPToken.lowercase($1) }
    }

    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(HTTPToken.lowercase(byte)) }
    }
}

extension HTTPFieldName {
    package static var accept: Self { Self(unchecked: "Accept") }
    package static var allow: Self { Self(unchecked: "Allow") }
    package static var cacheControl: Self { Self(unchecked: "Cache-Control") }
    package static var cobrowseAccount: Self { Self(unchecked: "X-Cobrowse-Account") }
    package static var cobrowseEmail: Self { Self(unchecked: "X-Cobrowse-Email") }
    package static var cobrowseLicense: Self { Self(unchecked: "X-Cobrowse-License") }
    package static var cobrowseRole: Self { Self(unchecked: "X-Cobrowse-Role") }
    package static var connection: Self { Self(unchecked: "Connection") }
    package static var consistency: Self { Self(unchecked: "Consistency") }
    package static var contentLength: Self { Self(unchecked: "Content-Length") }
    package static var contentType: Self { Self(unchecked: "Content-Type") }
    package static var date: Self { Self(unchecked: "Date") }
    package static var eTag: Self { Self(unchecked: "ETag") }
    package static var location: Self { Self(unchecked: "Location") }
    package static var oDataMaxVersion: Self { Self(unchecked: "OData-MaxVersion") }
    package static var oDataVersion: Self { Self(unchecked: "OData-Version") }
    package static var prefer: Self { Self(unchecked: "Prefer") }
    package static var retryAfter: Self { Self(unchecked: "Retry-After") }
    package static var setCookie: Self { Self(unchecked: "Set-Cookie") }
    package static var transferEncoding: Self { Self(unchecked: "Transfer-Encoding") }
    package static var wwwAuthenticate: Self { Self(unchecked: "WWW-Authenticate") }
    package static var xDecisionID: Self { Self(unchecked: "X-Decision-Id") }
    package static var xRequestID: Self { Self(unchecked: "X-Request-Id") }
}

/// The value of a header field: visible characters, spaces and UTF-8; never CR, LF, NUL or another control character.
package struct HTTPFieldValue: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The value as it is written into a response.
    package let text: String

    /// `nil` when `text` holds a control character.
    package init?(_ text: String) {
        guard text.utf8.allSatisfy(Self.isLegal) else { return nil }
        self.text = text
    }

    /// A value written in code; a control character in it becomes a space.
    package init(stringLiteral text: String) {
        self.init(replacingIllegalIn: text)
    }

    /// Keeps `text` but for control characters, which become spaces.
    package init(replacingIllegalIn text: String) {
        if text.utf8.allSatisfy(Self.isLegal) {
            self.text = text
        } else {
            self.text = String(decoding: text.utf8.map { Self.isLegal($0) ? $0 : UInt8(ascii: " ") }, as: UTF8.self)
        }
    }

    private static func isLegal(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7F }
}
