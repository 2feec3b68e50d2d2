import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("A damaged ID token")
struct IDTokenFuzzTests {
    @Test("in header or claims never traps, and is refused in a sentence of bounded length")
    func content() throws {
        let header = Array(IDTokenMaker.header.utf8)
        let payload = Array(
            TokenMaker.payload(["at_hash": #""77QmUPtjPfzWtF2AnpK9RQ""#, "azp": #""x""#], of: IDTokenMaker.claims).utf8)
        let alphabet = Array("{}[]:,\"\\ truefalsn0123456789.eE+-issubaudexpiattidnonce\u{0}é😀".utf8)
        let rules = IDTokenRules(
            issuer: IssuerPattern(IDTokenMaker.issuerTemplate), clientID: IDTokenMaker.clientID,
            nonce: IDTokenMaker.nonce)
        let keys = try IDTokenKeySet(reading: IDTokenMaker.keySet(), source: "keys")
        var random = SeededGenerator(seed: 3137)
        var wellFormed = 0
        for _ in 0..<4_000 {
            var (changedHeader, changedPayload) = (header, payload)
            for _ in 0...random.below(3) {
                if random.below(4) == 0 {
                    Mutation.apply(to: &changedHeader, alphabet: alphabet, using: &random)
                } else {
                    Mutation.apply(to: &changedPayload, alphabet: alphabet, using: &random)
                }
            }
            let token = "\(Base64URL.encode(changedHeader)).\(Base64URL.encode(changedPayload)).AAAA"
            do throws(IDTokenRefusal) {
                let token = try UnverifiedIDToken(token.utf8.span)
                wellFormed += 1
                _ = try rules.verify(token, keys: keys, accessToken: Secret([]), now: TokenMaker.now)
                Issue.record("accepted after damage: \(String(decoding: changedPayload, as: UTF8.self))")
            } catch {
                if error.detail.isEmpty || error.detail.utf8.count > 2000 { Issue.record("\(error)") }
            }
        }
        #expect(wellFormed > 300)
    }
}
