import AuthService
import BridgeCore
import Testing

@Suite("A revocation")
struct RevocationTests {
    @Test("covers every token that may have been issued before its time and none that was issued after it")
    func boundary() {
        for milliseconds in Int64(9_000)...11_000 {
            let asked = Timestamp(milliseconds: milliseconds)
            let revocation = Revocation(.email, "a@example.com", issuedBefore: asked)
            for issuedAt in Int64(5)...15 {
                // Issued somewhere from the first to the last millisecond of the second of its iat.
                let mayBeBefore = issuedAt * 1000 < milliseconds
                #expect(revocation.covers(issuedAt: Timestamp(seconds: issuedAt)) == mayBeBefore)
                let isSurelyAfter = Timestamp(seconds: issuedAt) >= revocation.issuedBefore
                #expect(mayBeBefore == !isSurelyAfter)
            }
        }
    }

    @Test("of one token covers it even if its signer's clock is a minute ahead", arguments: Revocation.Kind.allCases)
    func ahead(kind: Revocation.Kind) {
        let revocation = Revocation(kind, "", issuedBefore: Timestamp(seconds: 1_000))
        let isOneToken = kind == .tokenID || kind == .tokenDigest
        #expect(revocation.covers(issuedAt: Timestamp(seconds: 1_059)) == isOneToken)
        #expect(!revocation.covers(issuedAt: Timestamp(seconds: 1_060)))
    }

    @Test("is kept until nothing it covers can be valid", arguments: Revocation.Kind.allCases)
    func kept(kind: Revocation.Kind) {
        let revocation = Revocation(kind, "", issuedBefore: Timestamp(milliseconds: 1_000_001))
        let last = (Int64(0)...2_000).last { revocation.covers(issuedAt: Timestamp(seconds: $0)) }
        #expect(last == (kind == .tokenID || kind == .tokenDigest ? 1_060 : 1_000))
        #expect(revocation.expiresAt == Timestamp(seconds: 1_001 + 86_460))
        #expect((last ?? .max) + 86_400 <= revocation.expiresAt.seconds)
    }
}
