import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import HTTPMessage
import Testing

@testable import Connectors

@Suite("Salesforce's part in a sign-in")
struct SalesforceSignInTests {
    private static let login = "https://login.salesforce.com"
    private static let clientID = "3MVG9.consumer.key"
    private static let secret = "the consumer secret"

    private static func client(
        secret: String? = secret, integration: String? = "bridge@example.com"
    ) throws -> SalesforceSignIn {
        SalesforceSignIn(
            application: SalesforceApplication(
                login: try SalesforceLogin(login, hosts: SalesforceHosts()), clientID: clientID,
                secret: secret.map { Secret(Array($0.utf8)) }, key: nil, integrationUsername: integration),
            organizationID: try SalesforceID(ScriptedOrg.organization).unwrapped("id"), hosts: SalesforceHosts(),
            redirectURI: "https://sso.example.com/api/1/salesforce/auth/callback")
    }

    private static func identity(_ organization: Int = 1, _ user: Int = 1, host: String = login) -> String {
        "\(host)/id/\(ScriptedOrg.id("00D", organization))/\(ScriptedOrg.id("005", user))"
    }

    /// An ID token as Salesforce makes it, verified.
    private static func verified(subject: String = identity()) throws -> VerifiedIDToken {
        let compact = try IDTokenMaker().token([
            "iss": "\"\(login)\"", "aud": "\"\(clientID)\"", "sub": "\"\(subject)\"", "tid": nil, "oid": nil,
            "ver": nil,
        ])
        let keys = try IDTokenKeySet(reading: try IDTokenMaker.keySet(issuer: nil), source: "keys")
        return try IDTokenRules(
            issuer: IssuerPattern(login), clientID: clientID, nonce: IDTokenMaker.nonce
        ).verify(
            try UnverifiedIDToken(Array(compact.utf8).span), keys: keys, accessToken: Secret([1]), now: TokenMaker.now)
    }

    /// What the token endpoint grants; `signature` of `nil` is the right one.
    private static func grant(
        identity: String? = identity(), instance: String? = ScriptedOrg.instance, signature: String? = nil
    ) throws -> TokenGrant {
        let code = try HMACSHA256.code(
            of: Array("\(identity ?? "")1800000000000".utf8), key: Secret(Array(secret.utf8)))
        return TokenGrant(
            accessToken: AccessToken(Secret([1]), expiresAt: nil), instanceURL: instance, identityURL: identity,
            issuedAt: "1800000000000", signature: signature ?? Base64.encode(code))
    }

    @Test("asks for who it is, and for what the person may do where nobody else can read that")
    func scopes() throws {
        #expect(try Self.client().scopes == ["openid", "id"])
        #expect(try Self.client(integration: nil).scopes == ["openid", "id", "api", "custom_permissions"])
        let client = try Self.client()
        #expect(client.authorizationURL.text == "\(Self.login)/services/oauth2/authorize")
        #expect(client.provider.issuer.text == Self.login)
    }

    @Test("proves the client with its secret, or with PKCE alone")
    func authenticates() throws {
        var request = TokenRequest(at: try Self.client().tokenURL)
        try Self.client().authenticate(&request, now: now)
        #expect(request.outgoing.formFields == ["client_id": Self.clientID, "client_secret": Self.secret])
        var open = TokenRequest(at: try Self.client().tokenURL)
        try Self.client(secret: nil).authenticate(&open, now: now)
        #expect(open.outgoing.formFields == ["client_id": Self.clientID])
    }

    @Test("finds the user of the connected org, wherever the identity URL lies")
    func person() throws {
        let session = try Self.client().person(in: Self.verified(), granted: Self.grant())
        #expect(
            session.identity.userID.value == ScriptedOrg.ann && session.instance.description == ScriptedOrg.instance)
        let elsewhere = Self.identity(host: ScriptedOrg.instance)
        #expect(throws: Never.self) {
            try Self.client().person(in: Self.verified(subject: elsewhere), granted: Self.grant())
        }
    }

    /// What is odd about a sign-in, and how it is refused.
    struct Odd: CustomTestStringConvertible, Sendable {
        let name: String
        var subject: String?
        var grant: @Sendable () throws -> TokenGrant = { try grant() }
        let code: ReasonCode
        var testDescription: String { name }
        private static func grant() throws -> TokenGrant { try SalesforceSignInTests.grant() }
    }

    static let odd = [
        Odd(
            name: "another org", subject: identity(2), grant: { try grant(identity: identity(2)) },
            code: .organizationMismatch),
        Odd(name: "two orgs", subject: identity(2), code: .claimInvalid),
        Odd(name: "two users", subject: identity(1, 2), code: .claimInvalid),
        Odd(name: "a subject elsewhere", subject: identity(host: "https://elsewhere.example"), code: .claimInvalid),
        Odd(name: "a subject that is no URL", subject: "ann", code: .claimInvalid),
        Odd(name: "no identity", grant: { try grant(identity: nil) }, code: .upstreamUnavailable),
        Odd(
            name: "an identity elsewhere", grant: { try grant(identity: identity(host: "https://elsewhere.example")) },
            code: .upstreamUnavailable),
        Odd(name: "no instance", grant: { try grant(instance: nil) }, code: .upstreamUnavailable),
        Odd(
            name: "an instance elsewhere", grant: { try grant(instance: "https://elsewhere.example") },
            code: .upstreamUnavailable),
        Odd(
            name: "an instance without TLS", grant: { try grant(instance: "http://acme.my.salesforce.com") },
            code: .upstreamUnavailable),
        Odd(name: "another signature", grant: { try grant(signature: "AAAA") }, code: .signatureInvalid),
        Odd(name: "a signature that is none", grant: { try grant(signature: "?") }, code: .signatureInvalid),
    ]

    @Test("is refused with", arguments: odd)
    func refused(odd: Odd) throws {
        let token = try Self.verified(subject: odd.subject ?? Self.identity())
        let grant = try odd.grant()
        let error = #expect(throws: ConnectorError.self) { try Self.client().person(in: token, granted: grant) }
        #expect(error?.code == odd.code, "\(error?.detail ?? "")")
    }

    @Test("is not judged by a signature where there is no secret")
    func withoutSecret() throws {
        #expect(throws: Never.self) {
            try Self.client(secret: nil).person(in: Self.verified(), granted: Self.grant(signature: "AAAA"))
        }
    }
}
