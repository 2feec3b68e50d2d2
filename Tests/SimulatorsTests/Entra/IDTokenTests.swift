import BridgeCore
import BridgeCrypto
import HTTPMessage
import Simulators
import Testing

@Suite("ID tokens of the stand-in")
struct IDTokenTests {
    let standIns: StandIns

    init() throws { standIns = try StandIns() }

    private func token(
        _ person: String = "ben", fault: String? = nil, _ changes: [String: String?] = [:]
    ) throws -> IDToken {
        if let fault { try standIns.simulator.set(fault) }
        return try IDToken(try standIns.redeem(try standIns.code(person, changes)))
    }

    private func keys(_ path: String? = nil) throws -> [JSONValue] {
        try standIns.get("\(standIns.entra)/\(try path ?? standIns.tenant())/discovery/v2.0/keys").json["keys"]?
            .arrayValue ?? []
    }

    private func key(of token: IDToken) throws -> JSONValue? {
        try keys().first { $0["kid"] == token.header["kid"] }
    }

    private func isSigned(_ token: IDToken) throws -> Bool {
        guard let key = try key(of: token), let n = key["n"]?.stringValue, let e = key["e"]?.stringValue else {
            return false
        }
        let publicKey = try RSAPublicKey(
            modulus: try #require(Base64URL.decode(n.utf8)), exponent: try #require(Base64URL.decode(e.utf8)))
        return try publicKey.isSignature(token.signature, over: token.signedText, scheme: .pkcs1)
    }

    @Test("say who signed in, and are signed by a published key")
    func claims() throws {
        let token = try token()
        #expect(token.header["alg"]?.stringValue == "RS256")
        #expect(token.header["typ"]?.stringValue == "JWT")
        #expect(try isSigned(token))
        let now = standIns.clock.now.seconds
        let tenant = try standIns.tenant()
        #expect(token.claims["iss"]?.stringValue == "\(standIns.entra)/\(tenant)/v2.0")
        #expect(token.claims["aud"]?.stringValue == (try standIns.client()))
        #expect(token.claims["tid"]?.stringValue == tenant)
        #expect(token.claims["oid"]?.stringValue == (try standIns.person("ben")))
        #expect(token.claims["nonce"]?.stringValue == "nonce-1")
        #expect(token.claims["ver"]?.stringValue == "2.0")
        #expect(token.claims["iat"]?.integerValue == now)
        #expect(token.claims["nbf"]?.integerValue == now)
        #expect(token.claims["exp"]?.integerValue == now + 3600)
        #expect(token.claims["preferred_username"]?.stringValue == "ben@contoso.example")
        #expect(token.claims["name"]?.stringValue == "Ben Agent")
        #expect(token.claims["sub"]?.stringValue?.count == 43)
        #expect(token.claims["email"] == nil)
        #expect(token.claims["upn"] == nil)
    }

    @Test("leave out what needs another scope")
    func scopes() throws {
        let bare = try token("ben", ["scope": "openid"])
        #expect(bare.claims["oid"] == nil)
        #expect(bare.claims["preferred_username"] == nil)
        #expect(bare.claims["sub"] != nil)
        let mail = try token("ben", ["scope": "openid profile email"])
        #expect(mail.claims["email"]?.stringValue == "ben@contoso.example")
        #expect(try token("gina").claims["email"]?.stringValue == "gina@fabrikam.example")  // a guest's is always there
        #expect(try token("mika", ["scope": "openid profile email"]).claims["email"] == nil)
    }

    @Test("name a person another way for each client")
    func pairwise() throws {
        let first = try token().claims["sub"]
        #expect(try token().claims["sub"] == first)
        #expect(try token("ann").claims["sub"] != first)
        let client = try standIns.client("bridge-personal")
        let answer = try standIns.redeem(
            try standIns.code("ben", ["client_id": client]),
            ["client_id": client, "client_secret": "Sim8Q~personal-secret-value"])
        #expect(try IDToken(answer).claims["sub"] != first)
    }

    @Test("of personal accounts come from the tenant they live in")
    func personal() throws {
        let client = try standIns.client("bridge-personal")
        let changes: [String: String?] = ["client_id": client, "scope": "openid profile"]
        let answer = try standIns.redeem(
            try standIns.code("pat", changes, at: "common"),
            ["client_id": client, "client_secret": "Sim8Q~personal-secret-value"], at: "common")
        #expect(try IDToken(answer).claims["tid"]?.stringValue == "9188040d-6c67-4c5b-b112-36a304b66dad")
    }

    @Test("are checked against several keys, each with an issuer or without")
    func keySet() throws {
        let published = try keys()
        #expect(published.count == 3)
        #expect(Set(published.map { $0["kid"]?.stringValue }).count == 3)
        #expect(published.allSatisfy { $0["kid"] == $0["x5t"] && $0["use"]?.stringValue == "sig" && $0["alg"] == nil })
        let issuers = Set(published.map { $0["issuer"]?.stringValue })
        #expect(issuers.contains("\(standIns.entra)/{tenantid}/v2.0"))
        #expect(issuers.contains(nil))
        #expect(issuers.count == 3)
        #expect(try key(of: token())?["issuer"]?.stringValue == "\(standIns.entra)/{tenantid}/v2.0")
    }

    @Test("are signed by another key after a rotation")
    func rotation() throws {
        let before = try token()
        try standIns.simulator.rotateKeys()
        let after = try token()
        #expect(after.header["kid"] != before.header["kid"])
        #expect(try isSigned(before) && isSigned(after))
        try standIns.simulator.rotateKeys(keepsOld: false)
        #expect(try key(of: before) == nil)
        #expect(try isSigned(token()))
    }

    @Test("have the defect that was set, once", arguments: IDTokenDefectName.all)
    func defects(name: IDTokenDefectName) throws {
        let token = try token(fault: "id-token.\(name.text)")
        #expect(try name.isThere(token, try isSigned(token), standIns))
        #expect(try isSigned(self.token()))
    }

    @Test("may be missing, or in two parts")
    func broken() throws {
        try standIns.simulator.set("id-token.missing")
        let missing = try standIns.redeem(try standIns.code())
        #expect(missing.status == .ok && missing.json["id_token"] == nil)
        try standIns.simulator.set("id-token.malformed")
        let malformed = try standIns.redeem(try standIns.code())
        #expect(malformed.json["id_token"]?.stringValue?.split(separator: ".").count == 2)
    }
}

/// A defect, and how one sees it.
struct IDTokenDefectName: Sendable, CustomTestStringConvertible {
    let text: String
    private let check: @Sendable (IDToken, Bool, StandIns) throws -> Bool

