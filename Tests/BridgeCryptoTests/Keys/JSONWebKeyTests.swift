import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("A JSON Web Key")
struct JSONWebKeyTests {
    /// A change to the members of a good JWK, and its outcome.
    struct Change: Sendable, CustomTestStringConvertible {
        let member: String
        let value: JSONValue?
        let code: ReasonCode?

        var testDescription: String { "\(member): \(value.map { "\($0)" } ?? "absent")" }

        init(_ member: String, _ value: JSONValue?, _ code: ReasonCode? = nil) {
            (self.member, self.value, self.code) = (member, value, code)
        }
    }

    static let changes: [Change] = [
        Change("kid", nil), Change("kid", .string("")), Change("use", nil), Change("alg", nil),
        Change("x5c", .array([.string("ignored")])), Change("key_ops", .array([.string("verify")])),
        Change("key_ops", .array([.string("sign"), .string("verify")])),
        Change("kty", nil, .certificateMalformed), Change("kty", .null, .certificateMalformed),
        Change("kty", .string("EC"), .keyNotRSA), Change("kty", .string("oct"), .keyNotRSA),
        Change("kty", .string("rsa"), .keyNotRSA), Change("use", .string("enc"), .keyNotRSA),
        Change("use", .null, .keyNotRSA), Change("use", .array([.string("sig")]), .keyNotRSA),
        Change("alg", .string("RS512"), .keyNotRSA), Change("alg", .string("PS256"), .keyNotRSA),
        Change("alg", .string("none"), .keyNotRSA), Change("alg", .null, .keyNotRSA),
        Change("key_ops", .array([]), .keyNotRSA), Change("key_ops", .string("verify"), .keyNotRSA),
        Change("key_ops", .array([.string("encrypt")]), .keyNotRSA),
        Change("kid", .number(.integer(1)), .certificateMalformed), Change("kid", .null, .certificateMalformed),
        Change("n", nil, .certificateMalformed), Change("n", .string("AQAB=="), .certificateMalformed),
        Change("n", .string("AQAB"), .keyTooSmall), Change("n", .string(""), .keyTooSmall),
        Change("n", .number(.integer(7)), .certificateMalformed),
        Change("e", nil, .certificateMalformed), Change("e", .string("AQ"), .keyTooSmall),
        Change("e", .string("Ag"), .keyTooSmall), Change("e", .string("AQA+"), .certificateMalformed),
        Change("d", .string("AQAB"), .privateKeyGiven), Change("p", .string("AQAB"), .privateKeyGiven),
        Change("q", .string("AQAB"), .privateKeyGiven), Change("dp", .string("AQAB"), .privateKeyGiven),
        Change("dq", .string("AQAB"), .privateKeyGiven), Change("qi", .string("AQAB"), .privateKeyGiven),
        Change("oth", .array([]), .privateKeyGiven), Change("k", .string("AQAB"), .privateKeyGiven),
        Change("d", .null, .privateKeyGiven),
    ]

    @Test("is judged member by member", arguments: changes)
    func member(_ change: Change) throws {
        var members = try self.members()
        members.removeAll { $0.name == change.member }
        if let value = change.value { members.append(JSONMember(name: change.member, value: value)) }
        let error = cryptoError { () throws(CryptoError) in _ = try JSONWebKey(.object(members), source: "jwk") }
        #expect(error?.code == change.code)
        #expect(error?.detail.contains("jwk") != false)
    }

    @Test("has the key of the certificate it was made from, and writes back what it was")
    func roundTrip() throws {
        let key = try KeyFixture.cobrowse.publicKey
        let read = try JSONWebKeySet(reading: bytes("CobrowseIO.jwk.json"), source: "jwk").keys
        #expect(read.map(\.key) == [key])
        let written = JSONWebKeySet([JSONWebKey(key, keyID: "a\"b"), JSONWebKey(key, keyID: nil)]).json
        let again = try JSONWebKeySet(reading: written, source: "jwks")
        #expect(again.keys.map(\.key) == [key, key])
        #expect(again.keys.map(\.keyID) == ["a\"b", key.thumbprint])
    }

    @Test("has the thumbprint that RFC 7638 §3.1 prints for its example")
    func thumbprint() throws {
        let modulus =
            "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJE"
            + "CPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2Q"
            + "vzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6"
            + "WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
        let key = try RSAPublicKey(modulus: try #require(Base64URL.decode(modulus.utf8)), exponent: [1, 0, 1])
        #expect(key.thumbprint == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
    }

    @Test("in a set is left out when it is of another kind, and refuses the set when it is private or weak")
    func sets() throws {
        #expect(try keyIDs("two-keys.jwks.json").count == 2)
        #expect(try Set(keyIDs("duplicate-kid.jwks.json")).count == 1)
        let good = JSONValue.object(try members())
        let other = JSONValue.object([JSONMember(name: "kty", value: .string("EC"))])
        #expect(try read(.array([other, good, other])).keys.count == 1)
        let refused: [(JSONValue, ReasonCode)] = [
            (.array([]), .certificateMalformed), (.array([other]), .certificateMalformed),
            (.array([good, .null]), .certificateMalformed),
            (.array([good, .object(try members() + [JSONMember(name: "d", value: .string("AA"))])]), .privateKeyGiven),
        ]
        for (keys, code) in refused {
            let error = cryptoError { () throws(CryptoError) in _ = try read(keys) }
            #expect(error?.code == code)
        }
    }

    private func read(_ keys: JSONValue) throws(CryptoError) -> JSONWebKeySet {
        var writer = JSONWriter()
        writer.value(.object([JSONMember(name: "keys", value: keys)]))
        return try JSONWebKeySet(reading: writer.bytes, source: "jwks")
    }

    private func keyIDs(_ name: String) throws -> [String?] {
        try JSONWebKeySet(reading: bytes(name), source: name).keys.map(\.keyID)
    }

    private func members() throws -> [JSONMember] {
        try #require(try JSONValue(parsing: bytes("CobrowseIO.jwk.json")).objectValue)
    }

    private func bytes(_ name: String) throws -> [UInt8] {
        try RepositoryFile("Certificates/shapes/\(name)").bytes()
    }
}
