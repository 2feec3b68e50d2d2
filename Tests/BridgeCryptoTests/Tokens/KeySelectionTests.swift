import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

/// A token with one `kid`, the keys that are trusted, and whether one of them may verify it.
struct KeySelection: Sendable, CustomTestStringConvertible {
    /// A trusted key: which one, the `kid` it declares, its alias.
    struct Trusted: Sendable {
        let key: KeyFixture
        var declared: String?
        var alias: String?
    }

    let name: String
    /// The JSON of the `kid` member; `nil` for none. `THUMBPRINT` stands for the thumbprint of the signing key.
    let keyID: String?
    let trusted: [Trusted]
    /// `nil` where the token, which `KeyFixture.cobrowse` signed, is accepted.
    let code: ReasonCode?

    var testDescription: String { name }

    init(_ name: String, kid keyID: String?, _ trusted: [Trusted], _ code: ReasonCode? = nil) {
        (self.name, self.keyID, self.trusted, self.code) = (name, keyID, trusted, code)
    }
}

@Suite("The key a token is verified with")
struct KeySelectionTests {
    private typealias Trusted = KeySelection.Trusted
    private static let undeclared = Trusted(key: .cobrowse)
    private static let other = Trusted(key: .other)

    static let selections: [KeySelection] = [
        KeySelection("no kid, one key", kid: nil, [undeclared]),
        KeySelection("no kid, the other key too", kid: nil, [other, undeclared]),
        KeySelection("no kid, only the other key", kid: nil, [other], .signatureInvalid),
        KeySelection("no kid, no keys", kid: nil, [], .keyUnknown),
        KeySelection("no kid, the key declares one", kid: nil, [Trusted(key: .cobrowse, declared: "a")], .keyUnknown),
        KeySelection(
            "no kid, the key declares one beside another", kid: nil, [Trusted(key: .cobrowse, declared: "a"), other],
            .signatureInvalid),
        KeySelection("no kid, the key has an alias", kid: nil, [Trusted(key: .cobrowse, alias: "a")]),
        KeySelection("its declared kid", kid: #""a""#, [Trusted(key: .cobrowse, declared: "a")]),
        KeySelection("its declared kid, escaped", kid: #""\u0061""#, [Trusted(key: .cobrowse, declared: "a")]),
        KeySelection(
            "its declared kid, beyond ASCII", kid: #""é\ud83d\ude00""#, [Trusted(key: .cobrowse, declared: "é😀")]),
        KeySelection(
            "its declared kid in other letters", kid: #""A""#, [Trusted(key: .cobrowse, declared: "a")], .keyUnknown),
        KeySelection("its declared kid and more", kid: #""a ""#, [Trusted(key: .cobrowse, declared: "a")], .keyUnknown),
        KeySelection(
            "its declared kid with NUL", kid: #""a\u0000""#, [Trusted(key: .cobrowse, declared: "a")], .keyUnknown),
        KeySelection(
            "its declared kid in another normal form", kid: #""e\u0301""#,
            [Trusted(key: .cobrowse, declared: "\u{E9}")],
            .keyUnknown),
        KeySelection("an empty kid, an empty declaration", kid: #""""#, [Trusted(key: .cobrowse, declared: "")]),
        KeySelection("an empty kid, no declaration", kid: #""""#, [undeclared]),
        KeySelection("its alias", kid: #""prod""#, [other, Trusted(key: .cobrowse, alias: "prod")]),
        KeySelection(
            "its alias, though it declares another", kid: #""prod""#,
            [Trusted(key: .cobrowse, declared: "a", alias: "prod")]),
        KeySelection("its thumbprint", kid: "THUMBPRINT", [other, undeclared]),
        KeySelection(
            "its thumbprint, though it declares another", kid: "THUMBPRINT",
            [other, Trusted(key: .cobrowse, declared: "a")]),
        KeySelection(
            "the other key's alias", kid: #""b""#, [undeclared, Trusted(key: .other, alias: "b")], .signatureInvalid),
        KeySelection(
            "the other key's declared kid", kid: #""b""#, [undeclared, Trusted(key: .other, declared: "b")],
            .signatureInvalid),
        KeySelection("a kid of nobody", kid: #""x""#, [undeclared]),
        KeySelection("a kid of nobody, the other key first", kid: #""x""#, [other, undeclared]),
        KeySelection(
            "a kid of nobody, the key declares one", kid: #""x""#, [Trusted(key: .cobrowse, declared: "a")], .keyUnknown
        ),
        KeySelection(
            "a kid of nobody, an alias is no declaration", kid: #""x""#, [Trusted(key: .cobrowse, alias: "a")]),
        KeySelection(
            "one kid declared by both", kid: #""a""#,
            [Trusted(key: .other, declared: "a"), Trusted(key: .cobrowse, declared: "a")]),
        KeySelection(
            "a kid that is another key's alias", kid: #""a""#,
            [Trusted(key: .other, alias: "a"), Trusted(key: .cobrowse, declared: "a")]),
    ]

    @Test("is the one its kid names, else one that declares none", arguments: selections)
    func selects(_ selection: KeySelection) throws {
        let thumbprint = try "\"\(KeyFixture.cobrowse.publicKey.thumbprint)\""
        let keyID = selection.keyID.map { $0 == "THUMBPRINT" ? thumbprint : $0 }
        let member = keyID.map { ",\"kid\":\($0)" } ?? ""
        let token = try TokenMaker().token(header: #"{"alg":"RS256"\#(member)}"#)
        let keys = TokenKeySet(
            try selection.trusted.map {
                TokenKey(try $0.key.publicKey, declaredKeyID: $0.declared, alias: $0.alias)
            }, issuer: nil)
        #expect(try refusal(of: token.utf8, keys: keys)?.code == selection.code)
    }

    @Test("is named in the verified token")
    func thumbprint() throws {
        let keys = TokenKeySet(
            try [KeyFixture.other, .cobrowse, .renewed].map { TokenKey(try $0.publicKey) }, issuer: nil)
        for fixture in [KeyFixture.other, .cobrowse, .renewed] {
            let token = try verified(TokenMaker(fixture).token(), keys: keys)
            #expect(try token.keyThumbprint == fixture.publicKey.thumbprint)
        }
    }

    @Test("may have any size that is accepted", arguments: [KeyFixture.cobrowse, .rsa3072, .rsa4096, .exponent3])
    func sizes(_ fixture: KeyFixture) throws {
        let all = TokenKeySet(try KeyFixture.allCases.map { TokenKey(try $0.publicKey) }, issuer: nil)
        let token = try TokenMaker(fixture).token()
        #expect(try refusal(of: token.utf8, keys: all) == nil)
        #expect(try refusal(of: token.utf8, keys: KeyFixture.renewed.keySet) == .signatureInvalid)
    }

    @Test("may be shared by verifiers of several threads")
    func threads() async throws {
        let keys = TokenKeySet(try KeyFixture.allCases.map { TokenKey(try $0.publicKey) }, issuer: nil)
        let tokens = try KeyFixture.allCases.map { try TokenMaker($0).token() }
        let accepted = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let verifier = try TokenVerifier()
                    var accepted = 0
                    for round in 0..<40 {
                        let token = try UnverifiedToken(tokens[round % tokens.count])
                        _ = try verifier.verify(token, keys: keys, now: TokenMaker.now)
                        accepted += 1
                    }
                    return accepted
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(accepted == 320)
    }

    @Test("is signed with by several threads at once")
    func signingThreads() async throws {
        let key = try KeyFixture.cobrowse.privateKey
        let expected = try TokenMaker().signature(over: [1, 2, 3])
        let signatures = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let signer = try TokenSigner(key)
                    let input: [UInt8] = [1, 2, 3]
                    for _ in 0..<5 { _ = try signer.signature(over: input.span) }
                    return try signer.signature(over: input.span)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(signatures == Array(repeating: expected, count: 8))
    }
}

@Suite("Keys of one issuer")
struct IssuerTests {
    @Test("verify no token of another issuer, and none that only looks alike", arguments: ["other", "acme-te\u{17F}t"])
    func foreign(_ issuer: String) throws {
        let keys = TokenKeySet([TokenKey(try KeyFixture.cobrowse.publicKey)], issuer: issuer)
        let token = try TokenMaker().token()
        #expect(try refusal(of: token.utf8, keys: keys) == .issuerUnknown(TokenMaker.license))
    }

    @Test("verify their own")
    func own() throws {
        let keys = TokenKeySet([TokenKey(try KeyFixture.cobrowse.publicKey)], issuer: TokenMaker.license)
        #expect(try refusal(of: TokenMaker().token().utf8, keys: keys) == nil)
    }
}

@Suite("A signer")
struct AdditionalClaimTests {
    @Test("does not write a claim twice", arguments: [["sub"], ["x", "x"], ["exp"]])
    func repeated(_ names: [String]) throws {
        let claims = AgentClaims(
            license: "acme-test", email: "ann@example.com", issuedAt: TokenMaker.now,
            expiresAt: TokenMaker.now.adding(seconds: 60),
            additional: names.map { JSONMember(name: $0, value: .number(.integer(1))) })
        let error = #expect(throws: CryptoError.self) {
            try TokenSigner(KeyFixture.cobrowse.privateKey).sign(claims)
        }
        #expect(error?.code == .configurationInvalid)
    }
}
