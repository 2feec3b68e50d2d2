import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

/// One claim with another value than a good token has, and the verdict.
struct ClaimSample: Sendable, CustomTestStringConvertible {
    let claim: String
    /// JSON; `nil` leaves the claim out.
    let value: String?
    let code: ReasonCode?
    /// What the detail has to name; the claim itself unless said otherwise.
    let named: String

    init(_ claim: String, _ value: String?, _ code: ReasonCode? = nil, names named: String? = nil) {
        (self.claim, self.value, self.code, self.named) = (claim, value, code, named ?? claim)
    }

    var testDescription: String { "\(claim): \(value.map { String($0.prefix(60)) } ?? "absent")" }

    /// The refusal of a token with this claim.
    func refusal() throws -> TokenRefusal? {
        let token = try TokenMaker().token(KeyValuePairs(dictionaryLiteral: (claim, value)))
        return try BridgeCryptoTests.refusal(of: token.utf8, keys: KeyFixture.cobrowse.keySet)
    }
}

@Suite("A claim")
struct ClaimTests {
    static let missing: [ClaimSample] = ["iss", "sub", "aud", "iat", "exp"].map { ClaimSample($0, nil, .claimMissing) }

    /// Each claim with a value of each wrong type.
    static let mistyped: [ClaimSample] = {
        let values = ["null", "true", "1", "1.5", #""text""#, "[]", #"["text"]"#, "{}", #"{"a":1}"#]
        let right: [String: Set<String>] = [
            "iss": [#""text""#], "sub": [#""text""#], "jti": [#""text""#], "displayName": [#""text""#],
            "aud": [#""text""#, "[]", #"["text"]"#], "exp": ["1", "1.5"], "iat": ["1", "1.5"], "nbf": ["1", "1.5"],
            "role": ["null", #""text""#], "policy": ["{}", #"{"a":1}"#], "salesforce": ["{}", #"{"a":1}"#],
        ]
        return right.keys.sorted().flatMap { claim in
            values.filter { right[claim]?.contains($0) == false }.map { ClaimSample(claim, $0, .claimInvalid) }
        }
    }()

    static let texts: [ClaimSample] = [
        ClaimSample("iss", #""""#, .claimInvalid), ClaimSample("sub", #""""#, .claimInvalid),
        ClaimSample("jti", #""""#), ClaimSample("jti", #""6c0f""#), ClaimSample("displayName", #""""#),
        ClaimSample("displayName", #""Ann é 张 😀""#), ClaimSample("unknown", "[[[{}]]]"), ClaimSample("ISS", "5"),
        ClaimSample("sub", #""\u0061nn@example.com""#),
    ]

    static let audiences: [ClaimSample] = [
        ClaimSample("aud", #""https://cobrowse.io""#), ClaimSample("aud", #"["https://cobrowse.io"]"#),
        ClaimSample("aud", #""https:\/\/cobrowse.io""#), ClaimSample("aud", #"[ "https://cobrowse\u002eio" ]"#),
        ClaimSample("aud", "[]", .audienceMismatch), ClaimSample("aud", #""""#, .audienceMismatch),
        ClaimSample("aud", #"[""]"#, .audienceMismatch),
        ClaimSample("aud", #""https://cobrowse.io/""#, .audienceMismatch),
        ClaimSample("aud", #""http://cobrowse.io""#, .audienceMismatch),
        ClaimSample("aud", #""HTTPS://cobrowse.io""#, .audienceMismatch),
        ClaimSample("aud", #""https://cobrowse.io.example.com""#, .audienceMismatch),
        ClaimSample("aud", #""https://cobrowse.i""#, .audienceMismatch),
        ClaimSample("aud", #""https://cobrowse.io\u0000""#, .audienceMismatch),
        ClaimSample("aud", #""cobrowse.io""#, .audienceMismatch),
        ClaimSample("aud", #"["https://cobrowse.io","https://example.com"]"#, .audienceMismatch),
        ClaimSample("aud", #"["https://example.com","https://cobrowse.io"]"#, .audienceMismatch),
        ClaimSample("aud", #"["https://cobrowse.io","https://cobrowse.io"]"#, .audienceMismatch),
        ClaimSample("aud", #"["https://cobrowse.io",1]"#, .claimInvalid),
        ClaimSample("aud", #"[null]"#, .claimInvalid), ClaimSample("aud", #"[["https://cobrowse.io"]]"#, .claimInvalid),
        ClaimSample("aud", #"{"https://cobrowse.io":true}"#, .claimInvalid),
    ]

    static let roles: [ClaimSample] = [
        ClaimSample("role", nil), ClaimSample("role", #""agent""#), ClaimSample("role", #""administrator""#),
        ClaimSample("role", #""\u0061gent""#),
        ClaimSample("role", "null", .claimInvalid), ClaimSample("role", #""""#, .claimInvalid),
        ClaimSample("role", #""Agent""#, .claimInvalid), ClaimSample("role", #""admin""#, .claimInvalid),
        ClaimSample("role", #""administrator ""#, .claimInvalid), ClaimSample("role", #""superuser""#, .claimInvalid),
        ClaimSample("policy", #"{"version":3}"#), ClaimSample("policy", #"{"version":3,"sessions":{"a":[1]}}"#),
        ClaimSample("policy", #"{"version":2}"#, .claimInvalid),
        ClaimSample("policy", #"{"version":"3"}"#, .claimInvalid),
        ClaimSample("policy", #"{"version":3.0}"#, .claimInvalid),
        ClaimSample("policy", #"{"version":null}"#, .claimInvalid),
        ClaimSample("policy", #"{"Version":3}"#, .claimInvalid),
        ClaimSample("policy", #"{"a":{"version":3}}"#, .claimInvalid),
    ]

    @Test("is claim_missing when it is required and absent", arguments: missing)
    func absent(_ sample: ClaimSample) throws {
        let refusal = try sample.refusal()
        #expect(refusal?.code == .claimMissing)
        #expect(refusal?.detail == "\(sample.claim) is missing")
    }

    @Test("is claim_invalid when it has the wrong type, and is named", arguments: mistyped)
    func type(_ sample: ClaimSample) throws {
        let refusal = try sample.refusal()
        #expect(refusal?.code == .claimInvalid)
        #expect(refusal?.detail.hasPrefix("\(sample.claim) ") == true)
    }

    @Test("is judged by its value", arguments: texts + audiences + roles)
    func value(_ sample: ClaimSample) throws {
        let refusal = try sample.refusal()
        #expect(refusal?.code == sample.code)
        if let refusal { #expect(refusal.detail.hasPrefix("\(sample.named) ")) }
    }

    @Test("of the wrong type was tried for every claim that is read")
    func complete() {
        #expect(Set(Self.mistyped.map(\.claim)).count == 11)
        #expect(Self.mistyped.count == 11 * 9 - 19)
    }

    @Test("role null needs a policy")
    func nullRole() throws {
        let keys = try KeyFixture.cobrowse.keySet
        let token = try verified(TokenMaker().token(["role": "null", "policy": #"{"version":3}"#]), keys: keys)
        #expect(token.role == .null)
        #expect(token.policy.map { String(decoding: $0, as: UTF8.self) } == #"{"version":3}"#)
        let other = try refusal(of: TokenMaker().token(["policy": #"{"version":1}"#, "role": "null"]).utf8, keys: keys)
        #expect(other?.code == .claimInvalid)
    }

    @Test("is read as it was written, escapes resolved")
    func values() throws {
        let token = try verified(
            TokenMaker().token([
                "displayName": #""Ann \"\u00e9\" \ud83d\ude00""#, "jti": #""id-1""#, "role": #""administrator""#,
                "policy": #"{ "version" : 3 }"#,
            ]), keys: KeyFixture.cobrowse.keySet)
        #expect(token.issuer == TokenMaker.license)
        #expect(token.subject == "ann@example.com")
        #expect(token.displayName == "Ann \"é\" 😀")
        #expect(token.tokenID == "id-1")
        #expect(token.role == .administrator)
        #expect(token.policy.map { String(decoding: $0, as: UTF8.self) } == #"{ "version" : 3 }"#)
        #expect(token.salesforce == nil)
        let plain = try verified(TokenMaker().token(), keys: KeyFixture.cobrowse.keySet)
        #expect(plain.displayName == nil && plain.tokenID == nil && plain.policy == nil && plain.role == .absent)
    }

    @Test("that is malformed JSON comes before one of the wrong type, and that before one that is missing")
    func order() throws {
        let payloads: [(String, ReasonCode)] = [
            (#"{"iss":5,"iss":5}"#, .tokenMalformed), (#"{"iss":5"#, .tokenMalformed),
            (#"{"iss":5}x"#, .tokenMalformed),
            (#"{"iss":5}"#, .claimInvalid), (#"{"exp":1}"#, .claimMissing), ("[]", .tokenMalformed),
            ("5", .tokenMalformed),
        ]
        for (payload, code) in payloads {
            let token = try TokenMaker().token(header: Array(TokenMaker.header.utf8), payload: Array(payload.utf8))
            #expect(try refusal(of: token.utf8, keys: KeyFixture.cobrowse.keySet)?.code == code, "\(payload)")
        }
    }

    @Test("cannot bring text into a message that moves or floods what is around it")
    func messages() throws {
        let nasty = "\u{202E}\u{9B}31m\u{2028}" + String(repeating: "\u{301}", count: 2000)
        let samples = [
            ClaimSample("role", "\"\(nasty)\""), ClaimSample("aud", "\"\(nasty)\""),
            ClaimSample("aud", "[\n\n\"a\",\r\n\"b\"]"),
        ]
        for sample in samples {
            let detail = try #require(try sample.refusal()?.detail)
            #expect(detail.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
            #expect(!detail.unicodeScalars.contains("\u{202E}") && !detail.unicodeScalars.contains("\u{2028}"))
            #expect(detail.unicodeScalars.count < 400)
        }
        let header = try TokenMaker().token(header: "{\"alg\":\"\(nasty)\"}")
        let refusal = try refusal(of: header.utf8, keys: KeyFixture.cobrowse.keySet)
        #expect(refusal?.code == .algorithmNotAllowed)
        #expect(refusal.map { $0.detail.unicodeScalars.count < 400 } == true)
    }
}
