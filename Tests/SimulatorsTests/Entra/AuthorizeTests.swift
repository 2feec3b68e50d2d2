import BridgeCore
import HTTPMessage
import Simulators
import Testing

@Suite("Entra's authorize endpoint")
struct AuthorizeTests {
    let standIns: StandIns

    init() throws { standIns = try StandIns() }

    @Test("sends a code and the state back")
    func code() throws {
        let answer = try standIns.signIn()
        #expect(answer.status.rawValue == 302)
        #expect(answer.fields[.location]?.text.hasPrefix("\(StandIns.redirectURI)?code=") == true)
        #expect(answer.callback["state"] == "state-1")
        #expect((answer.callback["code"]?.count ?? 0) > 900)
    }

    @Test("shows a page where nobody is named, with everybody on it")
    func page() throws {
        let answer = try standIns.signIn("", ["simulator_person": nil])
        #expect(answer.status == .ok)
        #expect(answer.text.contains("Ben Agent"))
        #expect(answer.text.contains("simulator_person=ben"))
    }

    @Test(
        "lets login_hint sign in, unless the prompt asks for a page",
        arguments: [
            (nil, 302), ("consent", 302), ("none", 302), ("login", 200), ("select_account", 200),
        ])
    func hint(prompt: String?, status: UInt16) throws {
        let changes: [String: String?] = [
            "simulator_person": nil, "login_hint": "ben@contoso.example", "prompt": prompt,
        ]
        #expect(try standIns.signIn("", changes).status.rawValue == status)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let changes: [String: String?]
        let number: Int
        var error: String?
        var path: String?
        var person = "ben"

        init(
            _ name: String, _ changes: [String: String?], _ number: Int, _ error: String? = nil, path: String? = nil,
            person: String = "ben"
        ) {
            (testDescription, self.changes, self.number, self.error) = (name, changes, number, error)
            (self.path, self.person) = (path, person)
        }
    }

    static let pages = [
        Row("no client", ["client_id": nil], 900_144),
        Row("unknown client", ["client_id": "11111111-1111-1111-1111-111111111111"], 700_016),
        Row("client that is no GUID", ["client_id": "bridge"], 700_016),
        Row("client of another tenant", [:], 700_016, path: "fabrikam.example"),
        Row("other redirect URI", ["redirect_uri": "https://bridge.example/api/1/dynamics/auth/callback/"], 50_011),
        Row(
            "redirect URI in other case", ["redirect_uri": "https://bridge.example/api/1/dynamics/auth/Callback"],
            50_011),
        Row("redirect URI on http", ["redirect_uri": "http://bridge.example/api/1/dynamics/auth/callback"], 50_011),
        Row(
            "redirect URI with a query", ["redirect_uri": "https://bridge.example/api/1/dynamics/auth/callback?x=1"],
            50_011),
        Row("unknown tenant", [:], 90_002, path: "22222222-2222-2222-2222-222222222222"),
        Row("unknown domain", [:], 90_002, path: "nobody.example"),
        Row("no tenant", [:], 900_023, path: "no_tenant"),
        Row("single tenant at organizations", [:], 50_194, path: "organizations"),
        Row("single tenant at common", [:], 50_194, path: "common"),
        Row("unknown person", [:], 50_034, person: "nobody"),
        Row("person of another tenant", [:], 50_020, person: "fay"),
        Row("personal account", [:], 50_020, person: "pat"),
        Row("blocked by conditional access", [:], 53_003, person: "carl"),
        Row("disabled in Entra", [:], 50_057, person: "ella"),
    ]

    @Test("shows its own page where there is nowhere to go back to", arguments: pages)
    func refusedOnPage(row: Row) throws {
        let answer = try standIns.signIn(row.person, row.changes, at: row.path)
        #expect(answer.status == .badRequest)
        #expect(answer.fields[.location] == nil)
        #expect(answer.aadsts == row.number)
    }

