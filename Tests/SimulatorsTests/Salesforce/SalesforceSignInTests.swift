import BridgeCore
import BridgeTesting
import HTTPMessage
import Simulators
import Testing

@Suite("Salesforce's authorize endpoint")
struct SalesforceSignInTests {
    let salesforce: SalesforceStandIn

    init() throws { salesforce = try SalesforceStandIn() }

    @Test("gives a code, at the log-in host and at the My Domain")
    func works() throws {
        for origin in [salesforce.login, salesforce.acme] {
            let answer = try salesforce.signIn(at: origin)
            #expect(answer.status.rawValue == 302)
            #expect(answer.callback["state"] == "state-1" && answer.callback["code"]?.hasPrefix("aPrx") == true)
            let tokens = try salesforce.redeem(answer.callback["code"].unwrapped("code"), at: origin)
            #expect(tokens.status == .ok, "\(tokens.text)")
            let identity = try "\(origin)/id/\(salesforce.organization())/\(salesforce.user("ben"))"
            #expect(tokens.json["id"]?.stringValue == identity)
            #expect(tokens.json["instance_url"]?.stringValue == salesforce.acme)
            #expect(tokens.json["issued_at"]?.stringValue == "\(salesforce.standIns.clock.now.milliseconds)")
            #expect(tokens.json["signature"]?.stringValue?.count == 44 && tokens.json["expires_in"] == nil)
            let token = try IDToken(tokens)
            #expect(token.claims["iss"]?.stringValue == origin && token.claims["sub"]?.stringValue == identity)
            #expect(try token.claims["aud"]?.stringValue == salesforce.consumer().key)
            #expect(token.claims["nonce"]?.stringValue == "nonce-1" && token.claims["at_hash"] != nil)
        }
    }

    /// A request with something changed, and what it is refused with: at the redirect URI, or on a page.
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let person: String
        let changes: [String: String?]
        let app: String
        let refusal: String
        let isPage: Bool

        init(
            _ name: String, person: String = "ben", changing changes: [String: String?] = [:], app: String = "bridge",
            _ refusal: String, isPage: Bool = false
        ) {
            (self.name, self.person, self.changes, self.app) = (name, person, changes, app)
            (self.refusal, self.isPage) = (refusal, isPage)
        }

