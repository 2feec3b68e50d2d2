import BridgeCore
import BridgeCrypto
import BridgeTesting
import HTTPMessage
import Simulators
import Testing

/// The other side is BridgeCrypto's own signer, which OpenSSL judges in the integration tests, and JWTs made by hand.
@Suite("Client assertions")
struct ClientAssertionTests {
    let standIns: StandIns
    let certificate: Certificate
    let client: String

    init() throws {
        standIns = try StandIns()
        certificate = try Certificate(reading: try KeyFixture.cobrowse.certificateFile.bytes(), source: "fixture")
        client = try standIns.client("bridge-certificate")
        var patch = JSONWriter()
        patch.object { writer in
            writer.name("certificates")
            writer.array { $0.string(certificate.pem) }
        }
        try standIns.simulator.changeClient("bridge-certificate", patch.text)
    }

    private func token(_ assertion: String, _ changes: [String: String?] = [:]) throws -> HTTPResponse {
        let fixed: [String: String?] = [
            "client_id": client, "client_secret": nil, "client_assertion": assertion,
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        ]
        return try standIns.applicationToken(fixed.merging(changes) { $1 })
    }

    private func claims(audience: String? = nil, id: String = "jti-1", lifetime: Int64 = 600) throws -> AssertionClaims
    {
        AssertionClaims(
            issuer: client, subject: client, audience: try audience ?? standIns.tokenURL(), id: id,
            issuedAt: standIns.clock.now, lifetime: lifetime)
    }

    private func signed(_ claims: AssertionClaims, _ scheme: RSASignatureScheme = .pss) throws -> String {
        let certificate = try ClientCertificate(
            certificate, key: try KeyFixture.cobrowse.privateKey, scheme: scheme)
        let assertion = try AssertionSigner(certificate).sign(claims)
        return assertion.withBytes { bytes in String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self) }
    }

    @Test("are taken with PS256 and x5t#S256, and with RS256 and x5t", arguments: [RSASignatureScheme.pss, .pkcs1])
    func accepted(scheme: RSASignatureScheme) throws {
        let answer = try token(try signed(try claims(), scheme))
        #expect(answer.status == .ok)
        #expect(try standIns.dataverse("WhoAmI", token: answer.json["access_token"]?.stringValue).status == .ok)
    }

    @Test("may name the issuer of the tenant as their audience")
    func issuerAudience() throws {
        let audience = "\(standIns.entra)/\(try standIns.tenant())/v2.0"
        #expect(try token(try signed(try claims(audience: audience))).status == .ok)
    }

    @Test("count once")
    func replay() throws {
        let assertion = try signed(try claims())
        #expect(try token(assertion).status == .ok)
        let again = try token(assertion)
        #expect(again.status == .unauthorized)
        #expect(again.aadsts == 50_027)
    }

    @Test("count for their time and their audience")
    func times() throws {
        let wrongAudience = try signed(try claims(audience: standIns.tokenURL("common")))
        #expect(try token(wrongAudience).aadsts == 700_023)
        let late = try signed(try claims())
        standIns.clock.advance(seconds: 600)
        #expect(try token(late).aadsts == 700_024)
        let early = try signed(try claims(id: "jti-2"))
        standIns.clock.advance(seconds: -301)
        #expect(try token(early).aadsts == 700_024)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Members of the header and the claims that are other than right; `nil` is absent.
        var header: [String: String?] = [:]
        var claims: [String: String?] = [:]
        var isSignedByAnother = false
        let number: Int
    }

    static let rows = [
        Row(testDescription: "right, by hand", number: 0),
        Row(
            testDescription: "thumbprint of another", header: ["x5t#S256": String(repeating: "A", count: 43)],
            number: 700_027),
        Row(testDescription: "thumbprint as hex text", header: ["x5t#S256": "hex"], number: 700_027),
        Row(testDescription: "no thumbprint", header: ["x5t#S256": nil], number: 700_027),
        Row(testDescription: "HS256", header: ["alg": "HS256"], number: 50_027),
        Row(testDescription: "none", header: ["alg": "none"], number: 50_027),
        Row(testDescription: "signature of another key", isSignedByAnother: true, number: 700_027),
        Row(testDescription: "PS256 in the header, RS256 in the signature", header: ["alg": "PS256"], number: 700_027),
        Row(testDescription: "other issuer", claims: ["iss": "11111111-1111-1111-1111-111111111111"], number: 700_021),
        Row(testDescription: "other subject", claims: ["sub": "11111111-1111-1111-1111-111111111111"], number: 700_021),
        Row(testDescription: "no audience", claims: ["aud": nil], number: 700_023),
        Row(testDescription: "no jti", claims: ["jti": nil], number: 50_027),
        Row(testDescription: "no exp", claims: ["exp": nil], number: 700_024),
    ]

    @Test("are refused where anything is wrong", arguments: rows)
    func refused(row: Row) throws {
        var header: [String: String] = [
            "alg": "RS256", "typ": "JWT", "x5t#S256": Base64URL.encode(try SHA256Digest(of: certificate.der).bytes),
        ]
        for (name, value) in row.header {
            header[name] = value == "hex" ? Base64URL.encode(Array(try certificate.sha256().uppercased().utf8)) : value
        }
        var claims: [String: String] = ["iss": client, "sub": client, "aud": try standIns.tokenURL(), "jti": "jti-3"]
        for (name, value) in row.claims { claims[name] = value }
        let expires = row.claims.keys.contains("exp") ? nil : standIns.clock.now.adding(seconds: 300).seconds
        let text = "\(encoded(header)).\(encoded(claims, expires: expires))"
        let key = try row.isSignedByAnother ? KeyFixture.other.privateKey : KeyFixture.cobrowse.privateKey
        let signature = try TokenSigner(key).signature(over: Array(text.utf8).span)
        let answer = try token("\(text).\(Base64URL.encode(signature))")
        #expect(answer.aadsts == (row.number == 0 ? nil : row.number))
        #expect(answer.status == (row.number == 0 ? .ok : .unauthorized))
    }

    private func encoded(_ members: [String: String], expires: Int64? = nil) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            for (name, value) in members { writer.member(name, value) }
            if let expires { writer.member("exp", expires) }
        }
        return Base64URL.encode(writer.bytes)
    }

    @Test(
        "are refused beside a secret, without their type, and where they are no JWT",
        arguments: [
            (["client_secret": "Sim8Q~bridge-secret-value"], 90_014), (["client_assertion_type": nil], 90_014),
            (["client_assertion": "a.b"], 50_027), (["client_assertion": "a.b.c.d"], 50_027),
        ] as [([String: String?], Int)])
    func forms(changes: [String: String?], number: Int) throws {
        #expect(try token(try signed(try claims()), changes).aadsts == number)
    }
}
