import BridgeCore

/// Percent-encoding in queries and forms (RFC 3986 §2.1; WHATWG's `application/x-www-form-urlencoded`).
enum PercentText {
    /// The text that `text` stands for; `nil` for half an escape and for what is not UTF-8 then.
    ///
    /// - Parameter isForm: whether `+` is a space, as in forms; elsewhere it is a plus sign.
    static func decode(_ text: some StringProtocol, isForm: Bool = false) -> String? {
        guard isForm else { return PercentEncoding.decode(text.utf8) }
        return PercentEncoding.decode(text.utf8.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 })
    }

    /// `text` with everything but RFC 3986's unreserved characters escaped.
    static func encode(_ text: String) -> String {
        var encoded: [UInt8] = []
        PercentEncoding.append(Array(text.utf8).span, to: &encoded)
        return String(decoding: encoded, as: UTF8.self)
    }
}
