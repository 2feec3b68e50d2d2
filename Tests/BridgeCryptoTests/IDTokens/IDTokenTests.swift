import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("An ID token")
struct IDTokenTests {
    @Test("says who it speaks of, and names and addresses apart from that")
    func claims() throws {
        let token = try UnverifiedIDToken(
            IDTokenMaker().token(["email": #""victim@example.com""#, "azp": "\"\(IDTokenMaker.clientID)\""]).utf8.span)
        #expect(token.unverifiedKeyID == IDTokenMaker.keyID)
        #expect(token.unverifiedTenantID == IDTokenMaker.tenantID)
        let rules = IDTokenRules(
            issuer: IssuerPattern(IDTokenMaker.issuer), clientID: IDTokenMaker.clientID, nonce: IDTokenMaker.nonce)
        let keys = try IDTokenKeySet(reading: IDTokenMaker.keySet(), source: "keys")
        let claims = try rules.verify(token, keys: keys, accessToken: Secret([1]), now: TokenMaker.now).claims
        #expect(claims.tenantID == IDTokenMaker.tenantID && claims.objectID == IDTokenMaker.objectID)
        #expect(claims.subject == "AAAAAAAAAAAAAAAAAAAAAPairwiseSubject" && claims.version == "2.0")
        #expect(claims.expiresAt == Timestamp(seconds: 1_800_003_600))
        #expect(claims.display.name == "Ann Example")
        #expect(claims.display.preferredUsername == "ann@example.com" && claims.display.email == "victim@example.com")
    }

    @Test("is bound to its access token as the example of OpenID Connect Core A.3 is")
    func publishedHash() throws {
        let token = try UnverifiedIDToken(IDTokenMaker().token(["at_hash": #""77QmUPtjPfzWtF2AnpK9RQ""#]).utf8.span)
        let rules = IDTokenRules(
            issuer: IssuerPattern(IDTokenMaker.issuer), clientID: IDTokenMaker.clientID, nonce: IDTokenMaker.nonce)
        let keys = try IDTokenKeySet(reading: IDTokenMaker.keySet(), source: "keys")
        let accessToken = Secret(Array("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y".utf8))
        _ = try rules.verify(token, keys: keys, accessToken: accessToken, now: TokenMaker.now)
    }
}

@Suite("A provider's JWK Set")
struct IDTokenKeySetTests {
    private static let weak = #"{"kty":"RSA","use":"sig","kid":"weak","n":"AQAB","e":"AQAB"}"#
    private static let elliptic = #"{"kty":"EC","kid":"ec","crv":"P-256","x":"AA","y":"AA"}"#

    @Test("is read without the keys that are of no use")
    func leavesOut() throws {
        let good = String(decoding: try IDTokenMaker.keySet().dropFirst(9).dropLast(2), as: UTF8.self)
        let encrypts = good.replacing(#""sig""#, with: #""enc""#)
        let strange = good.replacing("\"\(IDTokenMaker.issuerTemplate)\"", with: "5")
        let list = [Self.weak, good, Self.elliptic, encrypts, strange, "5"].joined(separator: ",")
        let keys = try IDTokenKeySet(reading: Array("{\"keys\":[\(list)]}".utf8), source: "keys").keys
        #expect(keys.map(\.keyID) == [IDTokenMaker.keyID])
        #expect(try keys.map(\.key) == [KeyFixture.cobrowse.publicKey])
        #expect(keys.map(\.issuer) == [IssuerPattern(IDTokenMaker.issuerTemplate)])
    }

    @Test(
        "is none",
        arguments: [
            "", "<html>", "[]", "{}", #"{"keys":{}}"#, #"{"keys":[]}"#, "{\"keys\":[\(weak),\(elliptic)]}",
            #"{"keys":[],"keys":[]}"#,
        ])
    func refuses(text: String) {
        let error = cryptoError { () throws(CryptoError) in
            _ = try IDTokenKeySet(reading: Array(text.utf8), source: "the JWK Set of https://login.example")
        }
        #expect(error?.code == .certificateMalformed)
        #expect(error?.detail.hasPrefix("the JWK Set of https://login.example ") == true)
    }

    @Test("tells whether it knows a key by name")
    func names() throws {
        let one = try IDTokenKeySet(reading: IDTokenMaker.keySet(), source: "keys")
        #expect(one.holdsKey(named: IDTokenMaker.keyID) && one.holdsKey(named: nil) && !one.holdsKey(named: "x"))
        let two = try IDTokenKeySet(reading: IDTokenMaker.keySet([(.cobrowse, "a"), (.other, "b")]), source: "keys")
        #expect(two.holdsKey(named: "b") && !two.holdsKey(named: nil))
    }
}
