import AuthService
import BridgeCore
import BridgeCrypto
import Testing

@Suite("The request for a token")
struct TokenRequestTests {
    private func read(_ members: String) throws(DocumentError) -> TokenRequest {
        try TokenRequest(parsing: "{\(members)}".utf8)
    }

    @Test("says who, as what and for how long")
    func whole() throws {
        let request = try read(
            #"""
            "license":"trial12345","email":"Ann@Example.com","displayName":"Ann","role":null,
            "policy":{"version":3,"a":[1]},"expiresIn":60
            """#)
        #expect(request.license.value == "trial12345" && request.email.value == "ann@example.com")
        #expect(request.displayName == "Ann" && request.role == .null && request.lifetime == 60)
        #expect(request.policy?["a"]?.arrayValue?.count == 1)
    }

    @Test("needs no more than license and address")
    func least() throws {
        let request = try read(#""license":"trial12345","email":"a@b.example""#)
        #expect(request.displayName == nil && request.role == .absent && request.policy == nil)
        #expect(request.lifetime == nil)
        #expect(try read(#""license":"l","email":"a@b.example","role":"agent""#).role == .agent)
        #expect(try read(#""license":"l","email":"a@b.example","role":"administrator""#).role == .administrator)
    }

    /// Members beside a good license and address, and the place they are refused at.
    static let wrong: [(String, String)] = [
        (#""displayName":"""#, "displayName"), (#""displayName":null"#, "displayName"),
        (#""displayName":1"#, "displayName"), (#""role":"boss""#, "role"), (#""role":null"#, "role"),
        (#""role":"Agent""#, "role"), (#""role":["agent"]"#, "role"), (#""policy":null"#, "policy"),
        (#""policy":"x""#, "policy"), (#""policy":{}"#, "policy.version"),
        (#""policy":{"version":"3"}"#, "policy.version"),
        (#""expiresIn":0"#, "expiresIn"), (#""expiresIn":-1"#, "expiresIn"), (#""expiresIn":1.5"#, "expiresIn"),
        (#""expiresIn":"900""#, "expiresIn"), (#""expiresIn":null"#, "expiresIn"), (#""expires":900"#, "expires"),
        (#""License":"x""#, "License"),
    ]

    @Test("is refused at the place that is wrong", arguments: wrong)
    func refused(members: String, place: String) throws {
        let error = #expect(throws: DocumentError.self) {
            try read(#""license":"trial12345","email":"a@b.example",\#(members)"#)
        }
        #expect(error?.place == place)
    }

    @Test(
        "is refused without license and address, and when it is no object",
        arguments: [
            ("{}", "license"), (#"{"license":"a b","email":"a@b.example"}"#, "license"),
            (#"{"license":"l"}"#, "email"), (#"{"license":"l","email":"ann"}"#, "email"),
            (#"{"license":"l","license":"l","email":"a@b.example"}"#, ""), ("[]", ""), ("", ""), ("{", ""),
        ])
    func incomplete(body: String, place: String) throws {
        let error = #expect(throws: DocumentError.self) { try TokenRequest(parsing: body.utf8) }
        #expect(error?.place == place)
        #expect(error?.code == .configurationInvalid)
    }

    @Test("is answered with the token and its end")
    func answer() {
        var writer = JSONWriter()
        writer.mintedToken(MintedToken(token: "a.b.c", expiresAt: Timestamp(seconds: 1_800_000_900), keyID: "k"))
        #expect(writer.text == #"{"token":"a.b.c","expiresAt":"2027-01-15T08:15:00Z"}"#)
    }
}