    var testDescription: String { text }

    func isThere(_ token: IDToken, _ isSigned: Bool, _ standIns: StandIns) throws -> Bool {
        try check(token, isSigned, standIns)
    }

    private static func claim(
        _ text: String, _ name: String, _ isWrong: @escaping @Sendable (JSONValue?, StandIns) throws -> Bool
    ) -> Self {
        Self(text: text) { token, isSigned, standIns in try isSigned && isWrong(token.claims[name], standIns) }
    }

    static let all: [Self] = [
        Self(text: "wrong-signature") { token, isSigned, _ in !isSigned && token.signature.count == 256 },
        Self(text: "unknown-key") { _, isSigned, _ in !isSigned },
        Self(text: "key-of-other-tenant") { token, isSigned, standIns in
            let keys = try standIns.get("\(standIns.entra)/common/discovery/v2.0/keys").json["keys"]?.arrayValue
            let issuer = keys?.first { $0["kid"] == token.header["kid"] }?["issuer"]
            return isSigned && issuer != nil && issuer != token.claims["iss"]
                && issuer?.stringValue?.contains("{tenantid}") == false
        },
        Self(text: "alg-none") { token, _, _ in token.header["alg"]?.stringValue == "none" && token.signature.isEmpty },
        Self(text: "alg-hs256") { token, _, _ in
            token.header["alg"]?.stringValue == "HS256" && token.signature.count == 32
        },
        Self(text: "crit") { token, isSigned, _ in isSigned && token.header["crit"] != nil },
        claim("wrong-issuer", "iss") { claim, _ in claim?.stringValue?.hasPrefix("https://login.example.net/") == true
        },
        claim("other-tenant", "tid") { claim, standIns in try claim?.stringValue != standIns.tenant() },
        Self(text: "tid-not-of-issuer") { token, isSigned, _ in
            let tenant = token.claims["tid"]?.stringValue ?? ""
            return isSigned && token.claims["iss"]?.stringValue?.contains(tenant) == false
        },
        claim("wrong-audience", "aud") { claim, standIns in try claim?.stringValue != standIns.client() },
        claim("wrong-nonce", "nonce") { claim, _ in claim != nil && claim?.stringValue != "nonce-1" },
        claim("no-nonce", "nonce") { claim, _ in claim == nil },
        claim("expired", "exp") { claim, standIns in claim?.integerValue == standIns.clock.now.seconds - 3600 },
        claim("not-yet-valid", "nbf") { claim, standIns in claim?.integerValue == standIns.clock.now.seconds + 3600 },
        claim("issued-in-future", "iat") { claim, standIns in claim?.integerValue == standIns.clock.now.seconds + 3600
        },
        claim("no-oid", "oid") { claim, _ in claim == nil },
        claim("no-tid", "tid") { claim, _ in claim == nil },
        claim("version-1", "iss") { claim, _ in claim?.stringValue?.hasPrefix("https://sts.windows.net/") == true },
        claim("at-hash", "at_hash") { claim, _ in claim?.stringValue?.count == 22 },
        claim("wrong-at-hash", "at_hash") { claim, _ in claim?.stringValue?.count == 22 },
        claim("address-of-another", "email") { claim, _ in claim?.stringValue == "ann@contoso.example" },
    ]
}

@Suite("Entra's metadata")
struct MetadataTests {
    let standIns: StandIns

