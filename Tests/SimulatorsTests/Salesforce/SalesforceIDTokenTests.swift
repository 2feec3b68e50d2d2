import BridgeCore
import BridgeCrypto
import BridgeTesting
import HTTPMessage
import Simulators
import Testing

@Suite("ID tokens of Salesforce's stand-in")
struct SalesforceIDTokenTests {
    let salesforce: SalesforceStandIn

    init() throws { salesforce = try SalesforceStandIn() }

    private func answer(_ fault: String? = nil) throws -> HTTPResponse {
        if let fault { try salesforce.simulator.set(fault) }
        return try salesforce.redeem(try salesforce.code())
    }

    private func isSigned(_ token: IDToken) throws -> Bool {
        let keys = try salesforce.standIns.get("\(salesforce.acme)/id/keys").json["keys"]?.arrayValue ?? []
        guard let key = keys.first(where: { $0["kid"] == token.header["kid"] }),
            let n = (key["n"]?.stringValue).flatMap({ Base64URL.decode($0.utf8) }),
            let e = (key["e"]?.stringValue).flatMap({ Base64URL.decode($0.utf8) })
        else { return false }
        return try RSAPublicKey(modulus: n, exponent: e)
            .isSignature(token.signature, over: token.signedText, scheme: .pkcs1)
    }

    private func hasRightHash(_ token: IDToken, _ answer: HTTPResponse) throws -> Bool {
        let access = try (answer.json["access_token"]?.stringValue).unwrapped("access token")
        let digest = try SHA256Digest(of: Array(access.utf8)).bytes.prefix(16)
        return token.claims["at_hash"]?.stringValue == Base64URL.encode(Array(digest))
    }

    @Test("say who signed in, and are signed by a published key, after a rotation too")
    func right() throws {
        let answer = try answer()
        let token = try IDToken(answer)
        #expect(try isSigned(token) && hasRightHash(token, answer))
        let now = salesforce.standIns.clock.now.seconds
        #expect(token.claims["iat"]?.integerValue == now && token.claims["exp"]?.integerValue == now + 120)
        #expect(token.claims["nbf"] == nil && token.claims["email"] == nil)
        try salesforce.simulator.rotateKeys()
        #expect(try isSigned(token) && isSigned(IDToken(self.answer())))
        try salesforce.simulator.rotateKeys(keepsOld: false)
        #expect(try !isSigned(token) && isSigned(IDToken(self.answer())))
    }

    /// A defect, and the claim that it concerns with what it is then; `nil` for none.
    static let claims: [(defect: String, claim: String, value: JSONValue?)] = [
        ("wrong-issuer", "iss", .string("https://login.example.net")),
        ("issuer-of-other-host", "iss", .string("https://elsewhere.my.salesforce.com")),
        ("wrong-audience", "aud", .string("3MVG9another")), ("wrong-nonce", "nonce", .string("another-nonce")),
        ("no-nonce", "nonce", nil), ("expired", "exp", .number(.integer(1_796_031_000 - 7080))),
        ("issued-in-future", "iat", .number(.integer(1_796_031_000 + 3600))), ("no-sub", "sub", nil),
        ("no-at-hash", "at_hash", nil),
    ]

    @Test("have one claim wrong where a fault says so, rightly signed", arguments: claims)
    func defects(defect: String, claim: String, value: JSONValue?) throws {
        let token = try IDToken(try answer("salesforce-id-token.\(defect)"))
        #expect(token.claims[claim] == value)
        #expect(try isSigned(token))
    }

    @Test("name another org, another user, or another host")
    func subjects() throws {
        let (org, user) = (try salesforce.organization(), try salesforce.user("ben"))
        func subject(_ defect: String) throws -> [String] {
            let token = try IDToken(try answer("salesforce-id-token.\(defect)"))
            return (token.claims["sub"]?.stringValue ?? "").split(separator: "/").map(String.init)
        }
        let host = "acme.my.salesforce.com"
        #expect(try subject("sub-elsewhere") == ["https:", "elsewhere.invalid", "id", org, user])
        let other = try subject("other-organization")
        #expect(other[1] == host && other[3] != org && other[3].hasPrefix("00D") && other[4] == user)
        let stranger = try subject("other-user")
        #expect(stranger[1] == host && stranger[3] == org && stranger[4] != user && stranger[4].hasPrefix("005"))
    }

    @Test("are wrongly signed where a fault says so")
    func signatures() throws {
        for defect in ["wrong-signature", "unknown-key", "alg-none", "alg-hs256"] {
            #expect(try !isSigned(IDToken(try answer("salesforce-id-token.\(defect)"))), "\(defect)")
        }
        let answer = try answer("salesforce-id-token.wrong-at-hash")
        let token = try IDToken(answer)
        #expect(try isSigned(token) && !hasRightHash(token, answer))
        #expect(try self.answer("salesforce-id-token.missing").json["id_token"] == nil)
    }

    @Test("stand beside a signature of identity URL and time, by the consumer secret")
    func answerSignature() throws {
        func isSigned(_ answer: HTTPResponse) throws -> Bool {
            let text = "\(answer.json["id"]?.stringValue ?? "")\(answer.json["issued_at"]?.stringValue ?? "")"
            let code = try PlainHMAC.code(of: text, key: salesforce.consumer().secret)
            return answer.json["signature"]?.stringValue == Base64.encode(code)
        }
        #expect(try isSigned(try answer()))
        #expect(try !isSigned(try answer("salesforce-token.wrong-signature")))
    }
}
