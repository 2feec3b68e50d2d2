import AuthService
import BridgeCore
import Testing

@Suite("The body of a revocation")
struct RevocationDocumentTests {
    private static let now = Timestamp(milliseconds: 1_800_000_000_500)
    private static let digest = String(repeating: "0a", count: 32)
    private static let keyID = "K7NaRhri-9tZC5KbV-dJWvEP-SO9GR4rQttmuYTn7fA"
    private static let account = "acc_" + String(repeating: "1f", count: 16)

    private static func read(_ text: String) throws -> Revocation {
        try Revocation(try JSONValue(parsing: text.utf8), now: now)
    }

    @Test(
        "names what is revoked",
        arguments: [
            (#"{"email":" Ann@Example.com "}"#, Revocation.Kind.email, "ann@example.com"),
            (#"{"accountId":"\#(account)"}"#, .account, account), (#"{"tokenId":"a \u0000 b"}"#, .tokenID, "a \0 b"),
            (#"{"tokenDigest":"\#(digest)"}"#, .tokenDigest, digest), (#"{"keyId":"\#(keyID)"}"#, .keyID, keyID),
            (#"{"all":true}"#, .all, ""),
        ])
    func names(text: String, kind: Revocation.Kind, value: String) throws {
        let expected = Revocation(kind, value, issuedBefore: Timestamp(seconds: 1_800_000_001))
        #expect(try Self.read(text) == expected)
    }

    @Test("may name the time", arguments: ["2027-01-15T08:00:00Z", "2027-01-15T08:00:00.001+00:00"])
    func time(text: String) throws {
        let revocation = try Self.read(#"{"all":true,"issuedBefore":"\#(text)"}"#)
        #expect(revocation.issuedBefore == Timestamp(seconds: text.contains(".") ? 1_800_000_001 : 1_800_000_000))
    }

    @Test(
        "is refused at the place that is wrong",
        arguments: [
            ("{}", ""), ("[]", ""), (#"{"issuedBefore":"2027-01-15T08:00:00Z"}"#, ""),
            (#"{"email":"a@example.com","all":true}"#, ""), (#"{"mail":"a@example.com"}"#, "mail"),
            (#"{"email":"a"}"#, "email"), (#"{"email":""}"#, "email"), (#"{"email":null}"#, "email"),
            (#"{"email":["a@example.com"]}"#, "email"), (#"{"accountId":"acc_1"}"#, "accountId"),
            (#"{"accountId":"acc_\#(digest.dropLast(32).uppercased())"}"#, "accountId"),
            (#"{"tokenDigest":"\#(digest.uppercased())"}"#, "tokenDigest"),
            (#"{"tokenDigest":"\#(digest)0"}"#, "tokenDigest"), (#"{"tokenId":7}"#, "tokenId"),
            (#"{"tokenId":"\#(String(repeating: "é", count: 257))"}"#, "tokenId"),
            (#"{"keyId":"\#(keyID.dropLast())B"}"#, "keyId"), (#"{"keyId":"\#(keyID)="}"#, "keyId"),
            (#"{"all":false}"#, "all"), (#"{"all":"true"}"#, "all"),
            (#"{"all":true,"issuedBefore":"now"}"#, "issuedBefore"),
            (#"{"all":true,"issuedBefore":1}"#, "issuedBefore"),
            (#"{"all":true,"issuedBefore":null}"#, "issuedBefore"),
            (#"{"all":true,"issuedBefore":"2027-01-14T07:59:00Z"}"#, "issuedBefore"),
            (#"{"all":true,"issuedBefore":"2027-01-16T08:00:01Z"}"#, "issuedBefore"),
        ])
    func refused(text: String, place: String) throws {
        let error = #expect(throws: DocumentError.self) { try Self.read(text) }
        #expect(error?.place == place)
    }

    @Test("takes times from a day and a minute ago to a day ahead")
    func range() throws {
        for text in ["2027-01-14T07:59:01Z", "2027-01-16T08:00:00Z"] {
            _ = try Self.read(#"{"all":true,"issuedBefore":"\#(text)"}"#)
        }
    }

    @Test("is answered with when it ends", arguments: Revocation.Kind.allCases)
    func written(kind: Revocation.Kind) throws {
        let revocation = Revocation(kind, "a\"b", issuedBefore: Timestamp(seconds: 1_800_000_000))
        var writer = JSONWriter()
        writer.revocation(revocation)
        let value = kind == .all ? "true" : #""a\"b""#
        let text = """
            {"\(kind.rawValue)":\(value),"issuedBefore":"2027-01-15T08:00:00Z","expiresAt":"2027-01-16T08:01:00Z"}
            """
        #expect(writer.text == text)
        #expect(try JSONValue(parsing: text.utf8) == revocation.document)
    }
}
