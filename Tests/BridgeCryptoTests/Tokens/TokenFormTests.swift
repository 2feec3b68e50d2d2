import BridgeCore
import BridgeTesting
import Testing

@testable import BridgeCrypto

@Suite("The form of a token")
struct TokenFormTests {
    static let malformed: [(String, TokenRefusal.Part, TokenRefusal.Defect)] = [
        ("", .token, .tooFewDots), (".", .token, .tooFewDots), ("a.b", .token, .tooFewDots),
        ("abc", .token, .tooFewDots),
        ("....", .token, .tooManyDots), ("a.b.c.d", .token, .tooManyDots), ("...", .token, .tooManyDots),
        ("..", .header, .empty), (".AA.AA", .header, .empty), ("e30..AA", .payload, .empty),
        ("A.AA.AA", .header, .encoding), ("AA.A.AA", .payload, .encoding), ("AA.AA.A", .signature, .encoding),
        ("AB.AA.AA", .header, .encoding), ("AA.AB.AA", .payload, .encoding), ("e30=.AA.AA", .header, .encoding),
        (" e30.AA.AA", .header, .encoding),
        ("W10.e30.AA", .header, .notAnObject), ("MQ.e30.AA", .header, .notAnObject),
    ]

    @Test("is refused with the part and its defect", arguments: malformed)
    func refused(_ text: String, _ part: TokenRefusal.Part, _ defect: TokenRefusal.Defect) {
        let refusal = #expect(throws: TokenRefusal.self) { try UnverifiedToken(text) }
        #expect(refusal == .malformed(part, defect))
        #expect(refusal?.code == .tokenMalformed)
    }

    @Test("has a signature in canonical base64url", arguments: ["AB", "A+", "AA\n", "AA=="])
    func signature(_ signature: String) throws {
        let signed = try TokenMaker().token()
        let input = signed.prefix(through: try #require(signed.lastIndex(of: ".")))
        let refusal = try refusal(of: "\(input)\(signature)".utf8, keys: try KeyFixture.cobrowse.keySet)
        #expect(refusal == .malformed(.signature, .encoding))
    }

    @Test("is read up to 8 KiB and not a byte more")
    func size() throws {
        let keys = try KeyFixture.cobrowse.keySet
        var tried: Set<Int> = []
        for spaces in 5600..<5800 {
            let payload = TokenMaker.payload() + String(repeating: " ", count: spaces)
            let token = try TokenMaker().unsigned(payload)
            guard (8189...8195).contains(token.utf8.count) else { continue }
            let refusal = try refusal(of: token.utf8, keys: keys)
            #expect(refusal == (token.utf8.count > 8192 ? .tooLarge(bytes: token.utf8.count) : .signatureInvalid))
            tried.insert(token.utf8.count)
        }
        #expect(tried.contains(8192))
        #expect(tried.contains { (8193...8195).contains($0) })
        for count in [8193, 100_000] {
            let refusal = #expect(throws: TokenRefusal.self) {
                try UnverifiedToken(String(repeating: ".", count: count))
            }
            #expect(refusal == .tooLarge(bytes: count))
        }
    }

    @Test("cut off after any byte is refused and never traps")
    func truncation() throws {
        let token = Array(try TokenMaker().token().utf8)
        let keys = try KeyFixture.cobrowse.keySet
        for count in token.indices {
            #expect(try refusal(of: token[..<count], keys: keys) != nil, "cut after \(count) bytes")
        }
        #expect(try refusal(of: token, keys: keys) == nil)
    }

    @Test("shows header and payload before anything is verified, under names that say so")
    func unverified() throws {
        let token = try UnverifiedToken(TokenMaker(.other).token(header: #"{"alg":"RS256","kid":"\u0061"}"#))
        #expect(token.unverifiedIssuer == TokenMaker.license)
        #expect(token.unverifiedKeyID == "a")
        #expect(String(decoding: token.unverifiedHeader, as: UTF8.self) == #"{"alg":"RS256","kid":"\u0061"}"#)
        #expect(String(decoding: token.unverifiedPayload, as: UTF8.self) == TokenMaker.payload())
    }

    @Test("does not depend on where the bytes lie")
    func slices() throws {
        let token = Array(try TokenMaker().token().utf8)
        let padded = Array("xx".utf8) + token + Array("yy".utf8)
        let read = try UnverifiedToken(padded.span.extracting(2..<padded.count - 2))
        #expect(read.unverifiedIssuer == TokenMaker.license)
    }
}

extension TokenMaker {
    /// A token that only looks signed, for tests of form.
    fileprivate func unsigned(_ payload: String) -> String {
        "\(Base64URL.encode(Array(Self.header.utf8))).\(Base64URL.encode(Array(payload.utf8)))."
            + Base64URL.encode([UInt8](repeating: 1, count: 256))
    }
}