    static let callbacks = [
        Row("no response_type", ["response_type": nil], 900_144, "invalid_request"),
        Row("implicit flow", ["response_type": "id_token"], 700_054, "unsupported_response_type"),
        Row("hybrid flow", ["response_type": "code id_token"], 700_054, "unsupported_response_type"),
        Row("token in the front", ["response_type": "token"], 70_005, "unsupported_response_type"),
        Row("no scope", ["scope": nil], 900_144, "invalid_request"),
        Row("no PKCE", ["code_challenge": nil, "code_challenge_method": nil], 9_002_325, "invalid_request"),
        Row("PKCE without method", ["code_challenge_method": nil], 9_002_325, "invalid_request"),
        Row("plain PKCE", ["code_challenge_method": "plain"], 9_002_325, "invalid_request"),
        Row("short challenge", ["code_challenge": "abc"], 50_147, "invalid_request"),
        Row("unknown prompt", ["prompt": "maybe"], 90_023, "invalid_request"),
        Row("unknown response mode", ["response_mode": "web_message"], 90_014, "invalid_request"),
        Row(
            "foreign environment", ["scope": "openid https://fabrikam.dataverse.simulator/.default"], 500_011,
            "invalid_resource"),
        Row(
            "environment nobody has", ["scope": "openid https://acme.crm.dynamics.com/.default"], 500_011,
            "invalid_resource"),
        Row(
            "unknown permission", ["scope": "openid https://contoso.dataverse.simulator/everything"], 70_011,
            "invalid_scope"),
        Row(
            ".default beside a permission",
            [
                "scope":
                    "https://contoso.dataverse.simulator/.default https://contoso.dataverse.simulator/user_impersonation"
            ],
            70_011, "invalid_scope"),
        Row("silent sign-in of nobody", ["prompt": "none", "simulator_person": nil], 50_058, "login_required"),
        Row("silent sign-in of a stranger", ["prompt": "none"], 50_020, "access_denied", person: "fay"),
        Row("declined", ["simulator_answer": "cancel"], 65_004, "access_denied"),
    ]

    @Test("tells the client at its redirect URI", arguments: callbacks)
    func refusedAtCallback(row: Row) throws {
        let answer = try standIns.signIn(row.person, row.changes, at: row.path)
        #expect(answer.status.rawValue == 302)
        #expect(answer.fields[.location]?.text.hasPrefix("\(StandIns.redirectURI)?error=") == true)
        #expect(answer.callback["error"] == row.error)
        #expect(answer.aadsts == row.number)
        #expect(answer.callback["state"] == "state-1")
        #expect(answer.callback["code"] == nil)
    }

    @Test(
        "asks for consent and assignment as the registration says",
        arguments: [
            ("bridge-unconsented", "ben", 65_001), ("bridge-assigned", "udo", 50_105), ("bridge-assigned", "ben", nil),
        ] as [(String, String, Int?)])
    func access(client: String, person: String, number: Int?) throws {
        let answer = try standIns.signIn(person, ["client_id": try standIns.client(client)])
        #expect(answer.callback["code"] == nil ? answer.aadsts == number : number == nil)
        #expect(answer.status.rawValue == 302)
    }

    @Test("knows a guest by the tenant's own address, and sends everybody home from the common ones")
    func guests() throws {
        let multi = try standIns.client("bridge-multi")
        let changes: [String: String?] = ["client_id": multi, "scope": "openid profile"]
        let secret = ["client_id": multi, "client_secret": "Sim8Q~multi-secret-value"] as [String: String?]
        let code = try standIns.code("gina", changes)
        let token = try IDToken(try standIns.redeem(code, secret))
        #expect(token.claims["oid"]?.stringValue == (try standIns.person("gina-guest")))
        #expect(token.claims["tid"]?.stringValue == (try standIns.tenant()))
        let home = try standIns.signIn("gina-guest", changes, at: "organizations")
        #expect(home.aadsts == 65_001)  // Fabrikam has not consented: it is home that was asked
    }

    @Test("answers in the mode that was asked for", arguments: [("fragment", "#code="), ("query", "?code=")])
    func modes(mode: String, start: String) throws {
        let answer = try standIns.signIn("ben", ["response_mode": mode])
        #expect(answer.fields[.location]?.text.hasPrefix(StandIns.redirectURI + start) == true)
    }

    @Test("answers with a form that posts itself")
    func formPost() throws {
        let answer = try standIns.signIn("ben", ["response_mode": "form_post", "state": "a\"<b"])
        #expect(answer.status == .ok)
        #expect(answer.text.contains("action=\"\(StandIns.redirectURI)\""))
        #expect(answer.text.contains("name=\"state\" value=\"a&quot;&lt;b\""))
    }

    @Test("takes one of the registered redirect URIs where none is sent")
    func noRedirect() throws {
        let answer = try standIns.signIn("ben", ["redirect_uri": nil])
        #expect(answer.fields[.location]?.text.hasPrefix(StandIns.redirectURI) == true)
    }

    @Test("refuses a parameter that is there twice")
    func repeated() throws {
        let query = StandIns.encoded(try standIns.signInParameters("ben"))
        let answer = try standIns.get("\(standIns.authorizeURL())?\(query)&state=other")
        #expect(answer.status == .badRequest)
    }
}
