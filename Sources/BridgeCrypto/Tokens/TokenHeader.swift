internal import BridgeCore

/// The members of a JOSE header that matter (RFC 7515 §4.1), as places in the token's storage.
///
/// `jwk`, `jku`, `x5u` and `x5c` are read over: a token never brings its own key.
struct TokenHeader: Sendable {
    private(set) var algorithm: JSONText?
    private(set) var keyID: JSONText?
    private var hasCritical = false
    private var violation: TokenRefusal?

    /// Reads and judges the header in `range` of `bytes`: it has to be JSON, say `RS256`, and have no `crit`.
    init(_ bytes: Span<UInt8>, in range: Range<Int>) throws(TokenRefusal) {
        do throws(JSONError) {
            try read(bytes, in: range)
        } catch {
            throw .malformed(.header, .json(error))
        }
        if let violation { throw violation }
        guard let algorithm else { throw .algorithmNotAllowed("") }
        guard algorithm.equals("RS256", in: bytes) else { throw .algorithmNotAllowed(algorithm.string(in: bytes)) }
        if hasCritical { throw .criticalHeaderUnsupported }
    }

    /// The header that nearly every signer writes, recognised by its encoded form: nothing in it has to be read.
    static func common(_ bytes: Span<UInt8>, encoded range: Range<Int>) -> TokenHeader? {
        // {"alg":"RS256","typ":"JWT"} and {"alg":"RS256"}
        let text = JSONText(range: range, hasEscapes: false)
        let isCommon =
            text.equals("eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9", in: bytes)
            || text.equals("eyJhbGciOiJSUzI1NiJ9", in: bytes)
        return isCommon ? TokenHeader() : nil
    }

    private init() {}

    private mutating func read(_ bytes: Span<UInt8>, in range: Range<Int>) throws(JSONError) {
        var reader = JSONReader(bytes, in: range, maximumDepth: 8)
        guard try reader.isNext(.object) else {
            violation = .malformed(.header, .notAnObject)
            return
        }
        var names = JSONMemberNames()
        try reader.beginObject()
        while let name = try reader.nextMember(&names) {
            switch Member(name, in: bytes) {
            case .algorithm: try readAlgorithm(&reader, bytes)
            case .keyID: keyID = try text("kid", &reader)
            case .type: _ = try text("typ", &reader)
            case .critical:
                hasCritical = true
                _ = try reader.skipValue(depth: 2)
            case nil: _ = try reader.skipValue(depth: 2)
            }
        }
        try reader.finish()
    }

    /// Whatever is no string is another algorithm than `RS256`.
    private mutating func readAlgorithm(_ reader: inout JSONReader, _ bytes: Span<UInt8>) throws(JSONError) {
        if try reader.isNext(.string) {
            algorithm = try reader.string()
        } else {
            let range = try reader.skipValue(depth: 2)
            note(.algorithmNotAllowed(String(decoding: Array(copying: bytes, range), as: UTF8.self)))
        }
    }

    private mutating func text(_ name: String, _ reader: inout JSONReader) throws(JSONError) -> JSONText? {
        if try reader.isNext(.string) { return try reader.string() }
        note(.malformed(.header, .member(name)))
        _ = try reader.skipValue(depth: 2)
        return nil
    }

    private mutating func note(_ refusal: TokenRefusal) {
        if violation == nil { violation = refusal }
    }

    /// The members that are read.
    private enum Member {
        case algorithm, keyID, type, critical

        /// Recognises a name; the numbers are the ASCII codes of its letters.
        init?(_ name: JSONMemberName, in bytes: Span<UInt8>) {
            switch name.packed {
            case 0x61_6C_67: self = .algorithm
            case 0x6B_69_64: self = .keyID
            case 0x74_79_70: self = .type
            case 0x63_72_69_74: self = .critical
            case 0: self.init(escaped: name.text.string(in: bytes))
            default: return nil
            }
        }

        /// A name written with escapes, `\u0061lg`, is the same name.
        private init?(escaped name: String) {
            switch name {
            case "alg": self = .algorithm
            case "kid": self = .keyID
            case "typ": self = .type
            case "crit": self = .critical
            default: return nil
            }
        }
    }
}
