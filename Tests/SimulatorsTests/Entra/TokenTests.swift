import BridgeCore
import HTTPMessage
import Simulators
import Testing

@Suite("Entra's token endpoint")
struct TokenTests {
    let standIns: StandIns

    init() throws { standIns = try StandIns() }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let changes: [String: String?]
        let number: Int
        let error: String
        var path: String?

        init(_ name: String, _ changes: [String: String?], _ number: Int, _ error: String, path: String? = nil) {
            (testDescription, self.changes, self.number, self.error, self.path) = (name, changes, number, error, path)
        }
    }

    @Test("redeems a code for the tokens that were asked for")
    func redeems() throws {
        let answer = try standIns.redeem(try standIns.code())
        #expect(answer.status == .ok)
        #expect(answer.fields[.cacheControl]?.text.contains("no-store") == true)
        #expect(answer.json["token_type"]?.stringValue == "Bearer")
        let life = try #require(answer.json["expires_in"]?.integerValue)
        #expect((3599...5399).contains(life))
        #expect((answer.json["access_token"]?.stringValue?.count ?? 0) > 1500)
        #expect(answer.json["refresh_token"] != nil)
        #expect(answer.json["id_token"] != nil)
    }

    @Test("leaves out what was not asked for")
    func scopes() throws {
        let answer = try standIns.redeem(try standIns.code("ben", ["scope": "\(standIns.contoso)/.default"]))
        #expect(answer.json["refresh_token"] == nil)
        #expect(answer.json["id_token"] == nil)
        #expect(answer.json["scope"]?.stringValue == "\(standIns.contoso)/user_impersonation")
    }

    static let codes = [
        Row("no code", ["code": nil], 900_144, "invalid_request"),
        Row("unknown code", ["code": "1.Code.abc"], 70_000, "invalid_grant"),
        Row("no redirect URI", ["redirect_uri": nil], 900_144, "invalid_request"),
        Row(
            "other redirect URI", ["redirect_uri": "https://bridge.example/api/1/dynamics/consent/callback"], 70_000,
            "invalid_grant"),
        Row("no verifier", ["code_verifier": nil], 501_481, "invalid_grant"),
        Row(
            "other verifier", ["code_verifier": "verifier-verifier-verifier-verifier-verifier-2"], 501_481,
            "invalid_grant"),
        Row("short verifier", ["code_verifier": "short"], 501_491, "invalid_grant"),
        Row(
            "verifier with a space", ["code_verifier": "verifier verifier verifier verifier verifier 1"], 501_491,
            "invalid_grant"),
        Row("wrong secret", ["client_secret": "wrong"], 7_000_215, "invalid_client"),
        Row("no secret", ["client_secret": nil], 7_000_218, "invalid_client"),
        Row("expired secret", ["client_secret": "Sim8Q~bridge-expired-value"], 7_000_222, "invalid_client"),
        Row("unknown client", ["client_id": "11111111-1111-1111-1111-111111111111"], 700_016, "unauthorized_client"),
        Row("no client", ["client_id": nil], 900_144, "invalid_request"),
        Row("no grant", ["grant_type": nil], 900_144, "invalid_request"),
        Row("unknown grant", ["grant_type": "password"], 70_003, "unsupported_grant_type"),
        Row(
            "two resources",
            ["scope": "https://contoso.dataverse.simulator/.default https://discovery.simulator/.default"], 700_022,
            "invalid_request"),
        Row(
            "other environment", ["scope": "https://fabrikam.dataverse.simulator/.default"], 500_011, "invalid_resource"
        ),
    ]

    @Test("refuses a code that is redeemed otherwise than it was asked for", arguments: codes)
    func refusesCode(row: Row) throws {
        let answer = try standIns.redeem(try standIns.code(), row.changes)
        expect(answer, row)
    }

    @Test("knows a code once, for ten minutes, at the tenant and from the client it is for")
    func codeLife() throws {
        let code = try standIns.code()
        #expect(try standIns.redeem(code).status == .ok)
        let again = try standIns.redeem(code)
        #expect(again.aadsts == 54_005)
        #expect(again.status == .badRequest)

        let late = try standIns.code()
        standIns.clock.advance(seconds: 601)
        #expect(try standIns.redeem(late).aadsts == 70_008)

        let elsewhere = try standIns.redeem(try standIns.code(), [:], at: "contoso.example")
        #expect(elsewhere.status == .ok)  // the domain is the same tenant
        let cut = try standIns.redeem(String(try standIns.code().dropLast()))
        #expect(cut.aadsts == 70_000)
        let other = try standIns.redeem(
            try standIns.code(),
            ["client_id": try standIns.client("bridge-personal"), "client_secret": "Sim8Q~personal-secret-value"])
        #expect(other.aadsts == 70_000)
    }

    @Test("redeems a code where it came from and nowhere else")
    func aliases() throws {
        let client = try standIns.client("bridge-multi")
        let changes: [String: String?] = ["client_id": client, "scope": "openid profile"]
        let form: [String: String?] = ["client_id": client, "client_secret": "Sim8Q~multi-secret-value"]
        let code = try standIns.code("ben", changes, at: "organizations")
        #expect(try standIns.redeem(code, form).aadsts == 700_005)
        let answer = try standIns.redeem(code, form, at: "organizations")
        #expect(try IDToken(answer).claims["tid"]?.stringValue == standIns.tenant())
    }

    static let applications = [
        Row("no scope", ["scope": nil], 900_144, "invalid_request"),
        Row(
            "a permission", ["scope": "https://contoso.dataverse.simulator/user_impersonation"], 70_011, "invalid_scope"
        ),
        Row("openid", ["scope": "openid https://contoso.dataverse.simulator/.default"], 70_011, "invalid_scope"),
        Row(
            "two resources",
            ["scope": "https://contoso.dataverse.simulator/.default https://contoso-us.dataverse.simulator/.default"],
            70_011, "invalid_scope"),
        Row(
            "environment of another tenant", ["scope": "https://fabrikam.dataverse.simulator/.default"], 500_011,
            "invalid_resource"),
        Row(
            "environment nobody has", ["scope": "https://acme.crm4.dynamics.com/.default"], 500_011, "invalid_resource"),
        Row(
            "URL with a path", ["scope": "https://contoso.dataverse.simulator/main.aspx/.default"], 500_011,
            "invalid_resource"),
        Row("wrong secret", ["client_secret": "wrong"], 7_000_215, "invalid_client"),
        Row("no secret", ["client_secret": nil], 7_000_218, "invalid_client"),
        Row("expired secret", ["client_secret": "Sim8Q~bridge-expired-value"], 7_000_222, "invalid_client"),
        Row("common", [:], 50_194, "invalid_request", path: "common"),
        Row("wrong tenant", [:], 700_016, "unauthorized_client", path: "fabrikam.example"),
        Row("unknown tenant", [:], 90_002, "invalid_request", path: "22222222-2222-2222-2222-222222222222"),
        Row("no tenant", [:], 900_023, "invalid_request", path: "x"),
    ]

    @Test("refuses an application's request", arguments: applications)
    func refusesApplication(row: Row) throws {
        expect(try standIns.applicationToken(row.changes, at: row.path), row)
    }

    @Test(
        "refuses an application's request by client",
        arguments: [
            ("bridge-multi", "Sim8Q~multi-secret-value", "common", 9_001_023),
            ("bridge-multi", "Sim8Q~multi-secret-value", "organizations", 50_059),
            ("desktop", nil, nil, 7_000_218), ("desktop", "Sim8Q~any", nil, 700_025),
            ("disabled", "Sim8Q~disabled-value", nil, 7_000_112),
            ("expired-secret", "Sim8Q~expired-only-value", nil, 7_000_222),
        ] as [(String, String?, String?, Int)])
    func refusesClient(client: String, secret: String?, path: String?, number: Int) throws {
        let changes: [String: String?] = ["client_id": try standIns.client(client), "client_secret": secret]
        #expect(try standIns.applicationToken(changes, at: path).aadsts == number)
    }

    @Test("recognizes the Secret ID that was pasted in place of the value")
    func secretID() throws {
        let overview = try standIns.get("\(standIns.simulator.sites[.control])/simulator")
        let id = try #require(overview.json["clients"]?["bridge"]?["secretIds"]?.arrayValue?.first?.stringValue)
        let answer = try standIns.applicationToken(["client_secret": id])
        #expect(answer.aadsts == 7_000_215)
        #expect(answer.json["error_description"]?.stringValue?.contains("not the client secret ID") == true)
    }

    @Test("gives an application nothing but its token")
    func application() throws {
        let answer = try standIns.applicationToken()
        #expect(answer.status == .ok)
        #expect(answer.json.objectValue?.map(\.name) == ["token_type", "expires_in", "ext_expires_in", "access_token"])
    }

    @Test("takes the secret as HTTP Basic, and refuses browsers and JSON")
    func forms() throws {
        let basic = Base64.encode(Array("\(try standIns.client()):\(StandIns.escaped(StandIns.secret))".utf8))
        let changes: [String: String?] = ["client_id": nil, "client_secret": nil]
        #expect(try standIns.applicationToken(changes, ["Authorization": "Basic \(basic)"]).status == .ok)
        #expect(try standIns.applicationToken([:], ["Origin": "https://bridge.example"]).aadsts == 9_002_326)
        #expect(try standIns.applicationToken([:], ["Content-Type": "application/json"]).aadsts == 900_144)
        #expect(try standIns.get(try standIns.tokenURL()).aadsts == 900_561)
        let form = StandIns.encoded(["grant_type": "client_credentials"]) + "&grant_type=client_credentials"
        let type = ["Content-Type": "application/x-www-form-urlencoded"]
        #expect(try standIns.send(.post, try standIns.tokenURL(), type, Array(form.utf8)).status == .badRequest)
    }

    @Test("tells errors in the real form")
    func errorForm() throws {
        let answer = try standIns.applicationToken(["client_secret": "wrong"])
        #expect(answer.status == .unauthorized)
        #expect(answer.json["error"]?.stringValue == "invalid_client")
        #expect(answer.json["error_codes"]?.arrayValue == [.number(.integer(7_000_215))])
        #expect(answer.json["timestamp"]?.stringValue == "2026-11-30 09:30:00Z")
        let trace = try #require(answer.json["trace_id"]?.stringValue)
        let correlation = try #require(answer.json["correlation_id"]?.stringValue)
        #expect(GUID(trace) != nil && GUID(correlation) != nil && trace != correlation)
        let description = try #require(answer.json["error_description"]?.stringValue)
        #expect(description.hasPrefix("AADSTS7000215: Invalid client secret provided."))
        let end = "\r\nTrace ID: \(trace)\r\nCorrelation ID: \(correlation)\r\nTimestamp: 2026-11-30 09:30:00Z"
        #expect(description.hasSuffix(end))
        #expect(answer.json["error_uri"]?.stringValue == "\(standIns.entra)/error?code=7000215")
    }

    @Test("gives another audience for a resource with a slash at its end")
    func doubleSlash() throws {
        let single = try standIns.applicationToken(["scope": "\(standIns.contoso)/.default"])
        let double = try standIns.applicationToken(["scope": "\(standIns.contoso)//.default"])
        #expect(double.status == .ok)
        #expect(try standIns.dataverse("WhoAmI", token: single.json["access_token"]?.stringValue).status == .ok)
        #expect(
            try standIns.dataverse("WhoAmI", token: double.json["access_token"]?.stringValue).status == .unauthorized)
    }

    private func expect(_ answer: HTTPResponse, _ row: Row) {
        #expect(answer.aadsts == row.number)
        #expect(answer.json["error"]?.stringValue == row.error)
        #expect(answer.status == (row.error == "invalid_client" ? .unauthorized : .badRequest))
        #expect(answer.json["access_token"] == nil)
    }
}
