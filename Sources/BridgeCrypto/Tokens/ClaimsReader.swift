internal import BridgeCore

/// Reads the payload of an agent token in one pass and judges types and presence (RFC 7519 §4, Cobrowse's JWT page).
///
/// A text that is no JSON is refused before a claim of the wrong type, and that before one that is missing: the
/// first wrong claim is kept in `violation` while the rest is read to its end.
struct ClaimsReader {
    private(set) var claims = TokenClaims()
    private var violation: TokenRefusal?
    private var found = Found()
    private var audience = AudienceClaim.absent

    /// The required claims that were there.
    private struct Found {
        var issuer = false
        var subject = false
        var issuedAt = false
        var expiration = false
    }

    private enum AudienceClaim {
        case absent, expected
        case other(Range<Int>)
    }

    /// Reads the payload in `range` of `bytes`.
    static func read(_ bytes: Span<UInt8>, in range: Range<Int>) throws(TokenRefusal) -> TokenClaims {
        var reader = ClaimsReader()
        do throws(JSONError) {
            try reader.read(bytes, in: range)
        } catch {
            throw .malformed(.payload, .json(error.relative(to: range.lowerBound)))
        }
        try reader.judge(bytes)
        return reader.claims
    }

    private func judge(_ bytes: Span<UInt8>) throws(TokenRefusal) {
        if let violation { throw violation }
        guard found.expiration else { throw .missing(.expiration) }
        guard found.issuedAt else { throw .missing(.issuedAt) }
        guard found.issuer else { throw .missing(.issuer) }
        guard found.subject else { throw .missing(.subject) }
        switch audience {
        case .absent: throw .missing(.audience)
        case .other(let range):
            throw .audienceMismatch(shown(String(decoding: Array(copying: bytes, range), as: UTF8.self)))
        case .expected: break
        }
        if claims.role == .null, claims.policy == nil { throw .invalid(.role, "is null without a policy") }
    }

    private mutating func read(_ bytes: Span<UInt8>, in range: Range<Int>) throws(JSONError) {
        var reader = JSONReader(bytes, in: range)
        guard try reader.isNext(.object) else {
            violation = .malformed(.payload, .notAnObject)
            return
        }
        var names = JSONMemberNames()
        try reader.beginObject()
        while let name = try reader.nextMember(&names) {
            try readClaim(name, &reader, bytes)
        }
        try reader.finish()
    }

    private mutating func readClaim(
        _ name: JSONMemberName, _ reader: inout JSONReader, _ bytes: Span<UInt8>
    ) throws(JSONError) {
        switch ClaimName(name, in: bytes) {
        case .iss:
            claims.issuer = try text(.issuer, &reader)
            found.issuer = true
        case .sub:
            claims.subject = try text(.subject, &reader)
            found.subject = true
        case .exp:
            claims.expiresAt = try seconds(.expiration, &reader, roundingUp: false) ?? 0
            found.expiration = true
        case .iat:
            claims.issuedAt = try seconds(.issuedAt, &reader, roundingUp: true) ?? 0
            found.issuedAt = true
        case .aud: audience = try readAudience(&reader, bytes)
        case .nbf: claims.notBefore = try seconds(.notBefore, &reader, roundingUp: true)
        case .jti: claims.tokenID = try optionalText(.tokenID, &reader)
        case .role: claims.role = try readRole(&reader, bytes)
        case .displayName: claims.displayName = try optionalText(.displayName, &reader)
        case .policy: claims.policy = try readPolicy(&reader, bytes)
        case .salesforce: claims.salesforce = try readSalesforce(&reader, bytes)
        case nil: _ = try reader.skipValue(depth: 2)
        }
    }

    private mutating func note(_ refusal: TokenRefusal) {
        if violation == nil { violation = refusal }
    }
}

extension ClaimsReader {
    /// A claim that has to be text and not empty.
    private mutating func text(
        _ claim: TokenRefusal.Claim, _ reader: inout JSONReader
    ) throws(JSONError) -> JSONText {
        guard let text = try optionalText(claim, &reader) else { return .absent }
        if text.range.isEmpty { note(.invalid(claim, "is empty")) }
        return text
    }

    private mutating func optionalText(
        _ claim: TokenRefusal.Claim, _ reader: inout JSONReader
    ) throws(JSONError) -> JSONText? {
        if let text = try reader.stringIfNext() { return text }
        note(.invalid(claim, "is not a string"))
        _ = try reader.skipValue(depth: 2)
        return nil
    }

