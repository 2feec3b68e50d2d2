import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Connectors
import HTTPMessage
import Testing

@Suite("Salesforce's token client")
struct SalesforceTokenClientTests {
    private let clock = SettableClock()

    private func application(
        login: String = Acme.login, secret: String? = nil, hasKey: Bool = true, username: String? = Acme.username,
        clientID: String = Acme.clientID
    ) throws -> SalesforceApplication {
        SalesforceApplication(
            login: try SalesforceLogin(login, hosts: SalesforceHosts()), clientID: clientID,
            secret: secret.map(Acme.bytes), key: hasKey ? try Acme.key.get() : nil, integrationUsername: username)
    }

    private func client(_ answers: [IncomingResponse]) -> (SalesforceTokenClient, ScriptedSender) {
        let sender = ScriptedSender(answers)
        return (SalesforceTokenClient(sender: sender, clock: clock) { SalesforceHosts() }, sender)
    }

    private func token(_ session: SalesforceSession) -> String {
        String(decoding: session.token.secret.copiedBytes, as: UTF8.self)
    }

    @Test(
        "asks by an assertion that the key has signed, for two minutes and the login of the org",
        arguments: [
            (Acme.login, "https://login.salesforce.com"),
            ("https://acme--uat.sandbox.my.salesforce.com", "https://test.salesforce.com"),
        ])
    func assertion(login: String, audience: String) async throws {
        let (client, sender) = client([FakeOrg.grant()])
        let session = try await client.newSession(of: application(login: login, secret: "s3cret"))
        #expect(
            session.identity.organizationID.value == Acme.organization && session.identity.userID.value == Acme.user)
        #expect(session.instance.description == Acme.login)
        let fields = try #require(sender.requests.first?.formFields)
        #expect(sender.requests.first?.url.text == "\(login)/services/oauth2/token")
        #expect(fields["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer" && fields["client_secret"] == nil)
        let parts = try #require(fields["assertion"]).split(separator: ".")
        let header = try JSONValue(parsing: try #require(Base64URL.decode(parts[0].utf8)))
        let claims = try JSONValue(parsing: try #require(Base64URL.decode(parts[1].utf8)))
        #expect(header["alg"] == .string("RS256") && header["kid"] == nil)
        #expect(claims["iss"] == .string(Acme.clientID) && claims["sub"] == .string(Acme.username))
        #expect(claims["aud"] == .string(audience))
        #expect(claims["exp"]?.integerValue == clock.now.seconds + 120)
        let isSigned = try Acme.key.get().publicKey.isSignature(
            try #require(Base64URL.decode(parts[2].utf8)), over: Array("\(parts[0]).\(parts[1])".utf8), scheme: .pkcs1)
        #expect(isSigned)
    }

    private func audiences(_ sender: ScriptedSender) throws -> [String] {
        try sender.requests.map { request in
            let claims = try #require(request.formFields["assertion"]).split(separator: ".")[1]
            return try JSONValue(parsing: try #require(Base64URL.decode(claims.utf8)))["aud"]?.stringValue ?? ""
        }
    }

    private static let otherAudience = IncomingResponse.oauthError("invalid_grant", "Audience validation failed")
    private static let scratch = "https://acme-dev-ed.scratch.my.salesforce.com"

    @Test(
        "means the assertion for the other login, then for the org itself, where Salesforce says so",
        arguments: [
            (Self.scratch, ["https://login.salesforce.com", "https://test.salesforce.com", Self.scratch]),
            (
                "https://acme--uat.sandbox.my.salesforce.com",
                [
                    "https://test.salesforce.com", "https://login.salesforce.com",
                    "https://acme--uat.sandbox.my.salesforce.com",
                ]
            ),
        ])
    func otherAudiences(login: String, expected: [String]) async throws {
        for count in 1...3 {
            let (client, sender) = client(Array(repeating: Self.otherAudience, count: count - 1) + [FakeOrg.grant()])
            _ = try await client.newSession(of: application(login: login))
            #expect(try audiences(sender) == Array(expected.prefix(count)))
        }
        let (client, sender) = client(Array(repeating: Self.otherAudience, count: 3))
        let error = await #expect(throws: ConnectorError.self) {
            _ = try await client.newSession(of: application(login: login))
        }
        #expect(error?.code == .configurationInvalid && sender.requests.count == 3)
        for audience in expected { #expect(error?.detail.contains(audience) == true) }
        #expect(error?.hint?.contains("Setup > My Domain") == true)
    }

    @Test("means it for nobody else after another refusal, nor at a login of many orgs")
    func oneAudience() async throws {
        for (login, answer, count) in [
            (Self.scratch, IncomingResponse.oauthError("invalid_grant", "user hasn't approved this consumer"), 1),
            ("https://login.salesforce.com", Self.otherAudience, 1),
        ] {
            let (client, sender) = client(Array(repeating: answer, count: 3))
            await #expect(throws: ConnectorError.self) {
                _ = try await client.newSession(of: application(login: login))
            }
            #expect(sender.requests.count == count)
        }
    }

    @Test("asks by the secret where there is no key")
    func clientCredentials() async throws {
        let (client, sender) = client([FakeOrg.grant()])
        _ = try await client.newSession(of: application(secret: "s3cret", hasKey: false))
        #expect(
            sender.requests.first?.formFields == [
                "grant_type": "client_credentials", "client_id": Acme.clientID, "client_secret": "s3cret",
            ])
    }

    @Test("asks nothing where nobody reads")
    func nobody() async throws {
        let (client, sender) = client([])
        for application in [try application(username: nil), try application(hasKey: false)] {
            await #expect(throws: ConnectorError(.connectionMissing, "")) {
                _ = try await client.newSession(of: application)
            }
        }
        #expect(sender.requests.isEmpty)
    }

