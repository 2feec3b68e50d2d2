import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("An ID token that is not what it should be")
struct IDTokenAttackTests {
    private static let otherTenant = "99999999-aaaa-4bbb-8ccc-000000000009"
    private static let otherIssuer = "https://login.microsoftonline.com/\(otherTenant)/v2.0"

    static let headers: [IDTokenSample] = [
        IDTokenSample("alg none, no signature", .algorithmNotAllowed) {
            $0.header = #"{"alg":"none","typ":"JWT"}"#
            $0.change = { String($0.prefix(through: $0.lastIndex(of: ".") ?? $0.startIndex)) }
        },
        IDTokenSample("alg NONE with a genuine signature", .algorithmNotAllowed) {
            $0.header = #"{"alg":"NONE","kid":"entra-key-1"}"#
        },
        IDTokenSample("HS256 with the JWK Set's key as secret", .algorithmNotAllowed) {
            $0.header = #"{"alg":"HS256","kid":"entra-key-1"}"#
        },
        IDTokenSample("PS256", .algorithmNotAllowed) { $0.header = #"{"alg":"PS256","kid":"entra-key-1"}"# },
        IDTokenSample("no alg", .algorithmNotAllowed) { $0.header = #"{"kid":"entra-key-1"}"# },
        IDTokenSample("crit", .criticalHeaderUnsupported) {
            $0.header = #"{"alg":"RS256","kid":"entra-key-1","crit":["exp"]}"#
        },
        IDTokenSample("two kid", .tokenMalformed) {
            $0.header = #"{"alg":"RS256","kid":"entra-key-1","kid":"entra-key-2"}"#
        },
        IDTokenSample("a key brought along", .signatureInvalid) {
            $0.header = #"{"alg":"RS256","kid":"entra-key-1","jwk":{"kty":"RSA","n":"AQAB","e":"AQAB"}}"#
            $0.signer = .other
        },
    ]

    static let keys: [IDTokenSample] = [
        IDTokenSample("signed by another key", .signatureInvalid) { $0.signer = .other },
        IDTokenSample("unknown kid", .keyUnknown) { $0.header = #"{"alg":"RS256","kid":"entra-key-2"}"# },
        IDTokenSample("kid in another case", .keyUnknown) { $0.header = #"{"alg":"RS256","kid":"ENTRA-KEY-1"}"# },
        IDTokenSample("no kid, several keys", .keyUnknown) {
            $0.header = #"{"alg":"RS256"}"#
            $0.keys = { try IDTokenMaker.keySet([(.cobrowse, "a"), (.renewed, "b")]) }
        },
        IDTokenSample("a key of another tenant's issuer", .issuerUnknown) {
            $0.keys = { try IDTokenMaker.keySet(issuer: otherIssuer) }
        },
        IDTokenSample("a key of another cloud", .issuerUnknown) {
            $0.keys = { try IDTokenMaker.keySet(issuer: "https://login.microsoftonline.us/{tenantid}/v2.0") }
        },
        IDTokenSample("two keys of one kid, neither made it", .signatureInvalid) {
            $0.keys = { try IDTokenMaker.keySet([(.renewed, IDTokenMaker.keyID), (.other, IDTokenMaker.keyID)]) }
        },
        IDTokenSample("no signature", .signatureInvalid) {
            $0.change = { String($0.prefix(through: $0.lastIndex(of: ".") ?? $0.startIndex)) }
        },
        IDTokenSample("padding behind the signature", .tokenMalformed) { $0.change = { $0 + "==" } },
        IDTokenSample("five parts", .tokenMalformed) { $0.change = { $0 + ".e30.e30" } },
        IDTokenSample("32 KiB and one byte", .tokenTooLarge) {
            $0.change = { $0 + String(repeating: "A", count: 32_769 - $0.utf8.count) }
        },
    ]

    static let issuers: [IDTokenSample] = [
        IDTokenSample("another tenant's iss", .issuerUnknown, ["iss": "\"\(otherIssuer)\""]),
        IDTokenSample("another tenant's tid", .issuerUnknown, ["tid": "\"\(otherTenant)\""]),
        IDTokenSample(
            "iss as written in the metadata", .issuerUnknown,
            [
                "iss": "\"\(IDTokenMaker.issuerTemplate)\"", "tid": #""{tenantid}""#,
            ]),
        IDTokenSample(
            "iss of v1", .issuerUnknown,
            [
                "iss": #""https://sts.windows.net/11111111-aaaa-4bbb-8ccc-000000000001/""#
            ]),
        IDTokenSample("iss with a slash more", .issuerUnknown, ["iss": "\"\(IDTokenMaker.issuer)/\""]),
        IDTokenSample("iss in upper case", .issuerUnknown, ["iss": "\"\(IDTokenMaker.issuer.uppercased())\""]),
        IDTokenSample(
            "tid that is no GUID and brings a path", .issuerUnknown,
            [
                "iss": #""https://login.microsoftonline.com/a/b/v2.0""#, "tid": #""a/b""#,
            ]),
        IDTokenSample(
            "tid empty", .issuerUnknown,
            [
                "iss": #""https://login.microsoftonline.com//v2.0""#, "tid": #""""#,
            ]),
        IDTokenSample("no tid", .claimMissing, ["tid": nil]),
        IDTokenSample("tid a number", .claimInvalid, ["tid": "1"]),
        IDTokenSample("no iss", .claimMissing, ["iss": nil]),
        IDTokenSample("iss empty", .claimInvalid, ["iss": #""""#]),
    ]

    static let audiences: [IDTokenSample] = [
        IDTokenSample("another client's aud", .audienceMismatch, ["aud": #""another""#]),
        IDTokenSample("aud in upper case", .audienceMismatch, ["aud": "\"\(IDTokenMaker.clientID.uppercased())\""]),
        IDTokenSample("aud empty", .audienceMismatch, ["aud": "[]"]),
        IDTokenSample("aud of several without azp", .audienceMismatch, ["aud": "[\"\(IDTokenMaker.clientID)\",\"b\"]"]),
        IDTokenSample(
            "aud of several with another's azp", .audienceMismatch,
            [
                "aud": "[\"\(IDTokenMaker.clientID)\",\"b\"]", "azp": #""b""#,
            ]),
        IDTokenSample(
            "aud of others with the client's azp", .audienceMismatch,
            [
                "aud": #"["a","b"]"#, "azp": "\"\(IDTokenMaker.clientID)\"",
            ]),
        IDTokenSample("another's azp", .audienceMismatch, ["azp": #""b""#]),
        IDTokenSample("aud with a number", .claimInvalid, ["aud": "[\"\(IDTokenMaker.clientID)\",1]"]),
        IDTokenSample("aud an object", .claimInvalid, ["aud": "{}"]),
        IDTokenSample("no aud", .claimMissing, ["aud": nil]),
        IDTokenSample("azp a number", .claimInvalid, ["azp": "1"]),
    ]

    static let times: [IDTokenSample] = [
        IDTokenSample("exp on the second", .tokenExpired, ["exp": "1800000000"]),
        IDTokenSample("exp a fraction before the next second", .tokenExpired, ["exp": "1800000000.9"]),
        IDTokenSample("iat 61 s ahead", .tokenNotYetValid, ["iat": "1800000061"]),
        IDTokenSample("iat 60.1 s ahead", .tokenNotYetValid, ["iat": "1800000060.1"]),
        IDTokenSample("nbf 61 s ahead", .tokenNotYetValid, ["nbf": "1800000061"]),
        IDTokenSample("exp not after iat", .claimInvalid, ["exp": "1800000030", "iat": "1800000030"]),
        IDTokenSample("exp text", .claimInvalid, ["exp": #""1800003600""#]),
        IDTokenSample("exp beyond all numbers", .claimInvalid, ["exp": "1e300"]),
        IDTokenSample("no exp", .claimMissing, ["exp": nil]), IDTokenSample("no iat", .claimMissing, ["iat": nil]),
        IDTokenSample("nbf null", .claimInvalid, ["nbf": "null"]),
    ]

    static let bindings: [IDTokenSample] = [
        IDTokenSample("no nonce", .claimMissing, ["nonce": nil]),
        IDTokenSample("another nonce", .stateInvalid, ["nonce": #""bm9uY2U""#]),
        IDTokenSample("nonce empty", .claimMissing, ["nonce": #""""#]),
        IDTokenSample("nonce empty, and none expected", .claimMissing) {
            $0.changes = [("nonce", #""""#)]
            $0.rules = IDTokenRules(
                issuer: IssuerPattern(IDTokenMaker.issuer), clientID: IDTokenMaker.clientID, nonce: "")
        },
        IDTokenSample("nonce null", .claimInvalid, ["nonce": "null"]),
        IDTokenSample("nonce cut", .stateInvalid, ["nonce": "\"\(IDTokenMaker.nonce.dropLast())\""]),
        IDTokenSample("at_hash of another access token", .claimInvalid, ["at_hash": #""77QmUPtjPfzWtF2AnpK9RQ""#]),
        IDTokenSample("at_hash empty", .claimInvalid, ["at_hash": #""""#]),
        IDTokenSample("at_hash a number", .claimInvalid, ["at_hash": "1"]),
        IDTokenSample("no sub", .claimMissing, ["sub": nil]),
        IDTokenSample("sub empty", .claimInvalid, ["sub": #""""#]),
        IDTokenSample("oid a number", .claimInvalid, ["oid": "5"]),
    ]

    static let all = headers + keys + issuers + audiences + times + bindings

    @Test("is refused, with the code that fits", arguments: all)
    func refused(_ sample: IDTokenSample) throws {
        let refusal = try sample.refusal()
        #expect(refusal?.code == sample.expected)
        #expect(sample.expected != nil)
    }

    @Test("is told in a sentence and a hint that are its own")
    func sentences() throws {
        let details = try Self.all.compactMap { try $0.refusal() }
        #expect(details.count == Self.all.count)
        for refusal in details {
            #expect(!refusal.detail.isEmpty && refusal.hint?.isEmpty == false)
            #expect(!refusal.detail.contains(IDTokenMaker.nonce))
        }
    }

    @Test("that says nothing unusual is accepted")
    func good() throws {
        let samples: [IDTokenSample] = [
            IDTokenSample("as Entra writes it", nil),
            IDTokenSample("aud an array of one", nil, ["aud": "[\"\(IDTokenMaker.clientID)\"]"]),
            IDTokenSample(
                "several aud with azp", nil,
                [
                    "aud": "[\"b\",\"\(IDTokenMaker.clientID)\"]", "azp": "\"\(IDTokenMaker.clientID)\"",
                ]),
            IDTokenSample("the last second", nil) {
                $0.now = Timestamp(seconds: 1_800_003_599)
            },
            IDTokenSample("iat and nbf 60 s ahead", nil, ["iat": "1800000060", "nbf": "1800000060"]),
            IDTokenSample("the right at_hash", nil, ["at_hash": #""mLzc-GFcHSVfaiaPxAa37w""#]),
            IDTokenSample("no nbf, no ver", nil, ["nbf": nil, "ver": nil]),
            IDTokenSample("no kid, one key", nil) { $0.header = #"{"alg":"RS256"}"# },
            IDTokenSample("the second key of one kid", nil) {
                $0.keys = {
                    try IDTokenMaker.keySet([(.renewed, IDTokenMaker.keyID), (.cobrowse, IDTokenMaker.keyID)])
                }
            },
            IDTokenSample("a key for this tenant alone", nil) {
                $0.keys = { try IDTokenMaker.keySet(issuer: IDTokenMaker.issuer) }
            },
            IDTokenSample("a key without issuer", nil) { $0.keys = { try IDTokenMaker.keySet(issuer: nil) } },
            IDTokenSample("an issuer without tenants", nil) {
                $0.changes = [("iss", #""https://acme.my.salesforce.com""#), ("tid", nil), ("oid", nil)]
                $0.keys = { try IDTokenMaker.keySet(issuer: nil) }
                $0.rules = IDTokenRules(
                    issuer: IssuerPattern("https://acme.my.salesforce.com"), clientID: IDTokenMaker.clientID,
                    nonce: IDTokenMaker.nonce)
            },
            IDTokenSample("display claims of strange types", nil, ["email": "5", "name": "[]"]),
        ]
        for sample in samples {
            let refusal = try sample.refusal()
            #expect(refusal == nil, "\(sample.name)")
        }
    }
}
