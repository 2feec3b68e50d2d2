internal import BridgeCore
internal import HTTPMessage
internal import HTTPServer

/// Finds the token, or the code for one, in a request.
enum TokenLocation {
    /// Calls `use` with the token of `{"token": "..."}`.
    ///
    /// - Throws: `token_malformed` (400) for a body that is no such object.
    static func withToken<Result>(
        inBody body: Span<UInt8>, _ use: (Span<UInt8>) -> Result
    ) throws(RequestRefusal) -> Result {
        let token = try text("token", of: .tokenMalformed, in: body)
        guard token.hasEscapes else { return use(body.extracting(token.range)) }
        return use(Array(token.string(in: body).utf8).span)
    }

    /// The code of `{"code": "..."}`.
    ///
    /// - Throws: `code_invalid` (400) for a body that is no such object.
    static func code(inBody body: Span<UInt8>) throws(RequestRefusal) -> String {
        try text("code", of: .codeInvalid, in: body).string(in: body)
    }

    private static func text(
        _ name: StaticString, of code: ReasonCode, in body: Span<UInt8>
    ) throws(RequestRefusal) -> JSONText {
        let text: JSONText?
        do throws(JSONError) {
            text = try find(name, in: body)
        } catch {
            throw RequestRefusal(
                .badRequest, code, "the body is not acceptable JSON: \(error)",
                hint: "send {\"\(name)\":\"...\"} with content type application/json")
        }
        guard let text else {
            throw RequestRefusal(
                .badRequest, code, "the body has no string member \(name)", hint: "send {\"\(name)\":\"...\"}")
        }
        return text
    }

    private static func find(_ wanted: StaticString, in body: Span<UInt8>) throws(JSONError) -> JSONText? {
        var reader = JSONReader(body)
        guard try reader.isNext(.object) else { return nil }
        var names = JSONMemberNames()
        var text: JSONText?
        try reader.beginObject()
        while let name = try reader.nextMember(&names) {
            if name.text.equals(wanted, in: body), try reader.isNext(.string) {
                text = try reader.string()
            } else {
                _ = try reader.skipValue(depth: 2)
            }
        }
        try reader.finish()
        return text
    }

    /// The place of the token in the value of an `Authorization` field, or `nil` for another scheme (RFC 6750 §2.1).
    static func bearer(_ value: Span<UInt8>) -> Range<Int>? {
        let scheme: StaticString = "bearer"
        guard value.count > 7, value[6] == UInt8(ascii: " ") else { return nil }
        for index in 0..<6 {
            let letter = unsafe scheme.utf8Start[index]
            guard value[index] | 0x20 == letter else { return nil }
        }
        var start = 7
        while start < value.count, value[start] == UInt8(ascii: " ") { start += 1 }
        return start < value.count ? start..<value.count : nil
    }
}

/// A request that cannot be answered, before anything about a login is known.
struct RequestRefusal: ReasonedError {
    let status: HTTPStatus
    let code: ReasonCode
    let detail: String
    let hint: String?

    init(_ status: HTTPStatus, _ code: ReasonCode, _ detail: String, hint: String? = nil) {
        self.status = status
        self.code = code
        self.detail = detail
        self.hint = hint
    }
}
