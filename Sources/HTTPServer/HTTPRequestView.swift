internal import CEvent
import Glibc
package import HTTPMessage

/// A request that is being answered; spans borrow from it, everything else is made when asked for.
package struct HTTPRequestView: ~Copyable {
    private let request: OpaquePointer  // evhttp_request, borrowed from evhttp
    private let connection: Connection

    init(_ request: OpaquePointer, of connection: Connection, method: HTTPMethod) {
        self.request = request
        self.connection = connection
        self.method = method
    }

    package let method: HTTPMethod

    /// Whether it came over TLS.
    package var isSecure: Bool { connection.isSecure }

    /// The path as it was sent, percent-encoded; `*` in `OPTIONS *`.
    package var path: Span<UInt8> {
        @_lifetime(borrow self)
        get {
            let target = originTarget
            let end = RequestFraming.index(of: UInt8(ascii: "?"), in: target) ?? target.count
            return _overrideLifetime(target.extracting(..<end), borrowing: self)
        }
    }

    /// What follows the first `?` of the target, as it was sent; `nil` without one.
    package var query: Span<UInt8>? {
        @_lifetime(borrow self)
        get {
            let target = originTarget
            guard let mark = RequestFraming.index(of: UInt8(ascii: "?"), in: target) else { return nil }
            return _overrideLifetime(target.extracting((mark + 1)...), borrowing: self)
        }
    }

    /// The body without its transfer coding, in the buffer it was read into.
    package var body: Span<UInt8> {
        @_lifetime(borrow self)
        get {
            let buffer = evhttp_request_get_input_buffer(request)
            let start = evbuffer_pullup(buffer, -1)
            let bytes = UnsafeBufferPointer(start: start, count: start == nil ? 0 : evbuffer_get_length(buffer))
            return _overrideLifetime(Span(_unsafeElements: bytes), borrowing: self)
        }
    }

    /// The first value of the field `name`, compared without regard to case; its bytes may be any but controls.
    package func field(_ name: StaticString) -> String? {
        value(name).map { String(decoding: $0.utf8, as: UTF8.self) }
    }

    /// Lends the bytes of the first value of the field `name`, for those who need no copy of them.
    package func withField<Result, Failure: Error>(
        _ name: StaticString, _ read: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        guard let value = value(name) else { return nil }
        return try read(Span(_unsafeElements: value.utf8))
    }

    /// How many fields have the name `name`, compared without regard to case.
    package func count(of name: StaticString) -> Int {
        let key = UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
        var count = 0
        var next = cevent_first_field(evhttp_request_get_input_headers(request))
        while let field = next {
            if strcasecmp(field.pointee.key, key) == 0 { count += 1 }
            next = cevent_next_field(field)
        }
        return count
    }

    /// The value of every field with the name `name`, compared without regard to case, in the order of the request.
    package func values(of name: StaticString) -> [String] {
        let key = UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
        var values: [String] = []
        var next = cevent_first_field(evhttp_request_get_input_headers(request))
        while let field = next {
            if strcasecmp(field.pointee.key, key) == 0 {
                values.append(String(decoding: FieldText(field.pointee.value).utf8, as: UTF8.self))
            }
            next = cevent_next_field(field)
        }
        return values
    }

    /// Every field, in the order of the request.
    package func forEachField(_ body: (_ name: String, _ value: String) -> Void) {
        var next = cevent_first_field(evhttp_request_get_input_headers(request))
        while let field = next {
            let value = FieldText(field.pointee.value)
            body(String(cString: field.pointee.key), String(decoding: value.utf8, as: UTF8.self))
            next = cevent_next_field(field)
        }
    }

    /// The numeric address of the peer, of the proxy if there is one.
    package var remoteAddress: String { connection.remoteAddress }

    /// What the log and the client call this request: its `X-Request-Id` if that is 1...64 letters, digits and
    /// `-._~+/=:`, otherwise a random one. The same whenever it is asked for.
    package var id: String {
        if let id = connection.requestID { return id }
        let given = withField("X-Request-Id") { bytes in RequestID.acceptable(bytes) } ?? nil
        let id = given ?? connection.server.requestIDs.next()
        connection.requestID = id
        return id
    }

    /// Target without scheme and host.
    private var originTarget: Span<UInt8> {
        @_lifetime(borrow self)
        get {
            let text = FieldText(evhttp_request_get_uri(request)).utf8
            let target = Span(_unsafeElements: text)
            let start = RequestTarget.originStart(ofAbsolute: target)
            return _overrideLifetime(target.extracting((start ?? 0)...), borrowing: self)
        }
    }

    private func value(_ name: StaticString) -> FieldText? {
        let key = UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
        guard let value = evhttp_find_header(evhttp_request_get_input_headers(request), key) else { return nil }
        return FieldText(value)
    }
}

/// A C string of evhttp's without the tabs that evhttp leaves around a field value.
private struct FieldText {
    let utf8: UnsafeBufferPointer<UInt8>

    init(_ text: UnsafePointer<CChar>?) {
        guard let text else {
            self.utf8 = UnsafeBufferPointer(start: nil, count: 0)
            return
        }
        let start = strspn(text, " \t")
        let count = strlen(text)  // evhttp has removed what trails
        let bytes = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
        self.utf8 = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(start: bytes, count: count)[min(start, count)...])
    }
}
