import BridgeCrypto
import BridgeTesting
import Testing

@Suite("The client_id of a token that was verified")
struct ClientIDTests {
    @Test(
        "is the text of that claim, wherever it stands, and nothing else's",
        arguments: [
            (#"{"client_id":"a"}"#, nil), (#""a""#, "a"), (#""\u0061""#, "a"), ("1", nil), ("null", nil),
            (#"["a"]"#, nil), (nil, nil), (#""""#, ""),
        ] as [(String?, String?)])
    func text(value: String?, clientID: String?) throws {
        let keys = TokenKeySet([TokenKey(try KeyFixture.cobrowse.publicKey)], issuer: TokenMaker.license)
        let claims: [KeyValuePairs<String, String?>] = [
            ["client_id": value], ["client_id": value, "x": #"{"client_id":"b"}"#],
            ["x": #"{"client_id":"b"}"#, "client\\u005fid": value], ["client_i": #""b""#, "client_id": value],
        ]
        for claims in claims {
            let token = try UnverifiedToken(TokenMaker().token(claims))
            let verified = try TokenVerifier().verify(token, keys: keys, now: TokenMaker.now)
            #expect(try verified.clientID() == clientID)
        }
    }
}