    /// A NumericDate (RFC 7519 §2) in whole seconds; fractions are rounded to the stricter side. However far away it
    /// is, the rules judge it: milliseconds in place of seconds are a lifetime above the ceiling.
    private mutating func seconds(
        _ claim: TokenRefusal.Claim, _ reader: inout JSONReader, roundingUp: Bool
    ) throws(JSONError) -> Int64? {
        guard try reader.isNext(.number) else {
            note(.invalid(claim, "is not a number"))
            _ = try reader.skipValue(depth: 2)
            return nil
        }
        // Far beyond any lifetime or skew, near enough that differences of two times do not overflow.
        let furthest = 9_000_000_000_000_000.0
        switch try reader.number() {
        case .integer(let value): return value
        case .fraction(let value):
            let value = min(max(value, -furthest), furthest)
            return Int64(roundingUp ? value.rounded(.up) : value.rounded(.down))
        }
    }

    private mutating func readRole(_ reader: inout JSONReader, _ bytes: Span<UInt8>) throws(JSONError) -> RoleClaim {
        switch try reader.peek() {
        case .null:
            try reader.null()
            return .null
        case .string:
            let role = try reader.string()
            if role.equals("agent", in: bytes) { return .agent }
            if role.equals("administrator", in: bytes) { return .administrator }
            note(.invalid(.role, "is \(quoted(role.string(in: bytes))), not \"agent\" or \"administrator\""))
        default:
            note(.invalid(.role, "is neither a string nor null"))
            _ = try reader.skipValue(depth: 2)
        }
        return .absent
    }

    private mutating func readAudience(
        _ reader: inout JSONReader, _ bytes: Span<UInt8>
    ) throws(JSONError) -> AudienceClaim {
        switch try reader.peek() {
        case .string:
            let audience = try reader.string()
            return audience.equals(TokenRules.audienceLiteral, in: bytes) ? .expected : .other(audience.quotedRange)
        case .array: return try readAudiences(&reader, bytes)
        default:
            note(.invalid(.audience, "is neither a string nor an array of strings"))
            return .other(try reader.skipValue(depth: 2))
        }
    }

    /// An array is the expected audience when that is its only element.
    private mutating func readAudiences(
        _ reader: inout JSONReader, _ bytes: Span<UInt8>
    ) throws(JSONError) -> AudienceClaim {
        var lookAhead = reader
        let range = try lookAhead.skipValue(depth: 2)
        try reader.beginArray()
        var count = 0
        var isExpected = false
        while try reader.nextElement(isFirst: count == 0) {
            count += 1
            guard try reader.isNext(.string) else {
                note(.invalid(.audience, "has an element that is not a string"))
                _ = try reader.skipValue(depth: 3)
                continue
            }
            isExpected = try reader.string().equals(TokenRules.audienceLiteral, in: bytes)
        }
        return count == 1 && isExpected ? .expected : .other(range)
    }

    private mutating func readPolicy(
        _ reader: inout JSONReader, _ bytes: Span<UInt8>
    ) throws(JSONError) -> Range<Int>? {
        guard try reader.isNext(.object) else {
            note(.invalid(.policy, "is not an object"))
            _ = try reader.skipValue(depth: 2)
            return nil
        }
        let range = try reader.skipValue(depth: 2)
        let policy = try JSONValue(parsing: Array(copying: bytes, range))
        if policy["version"]?.integerValue != 3 { note(.invalid(.policy, "has a version other than 3")) }
        return range
    }

    private mutating func readSalesforce(
        _ reader: inout JSONReader, _ bytes: Span<UInt8>
    ) throws(JSONError) -> SalesforceClaims? {
        let range = try reader.skipValue(depth: 2)
        let value = try JSONValue(parsing: Array(copying: bytes, range))
        do throws(TokenRefusal) {
            return try SalesforceClaims(value)
        } catch {
            note(error)
            return nil
        }
    }
}

extension JSONText {
    /// The place of the string with its quotes.
    fileprivate var quotedRange: Range<Int> { range.lowerBound - 1..<range.upperBound + 1 }
}

extension Array where Element == UInt8 {
    /// A copy of `range` of `bytes`.
    init(copying bytes: borrowing Span<UInt8>, _ range: Range<Int>) {
        self.init()
        reserveCapacity(range.count)
        for index in range { append(bytes[index]) }
    }
}
