internal import BridgeCore

/// What a JOSE header says that matters (RFC 7515 §4.1), as a place in the token's storage.
///
/// `jwk`, `jku`, `x5u` and `x5c` are read over: a token never brings its own key.
struct TokenHeader: Sendable {
    /// The key the token asks to be verified with.
    let keyID: JSONText?

    /// Reads and judges the header in `range` of `bytes`: it has to be JSON, say `RS256`, and have no `crit`.
    init(_ bytes: Span<UInt8>, in range: Range<Int>) throws(TokenRefusal) {
        keyID = try HeaderReader.keyID(bytes, in: range)
    }

    /// The header that nearly every signer writes, recognised by its encoded form: nothing in it has to be read.
    init?(common encoded: JSONText, in compact: borrowing Span<UInt8>) {
        // {"alg":"RS256","typ":"JWT"} and {"alg":"RS256"}
        guard
            encoded.equals("eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9", in: compact)
                || encoded.equals("eyJhbGciOiJSUzI1NiJ9", in: compact)
        else { return nil }
        keyID = nil
    }
}

/// Reads a header in one pass; what is wrong with a member is kept while the rest is read to its end.
private struct HeaderReader {
    private var algorithm: JSONText?
    private var keyID: JSONText?
    private var hasCritical = false
    private var violation: TokenRefusal?

    /// The `kid` of a header that is acceptable.
    static func keyID(_ bytes: Span<UInt8>, in range: Range<Int>) throws(TokenRefusal) -> JSONText? {
        var header = HeaderReader()
        do throws(JSONError) {
            try header.read(bytes, in: range)
        } catch {
            throw .malformed(.header, .json(error.relative(to: range.lowerBound)))
        }
        if let violation = header.violation { throw violation }
        guard let algorithm = header.algorithm else { throw .algorithmNotAllowed(nil) }
        guard algorithm.equals("RS256", in: bytes) else { throw .algorithmNotAllowed(algorithm.string(in: bytes)) }
        if header.hasCritical { throw .criticalHeaderUnsupported }
        return header.keyID
    }

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
        algorithm = try reader.stringIfNext()
        if algorithm == nil {
            let range = try reader.skipValue(depth: 2)
            note(.algorithmNotAllowed(String(decoding: Array(copying: bytes, range), as: UTF8.self)))
        }
    }

    private mutating func text(_ name: String, _ reader: inout JSONReader) throws(JSONError) -> JSONText? {
        if let text = try reader.stringIfNext() { return text }
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
