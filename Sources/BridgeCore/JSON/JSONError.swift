/// Why a text is not the JSON this project accepts (RFC 8259, stricter: no duplicate members, no lone surrogates).
public struct JSONError: Error, Sendable, Hashable {
    /// The rule that was broken.
    public enum Kind: String, Sendable, Hashable {
        case unexpectedEnd = "the text ends too early"
        case unexpectedCharacter = "unexpected character"
        case trailingCharacters = "something follows the value"
        case controlCharacter = "a control character stands in a string"
        case invalidEscape = "invalid escape sequence"
        case loneSurrogate = "half of a surrogate pair stands alone"
        case invalidUTF8 = "the text is not UTF-8"
        case invalidNumber = "invalid number"
        case numberOutOfRange = "the number is out of range"
        case duplicateMember = "a member name occurs twice"
        case tooDeep = "the values are nested too deeply"
    }

    /// The rule that was broken.
    public let kind: Kind
    /// Where, in bytes from the start of the text.
    public let offset: Int

    @usableFromInline
    init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = offset
    }

    /// The same error in a text that begins `start` bytes into the one that was read.
    public func relative(to start: Int) -> JSONError {
        JSONError(kind, at: offset - start)
    }
}

extension JSONError: CustomStringConvertible {
    public var description: String { "\(kind.rawValue) at byte \(offset)" }
}
