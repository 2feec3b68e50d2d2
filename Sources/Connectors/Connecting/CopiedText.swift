internal import BridgeCore

/// A value as an administrator copied it from somewhere.
enum CopiedText {
    /// Without what is around it: spaces, quotation marks, braces.
    static func unwrapped(_ text: String) -> String {
        let isAround: (Character) -> Bool = { $0.isWhitespace || "\"'{}".contains($0) }
        var rest = text.drop(while: isAround)
        while let last = rest.last, isAround(last) { rest.removeLast() }
        return String(rest)
    }

    /// Whether it has the form of the consumer secrets that Salesforce makes: 64 hexadecimal digits, formerly up to 19
    /// decimal ones.
    static func looksLikeConsumerSecret(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { Hex.value(of: $0) != nil }
            || (16...19).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Whether it has the form of the consumer keys that Salesforce makes.
    static func looksLikeConsumerKey(_ text: String) -> Bool {
        text.hasPrefix("3MVG") && text.utf8.count > 40 && text.utf8.allSatisfy(isPartOfKey)
    }

    /// Whether a consumer key may hold the byte.
    static func isPartOfKey(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
