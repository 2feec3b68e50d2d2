package import BridgeCore

/// What an authorization server said in place of what was asked for (RFC 6749 §4.1.2.1 and §5.2).
package struct OAuthRefusal: Sendable, Hashable {
    /// The member `error`: the word to act on.
    package let error: String
    /// What the server wrote for people, cleaned and cut; empty where it wrote nothing.
    package let text: String
    /// Numbers of the vendor's own, the most telling first; Entra's `error_codes`, or the one its text begins with.
    package let numbers: [Int64]

    /// - Parameter text: as the server wrote it.
    package init(error: String, text: String, numbers: [Int64] = [], hiding secrets: [Secret] = []) {
        self.error = VendorText.cleaned(error, hiding: secrets)
        self.text = VendorText.cleaned(text, hiding: secrets)
        self.numbers = numbers.isEmpty ? Self.number(in: text).map { [$0] } ?? [] : Array(numbers.prefix(8))
    }

    /// Reads the body of a refusal; `nil` where it has no `error` that is text.
    ///
    /// - Parameter secrets: what was sent and must not come back in a message.
    init?(_ answer: JSONValue, hiding secrets: [Secret]) {
        guard let error = answer["error"]?.stringValue, !error.isEmpty else { return nil }
        self.init(
            error: error, text: answer["error_description"]?.stringValue ?? "",
            numbers: answer["error_codes"]?.arrayValue?.compactMap(\.integerValue) ?? [], hiding: secrets)
    }

    /// The number of `AADSTS7000215: Invalid client secret ...`.
    private static func number(in text: String) -> Int64? {
        guard let start = text.firstRange(of: "AADSTS")?.upperBound else { return nil }
        return Int64(text[start...].prefix { $0.isASCII && $0.isNumber }.prefix(9))
    }
}
