import BridgeCore
import BridgeCrypto
import BridgeTesting
import HTTPMessage
import Simulators
import Testing

@Suite("Salesforce's token endpoint, without a browser")
struct SalesforceTokenTests {
    let salesforce: SalesforceStandIn

    init() throws { salesforce = try SalesforceStandIn() }

    @Test("gives a token for an assertion, at the log-in host and the My Domain, without what only codes bring")
    func bearer() throws {
        for (origin, audience) in [
            (salesforce.login, salesforce.login), (salesforce.acme, salesforce.login),
            (salesforce.acme, salesforce.acme),
        ] {
            let answer = try salesforce.bearer(try salesforce.assertion(["aud": .string(audience)]), at: origin)
            #expect(answer.status == .ok, "\(answer.text)")
            #expect(answer.json["instance_url"]?.stringValue == salesforce.acme)
            for name in ["signature", "issued_at", "expires_in", "id_token"] { #expect(answer.json[name] == nil) }
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let claims: [String: JSONValue]
        let app: String
        let header: String
        let refusal: String

        init(
            _ name: String, _ claims: [String: JSONValue] = [:], app: String = "bridge",
            header: String = #"{"alg":"RS256"}"#, _ refusal: String
        ) {
            (self.name, self.claims, self.app, self.header, self.refusal) = (name, claims, app, header, refusal)
        }

        var testDescription: String { name }
    }

    private static let notApproved = "invalid_grant: user hasn't approved this consumer"
    private static let now = Int64(1_796_031_000)

    static let rows = [
        Row("another algorithm", header: #"{"alg":"RS384"}"#, "invalid_grant: invalid assertion"),
        Row("no issuer", ["iss": .null], "invalid_grant: invalid assertion"),
        Row("another issuer", ["iss": .string("3MVG9x")], "invalid_client_id: client identifier invalid"),
        Row("an app of this minute", app: "just-created", "invalid_client_id: client identifier invalid"),
        Row("no certificate", app: "bridge-secret", "invalid_client: invalid client credentials"),
        Row(
            "another audience", ["aud": .string("https://test.salesforce.com")],
            "invalid_grant: Audience validation failed"),
        Row(
            "a slash behind", ["aud": .string("https://login.salesforce.com/")],
            "invalid_grant: Audience validation failed"),
        Row("expired", ["exp": .number(.integer(now))], "invalid_grant: expired authorization code"),
        Row("too long", ["exp": .number(.integer(now + 181))], "invalid_grant: expired authorization code"),
        Row("no end", ["exp": .null], "invalid_grant: expired authorization code"),
        Row("nobody", ["sub": .string("nobody@acme.example")], notApproved),
        Row("not approved", ["sub": .string("unapproved-integration@acme.example")], notApproved),
        Row("not approved before", app: "all-users", notApproved),
        Row("inactive", ["sub": .string("ines@acme.example")], "inactive_user: user is inactive"),
        Row("frozen", ["sub": .string("fritz@acme.example")], "inactive_user: user is inactive"),
        Row("outside the log-in ranges", ["sub": .string("ria@acme.example")], "invalid_grant: ip restricted"),
        Row("blocked", app: "blocked", "OAUTH_APP_BLOCKED: this app is blocked by admin"),
        Row(
            "not installed", app: "not-installed",
            "OAUTH_APPROVAL_ERROR_GENERIC: An unexpected error has occurred during authentication. Please try again."),
    ]

    @Test("refuses an assertion", arguments: rows)
    func refuses(row: Row) throws {
        #expect(salesforce.standIns.clock.now.seconds == Self.now)
        let answer = try salesforce.bearer(try salesforce.assertion(row.claims, app: row.app, header: row.header))
        #expect(answer.status == .badRequest && answer.oauthError == row.refusal)
    }

    @Test("refuses the signature of another key, and what is no assertion")
    func signatures() throws {
        let answer = try salesforce.bearer(try salesforce.assertion(key: try RSAPrivateKey.generate()))
        #expect(answer.oauthError == "invalid_client: invalid client credentials")
        #expect(try salesforce.bearer("a.b").oauthError == "invalid_grant: invalid assertion")
        #expect(try salesforce.bearer("").oauthError == "invalid_request: missing required parameter: assertion")
    }

    @Test("takes the longest time, the username in any case, and who approved an app for all users on a page")
    func accepts() throws {
        let longest = try salesforce.assertion(["exp": .number(.integer(Self.now + 180))])
        #expect(try salesforce.bearer(longest).status == .ok)
        #expect(try salesforce.bearer(try salesforce.assertion(["sub": .string("BEN@acme.example")])).status == .ok)
        _ = try salesforce.code("una", app: "all-users")
        let una = try salesforce.assertion(["sub": .string("una@acme.example")], app: "all-users")
        #expect(try salesforce.bearer(una).status == .ok)
    }

    @Test("gives client credentials at the My Domain alone, for the user the app runs as")
    func clientCredentials() throws {
        let consumer = try salesforce.consumer("bridge-secret")
        let form = [
            "grant_type": "client_credentials", "client_id": consumer.key, "client_secret": consumer.secret,
        ]
        let answer = try salesforce.token(form)
        #expect(answer.status == .ok && answer.json["signature"] != nil)
        #expect(answer.json["id"]?.stringValue?.hasSuffix(try salesforce.user("integration")) == true)
        let basic = Base64.encode(Array("\(consumer.key):\(consumer.secret)".utf8))
        let other = try salesforce.token(
            ["grant_type": "client_credentials"], ["Authorization": "Basic \(basic)"])
        #expect(other.status == .ok)
        #expect(
            try salesforce.token(form, at: salesforce.login).oauthError
                == "invalid_grant: request not supported on this domain")
        let wrong = form.merging(["client_secret": "x"]) { $1 }
        #expect(try salesforce.token(wrong).oauthError == "invalid_client: invalid client credentials")
        try salesforce.simulator.changeApp("bridge-secret", #"{"runAs":null}"#)
        #expect(try salesforce.token(form).oauthError == "invalid_grant: no client credentials user enabled")
    }

    @Test(
        "says of an app's own token what it counts for, of others that they do not, and nothing to who has not the secret"
    )
    func introspection() throws {
        let token = try salesforce.accessToken()
        let bridge = try salesforce.consumer()
        func introspect(
            _ changes: [String: String?] = [:], at origin: String? = nil, _ fields: [String: String] = [:]
        ) throws -> HTTPResponse {
            var form = [
                "token": token, "token_type_hint": "access_token", "client_id": bridge.key,
                "client_secret": bridge.secret,
            ]
            for (name, value) in changes { form[name] = value }
            return try salesforce.standIns.post(
                "\(origin ?? salesforce.login)/services/oauth2/introspect", form, fields)
        }
        let now = salesforce.standIns.clock.now.seconds
        for answer in [
            try introspect(), try introspect(at: salesforce.acme),
            try introspect(
                ["client_id": nil, "client_secret": nil],
                ["Authorization": "Basic \(Base64.encode(Array("\(bridge.key):\(bridge.secret)".utf8)))"]),
        ] {
            #expect(answer.status == .ok && answer.json["active"] == .bool(true), "\(answer.text)")
            #expect(answer.json["client_id"]?.stringValue == bridge.key)
            #expect(answer.json["username"]?.stringValue == "integration@acme.example")
            #expect(answer.json["sub"]?.stringValue?.hasSuffix(try salesforce.user("integration")) == true)
            #expect(answer.json["iat"]?.integerValue == now && answer.json["exp"]?.integerValue == now + 7200)
        }
        for (changes, status, error) in [
            (["client_secret": "x"], .unauthorized, "invalid_client: invalid client credentials"),
            (["client_secret": nil], .unauthorized, "invalid_client: invalid client credentials"),
            (["client_id": "3MVG9x"], .unauthorized, "invalid_client_id: client identifier invalid"),
            (["token": nil], .badRequest, "invalid_request: missing required parameter: token"),
        ] as [([String: String?], HTTPStatus, String)] {
            let refused = try introspect(changes)
            #expect(refused.status == status && refused.oauthError == error)
            #expect(refused.json["active"] == nil)
        }
        let other = try salesforce.consumer("external")
        for (app, text) in [(other, token), (bridge, "00D!none")] {
            let answer = try introspect(["client_id": app.key, "client_secret": app.secret, "token": text])
            #expect(answer.status == .ok && answer.json == .object([JSONMember(name: "active", value: .bool(false))]))
        }
        salesforce.standIns.clock.advance(seconds: 7200)
        #expect(try introspect().json["active"] == .bool(false))
    }

    @Test("ends what it gave: a revoked token and one of yesterday count no more")
    func revoke() throws {
        let token = try salesforce.accessToken()
        let query = "SELECT Id FROM Organization"
        #expect(try salesforce.query(query, token: token).status == .ok)
        #expect(
            try salesforce.standIns.post("\(salesforce.login)/services/oauth2/revoke", ["token": token]).status == .ok)
        let refused = try salesforce.query(query, token: token)
        #expect(refused.status == .unauthorized && refused.errorCode == "INVALID_SESSION_ID")
        #expect(
            try salesforce.standIns.post("\(salesforce.login)/services/oauth2/revoke", ["token": token]).status
                == .badRequest)
        let other = try salesforce.accessToken()
        salesforce.standIns.clock.advance(seconds: 7200)
        #expect(try salesforce.query(query, token: other).errorCode == "INVALID_SESSION_ID")
    }
}
