import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("A key that is accepted no more")
struct RetiredKeyTests {
    @Test(
        "refuses its tokens from the second on, and not before",
        arguments: [(nil, nil), (1, nil), (0, .keyRetired), (-1, .keyRetired)] as [(Int64?, ReasonCode?)])
    func end(secondsLeft: Int64?, code: ReasonCode?) throws {
        let end = secondsLeft.map { TokenMaker.now.adding(seconds: $0) }
        let keys = TokenKeySet([TokenKey(try KeyFixture.cobrowse.publicKey, refusedFrom: end)], issuer: nil)
        #expect(try refusal(of: TokenMaker().token().utf8, keys: keys)?.code == code)
        guard code == nil else { return }
        #expect(try verified(TokenMaker().token(), keys: keys).keyRefusedFrom == end)
    }

    @Test("is told to nobody but who has it")
    func forgery() throws {
        let keys = TokenKeySet(
            [TokenKey(try KeyFixture.cobrowse.publicKey, alias: "crm", refusedFrom: TokenMaker.now)], issuer: nil)
        #expect(try refusal(of: TokenMaker(.other).token().utf8, keys: keys) == .signatureInvalid)
        let words = try #require(try refusal(of: TokenMaker().token().utf8, keys: keys))
        #expect(words.detail == "the key \"crm\" is not accepted since \(TokenMaker.now)")
        #expect(words.hint?.contains("cert") == true)
    }

    @Test("does not stand in the way of the one that took its place")
    func successor() throws {
        let keys = TokenKeySet(
            [
                TokenKey(try KeyFixture.cobrowse.publicKey, refusedFrom: TokenMaker.now),
                TokenKey(try KeyFixture.renewed.publicKey),
            ], issuer: nil)
        #expect(try refusal(of: TokenMaker(.renewed).token().utf8, keys: keys) == nil)
        #expect(try refusal(of: TokenMaker().token().utf8, keys: keys)?.code == .keyRetired)
    }
}
