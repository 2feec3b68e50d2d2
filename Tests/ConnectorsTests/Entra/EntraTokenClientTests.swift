import BridgeCore
import BridgeCrypto
import BridgeTesting
import Connectors
import HTTPMessage
import Testing

@Suite("Entra's token client")
struct EntraTokenClientTests {
    private let resource = TokenResource("https://acme.crm4.dynamics.com")
    private let clock = SettableClock()

    private func application(
        secret: String = "s3cret", tenantID: String = IDTokenMaker.tenantID, clientID: String = IDTokenMaker.clientID
    ) throws -> EntraApplication {
        EntraApplication(
            authority: EntraCloud.global.authority, tenantID: try #require(GUID(tenantID)),
            clientID: try #require(GUID(clientID)), credential: .secret(Secret(Array(secret.utf8))))
    }

    /// A sender that grants `AT1`, `AT2`, ... for an hour each.
    private func grants(expiresIn seconds: Int = 3600) -> ScriptedSender {
        ScriptedSender(
            (1...50).map {
                .json("{\"access_token\":\"AT\($0)\",\"token_type\":\"Bearer\",\"expires_in\":\(seconds)}")
            })
    }

    private func text(_ token: AccessToken) -> String { String(decoding: token.secret.copiedBytes, as: UTF8.self) }

    @Test("asks as the client, with its secret, for everything granted at the environment")
    func secret() async throws {
        let sender = grants()
        let client = EntraTokenClient(sender: sender, clock: clock)
        _ = try await client.token(for: resource, of: application(secret: "a+b&c= %é"))
        #expect(
            sender.requests.map(\.url.text)
                == ["https://login.microsoftonline.com/\(IDTokenMaker.tenantID)/oauth2/v2.0/token"])
        #expect(
            sender.requests.first?.formFields == [
                "grant_type": "client_credentials", "scope": "https://acme.crm4.dynamics.com/.default",
                "client_id": IDTokenMaker.clientID, "client_secret": "a+b&c= %é",
            ])
    }

    @Test("asks with an assertion in the secret's place, for this endpoint and five minutes")
    func certificate() async throws {
        let sender = grants()
        let file = KeyFixture.cobrowse.certificateFile
        let certificate = try ClientCertificate(
            Certificate(reading: file.bytes(), source: file.path), key: KeyFixture.cobrowse.privateKey)
        let application = EntraApplication(
            authority: EntraCloud.global.authority, tenantID: try #require(GUID(IDTokenMaker.tenantID)),
            clientID: try #require(GUID(IDTokenMaker.clientID)), credential: .certificate(certificate))
        let client = EntraTokenClient(sender: sender, clock: clock, random: FixedRandomSource())
        _ = try await client.newToken(for: resource, of: application)
        _ = try await client.newToken(for: resource, of: application)
        let assertions = try sender.requests.map { request in
            let fields = request.formFields
            #expect(fields["client_secret"] == nil)
            #expect(fields["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            let parts = try #require(fields["client_assertion"]).split(separator: ".")
            return try JSONValue(parsing: try #require(Base64URL.decode(parts[1].utf8)))
        }
        #expect(assertions[0]["iss"] == .string(IDTokenMaker.clientID) && assertions[0]["sub"] == assertions[0]["iss"])
        #expect(assertions[0]["aud"]?.stringValue == sender.requests[0].url.text)
        #expect(assertions[0]["exp"]?.integerValue == TokenMaker.now.seconds + 300)
        #expect(assertions[0]["jti"] != assertions[1]["jti"])
    }

    @Test("remembers a token until five minutes before its end")
    func remembers() async throws {
        let sender = grants()
        let client = EntraTokenClient(sender: sender, clock: clock)
        let application = try application()
        for _ in 0..<3 { #expect(text(try await client.token(for: resource, of: application)) == "AT1") }
        clock.advance(seconds: 3299)
        #expect(text(try await client.token(for: resource, of: application)) == "AT1")
        clock.advance(seconds: 1)
        #expect(text(try await client.token(for: resource, of: application)) == "AT2")
        #expect(sender.requests.count == 2)
    }

    @Test("keeps tokens apart by tenant, client, secret and resource")
    func apart() async throws {
        let sender = grants()
        let client = EntraTokenClient(sender: sender, clock: clock)
        let other = "99999999-aaaa-4bbb-8ccc-000000000009"
        let applications = [
            try application(), try application(secret: "another"), try application(tenantID: other),
            try application(clientID: other),
        ]
        for _ in 0..<2 {
            for application in applications { _ = try await client.token(for: resource, of: application) }
            _ = try await client.token(for: TokenResource("https://b.crm.dynamics.com"), of: applications[0])
        }
        #expect(sender.requests.count == 5)
    }

    @Test("asks anew for a test, and leaves what it remembers alone")
    func new() async throws {
        let sender = grants()
        let client = EntraTokenClient(sender: sender, clock: clock)
        let application = try application()
        #expect(text(try await client.token(for: resource, of: application)) == "AT1")
        #expect(text(try await client.newToken(for: resource, of: application)) == "AT2")
        #expect(text(try await client.token(for: resource, of: application)) == "AT1")
    }

    @Test("forgets a client's tokens, those it is asking for included")
    func forgets() async throws {
        let application = try application()
        let client = EntraTokenClient(sender: grants(), clock: clock)
        _ = try await client.token(for: resource, of: application)
        client.forget(clientID: application.clientID, tenantID: try #require(GUID(IDTokenMaker.tenantID)))
        #expect(text(try await client.token(for: resource, of: application)) == "AT2")
        client.forget(
            clientID: try #require(GUID(IDTokenMaker.objectID)), tenantID: try #require(GUID(IDTokenMaker.tenantID)))
        #expect(text(try await client.token(for: resource, of: application)) == "AT2")
    }

    @Test("remembers no token that has no end, or little time left", arguments: [#""""#, "300", "0"])
    func short(lifetime: String) async throws {
        let answer = "{\"access_token\":\"AT\",\"token_type\":\"Bearer\",\"expires_in\":\(lifetime)}"
        let sender = ScriptedSender([.json(answer), .json(answer)])
        let client = EntraTokenClient(sender: sender, clock: clock)
        for _ in 0..<2 { _ = try await client.token(for: resource, of: application()) }
        #expect(sender.requests.count == 2)
    }

    @Test("asks once for many who need the same token at once")
    func once() async throws {
        let sender = grants()
        let client = EntraTokenClient(sender: sender, clock: clock)
        let application = try application()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 { group.addTask { _ = try await client.token(for: resource, of: application) } }
            try await group.waitForAll()
        }
        #expect(sender.requests.count == 1)
    }

    @Test(
        "does not ask again where it was refused, and remembers no refusal",
        arguments: [
            (401, "invalid_client", .credentialsRejected), (400, "invalid_grant", .codeInvalid),
            (400, "unauthorized_client", .credentialsRejected),
        ] as [(UInt16, String, ReasonCode)])
    func refused(status: UInt16, word: String, code: ReasonCode) async throws {
        let sender = ScriptedSender([
            .json(status, "{\"error\":\"\(word)\"}"), .json(#"{"access_token":"AT","token_type":"Bearer"}"#),
        ])
        let client = EntraTokenClient(sender: sender, clock: clock)
        let application = try application()
        let error = await #expect(throws: ConnectorError.self) {
            try await client.token(for: resource, of: application)
        }
        #expect(error?.code == code && sender.requests.count == 1)
        #expect(text(try await client.token(for: resource, of: application)) == "AT")
    }

    @Test("gets a person's token for another resource by the refresh token")
    func refresh() async throws {
        let sender = ScriptedSender([
            .json(#"{"access_token":"AT","token_type":"Bearer","refresh_token":"RT2"}"#),
            .json(400, #"{"error":"invalid_grant","error_codes":[700082]}"#),
        ])
        let client = EntraTokenClient(sender: sender, clock: clock)
        let old = Secret(Array("RT1".utf8))
        let grant = try await client.token(refreshing: old, for: resource, of: application())
        #expect(grant.refreshToken?.copiedBytes == Array("RT2".utf8))
        #expect(
            sender.requests.first?.formFields == [
                "grant_type": "refresh_token", "refresh_token": "RT1", "client_id": IDTokenMaker.clientID,
                "client_secret": "s3cret", "scope": "https://acme.crm4.dynamics.com/user_impersonation offline_access",
            ])
        let error = await #expect(throws: ConnectorError.self) {
            try await client.token(refreshing: old, for: resource, of: application())
        }
        #expect(error?.code == .codeInvalid && error?.vendorCode == "AADSTS700082")
    }

    @Test("doubles the slash of a resource that ends in one")
    func scopes() {
        #expect(TokenResource("https://a.example").defaultScope == "https://a.example/.default")
        #expect(TokenResource("https://a.example/").defaultScope == "https://a.example//.default")
    }
}