    init() throws { standIns = try StandIns() }

    @Test(
        "has the tenant's issuer, or a templated one",
        arguments: [
            ("contoso.example", "{contoso}", "{contoso}"), ("common", "{tenantid}", "common"),
            ("organizations", "{tenantid}", "organizations"),
            ("consumers", "9188040d-6c67-4c5b-b112-36a304b66dad", "9188040d-6c67-4c5b-b112-36a304b66dad"),
        ])
    func issuer(path: String, issuer: String, segment: String) throws {
        let tenant = try standIns.tenant()
        let document = try standIns.get("\(standIns.entra)/\(path)/v2.0/.well-known/openid-configuration").json
        func expanded(_ text: String) -> String { text == "{contoso}" ? tenant : text }
        #expect(document["issuer"]?.stringValue == "\(standIns.entra)/\(expanded(issuer))/v2.0")
        #expect(document["token_endpoint"]?.stringValue == "\(standIns.entra)/\(expanded(segment))/oauth2/v2.0/token")
        #expect(document["jwks_uri"]?.stringValue == "\(standIns.entra)/\(expanded(segment))/discovery/v2.0/keys")
    }

    @Test("is refused for tenants nobody knows", arguments: [("nobody.example", 90_002), ("x", 900_023)])
    func unknown(path: String, number: Int) throws {
        let answer = try standIns.get("\(standIns.entra)/\(path)/v2.0/.well-known/openid-configuration")
        #expect(answer.status == .badRequest)
        #expect(answer.aadsts == number)
    }

    @Test(
        "is nowhere else", arguments: ["", "/contoso.example", "/contoso.example/oauth2/token", "/oauth2/v2.0/token"])
    func nowhere(path: String) throws {
        #expect(try standIns.get("\(standIns.entra)\(path)").status == .notFound)
    }
}