    @Test("keeps a session for ten minutes, by login, app, user and credential")
    func keeps() async throws {
        let (client, sender) = client((1...9).map { FakeOrg.grant("AT\($0)") })
        let application = try application()
        for _ in 0..<3 { #expect(token(try await client.session(of: application)) == "AT1") }
        clock.advance(seconds: 599)
        #expect(token(try await client.session(of: application)) == "AT1")
        clock.advance(seconds: 1)
        #expect(token(try await client.session(of: application)) == "AT2")
        for other in [
            try self.application(secret: "s", hasKey: false), try self.application(username: "other@acme.example"),
            try self.application(login: "https://login.salesforce.com"), try self.application(clientID: "3MVG9other"),
        ] {
            _ = try await client.session(of: other)
        }
        #expect(sender.requests.count == 6)
        client.forget(clientID: Acme.clientID, at: application.login)
        #expect(token(try await client.session(of: application)) == "AT7")
        #expect(token(try await client.newSession(of: application)) == "AT8")
    }

    @Test("asks once more where a kept session has ended, and then says so")
    func ended() async throws {
        let (client, sender) = client((1...9).map { FakeOrg.grant("AT\($0)") })
        let application = try application()
        var used: [String] = []
        let value = try await client.using(application) { session throws(ConnectorError) in
            used.append(token(session))
            if used.count == 1 { throw ConnectorError(.credentialsRejected, "", vendorCode: "INVALID_SESSION_ID") }
            return used.count
        }
        #expect(value == 2 && used == ["AT1", "AT2"])
        await #expect(throws: ConnectorError.self) {
            try await client.using(application) { session throws(ConnectorError) in
                used.append(token(session))
                throw ConnectorError(.credentialsRejected, "", vendorCode: "INVALID_SESSION_ID")
            }
        }
        #expect(used == ["AT1", "AT2", "AT2", "AT3"] && sender.requests.count == 3)
        await #expect(throws: ConnectorError.self) {
            try await client.using(application) { _ throws(ConnectorError) in
                throw ConnectorError(.upstreamUnavailable, "")
            }
        }
        #expect(sender.requests.count == 3)
    }

    @Test("asks once more where a kept session is for another org: one wrong answer does not last ten minutes")
    func otherOrg() async throws {
        let (client, sender) = client((1...9).map { FakeOrg.grant("AT\($0)") })
        let application = try application()
        var used: [String] = []
        let value = try await client.using(application) { session throws(ConnectorError) in
            used.append(token(session))
            if used.count == 1 { throw ConnectorError(.organizationMismatch, "") }
            return used.count
        }
        #expect(value == 2 && used == ["AT1", "AT2"] && sender.requests.count == 2)
    }

    @Test(
        "takes no token that would have to go elsewhere, or that is nobody's",
        arguments: [
            FakeOrg.grant(instance: "https://evil.example"), FakeOrg.grant(instance: "http://acme.my.salesforce.com"),
            FakeOrg.grant(instance: ""), FakeOrg.grant(id: "https://evil.example/id/\(Acme.organization)/\(Acme.user)"),
            FakeOrg.grant(id: "https://acme.my.salesforce.com/id/\(Acme.organization)"),
            .json(#"{"access_token":"AT","token_type":"Bearer"}"#),
        ])
    func strange(answer: IncomingResponse) async throws {
        let (client, _) = client([answer])
        await #expect(throws: ConnectorError(.upstreamUnavailable, "")) {
            _ = try await client.newSession(of: application())
        }
    }

    @Test("says what a refusal means, and shows nothing that was sent")
    func refused() async throws {
        let (client, _) = client([.oauthError("invalid_client", "s3cret-value is no good")])
        let application = try application(secret: "s3cret-value", hasKey: false)
        let error = await #expect(throws: ConnectorError.self) { _ = try await client.newSession(of: application) }
        #expect(error?.code == .credentialsRejected && error?.vendorCode == "invalid_client")
        #expect(error?.detail.contains("s3cret-value") == false && error?.detail.contains("<secret>") == true)
    }
}