        var testDescription: String { name }
    }

    static let rows = [
        Row("no client", changing: ["client_id": nil], "missing required parameter: client_id", isPage: true),
        Row("unknown client", changing: ["client_id": "3MVG9x"], "client identifier invalid", isPage: true),
        Row("an app of this minute", app: "just-created", "client identifier invalid", isPage: true),
        Row(
            "another redirect URI", changing: ["redirect_uri": SalesforceStandIn.redirectURI + "/"],
            "redirect_uri must match configuration", isPage: true),
        Row(
            "implicit flow", changing: ["response_type": "token id_token"],
            "unsupported_response_type: response type not supported"),
        Row("no challenge", changing: ["code_challenge": nil], "invalid_request: missing required code challenge"),
        Row("plain challenge", changing: ["code_challenge_method": "plain"], "invalid_request: invalid code challenge"),
        Row("short challenge", changing: ["code_challenge": "abc"], "invalid_request: invalid code challenge"),
        Row(
            "a scope nobody knows", changing: ["scope": "openid everything"],
            "invalid_scope: the requested scope is not allowed"),
        Row("a prompt nobody knows", changing: ["prompt": "none"], "invalid_request: invalid prompt value"),
        Row("denied", changing: ["simulator_answer": "cancel"], "access_denied: end-user denied authorization"),
        Row("not approved", person: "una", "invalid_app_access: user is not admin approved to access this app"),
        Row("blocked", app: "blocked", "OAUTH_APP_BLOCKED: this app is blocked by admin"),
        Row("not installed", app: "not-installed", "OAUTH_APPROVAL_ERROR_GENERIC", isPage: true),
        Row("inactive", person: "ines", "Please check your username and password", isPage: true),
        Row("frozen", person: "fritz", "Please check your username and password", isPage: true),
        Row("outside the log-in ranges", person: "ria", "Please check your username and password", isPage: true),
        Row("nobody", person: "nobody", "Please check your username and password", isPage: true),
        Row("no person", changing: ["simulator_person": nil], "ben@acme.example", isPage: true),
    ]

    @Test("refuses", arguments: rows)
    func refuses(row: Row) throws {
        let answer = try salesforce.signIn(row.person, row.changes, app: row.app)
        #expect(answer.callback["code"] == nil)
        if row.isPage {
            #expect(answer.status.rawValue != 302 && answer.text.contains(row.refusal), "\(answer.text)")
        } else {
            #expect(answer.oauthError == row.refusal && answer.callback["state"] == "state-1")
        }
    }

    @Test("lets administrators in to an app that nobody installed, and everybody to one for all users")
    func policies() throws {
        #expect(try salesforce.signIn("ann", app: "not-installed").oauthError.hasPrefix("invalid_app_access"))
        try salesforce.simulator.changeApp("not-installed", #"{"profiles":["System Administrator","Standard User"]}"#)
        #expect(try salesforce.signIn("ann", app: "not-installed").callback["code"] != nil)
        #expect(try salesforce.signIn("ben", app: "not-installed").callback["code"] == nil)
        #expect(try salesforce.signIn("una", app: "all-users").callback["code"] != nil)
    }

    @Test("serves the orgs of its host alone")
    func hosts() throws {
        let answer = try salesforce.signIn(at: salesforce.sandboxLogin)
        #expect(answer.text.contains("client identifier invalid"))
        let uat = try salesforce.consumer(in: "acme--uat").key
        for origin in [salesforce.sandboxLogin, salesforce.simulator.sites[.salesforce("acme--uat")]] {
            #expect(try salesforce.signIn("ben", ["client_id": uat], at: origin).callback["code"] != nil)
        }
    }

    @Test(
        "is followed by a code that works once, for 15 minutes, where it came from, with everything it was asked with")
    func codes() throws {
        let code = try salesforce.code()
        for (changes, refusal) in [
            (["client_secret": "another"], "invalid_client: invalid client credentials"),
            (["client_secret": nil], "invalid_client: invalid client credentials"),
            (["client_id": "3MVG9x"], "invalid_client_id: client identifier invalid"),
            (
                ["redirect_uri": "https://bridge.example/"],
                "redirect_uri_mismatch: redirect_uri must match configuration"
            ),
            (["code_verifier": nil], "invalid_grant: missing required code verifier"),
            (["code_verifier": String(repeating: "x", count: 43)], "invalid_request: invalid code verifier"),
            (["code": "aPrx=="], "invalid_grant: invalid authorization code"),
            (["grant_type": "password"], "unsupported_grant_type: grant type not supported"),
            (["grant_type": nil], "invalid_request: missing required parameter: grant_type"),
        ] as [([String: String?], String)] {
            let answer = try salesforce.redeem(code, changes)
            #expect(answer.status == .badRequest && answer.oauthError == refusal)
        }
        #expect(
            try salesforce.redeem(code, at: salesforce.login).oauthError == "invalid_grant: invalid authorization code")
        #expect(try salesforce.redeem(code).status == .ok)
        #expect(try salesforce.redeem(code).oauthError == "invalid_grant: expired authorization code")
        let late = try salesforce.code()
        salesforce.standIns.clock.advance(seconds: 901)
        #expect(try salesforce.redeem(late).oauthError == "invalid_grant: expired authorization code")
        let answer = try salesforce.redeem(try salesforce.code(app: "public"), ["client_secret": nil], app: "public")
        #expect(answer.status == .ok)
    }

    @Test("has keys and metadata at every host, which is its own issuer")
    func metadata() throws {
        for origin in [salesforce.login, salesforce.sandboxLogin, salesforce.acme] {
            let document = try salesforce.standIns.get("\(origin)/.well-known/openid-configuration").json
            #expect(document["issuer"]?.stringValue == origin)
            #expect(document["jwks_uri"]?.stringValue == "\(origin)/id/keys")
            #expect(document["token_endpoint"]?.stringValue == "\(origin)/services/oauth2/token")
        }
        let token = try IDToken(try salesforce.redeem(try salesforce.code()))
        let keys = try salesforce.standIns.get("\(salesforce.acme)/id/keys").json["keys"]?.arrayValue ?? []
        #expect(keys.contains { $0["kid"] == token.header["kid"] } && keys.count == 2)
    }
}
