import BridgeCore
import BridgeTesting
import HTTPMessage
import Simulators
import Testing

@Suite("What Salesforce says of a person")
struct SalesforcePersonTests {
    let salesforce: SalesforceStandIn

    init() throws { salesforce = try SalesforceStandIn() }

    private func token(_ person: String, scope: String = "openid id") throws -> String {
        let answer = try salesforce.redeem(try salesforce.code(person, ["scope": scope]))
        return try (answer.json["access_token"]?.stringValue).unwrapped("token in \(answer.text)")
    }

    private func userInfo(_ token: String) throws -> HTTPResponse {
        try salesforce.data("/services/oauth2/userinfo", token: token)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let person: String
        let email: String?
        let emailVerified: JSONValue?
        let type: String

        init(_ person: String, _ email: String?, _ emailVerified: JSONValue?, _ type: String = "STANDARD") {
            (self.person, self.email, self.emailVerified, self.type) = (person, email, emailVerified, type)
        }

        var testDescription: String { person }
    }

    static let rows = [
        Row("ben", "ben@acme.example", .bool(true)), Row("emma", "emma@acme.example", .bool(false)),
        Row("mia", "mia@acme.example", nil), Row("mika", nil, .bool(true)),
        Row("paula", "paula@acme.example", .bool(true), "POWER_PARTNER"),
        Row("mallory", "ann@acme.example", .bool(false)),
    ]

    @Test("is told by user info, and by the identity URL in its own names", arguments: rows)
    func person(row: Row) throws {
        let token = try token(row.person)
        let (id, organization) = (try salesforce.user(row.person), try salesforce.organization())
        let info = try userInfo(token).json
        #expect(info["sub"]?.stringValue == "\(salesforce.acme)/id/\(organization)/\(id)")
        #expect(info["user_id"]?.stringValue == id && info["organization_id"]?.stringValue == organization)
        #expect(info["preferred_username"]?.stringValue == "\(row.person)@acme.example")
        let identity = try salesforce.data("/id/\(organization)/\(id)", token: token).json
        #expect(identity["username"]?.stringValue == "\(row.person)@acme.example")
        for document in [info, identity] {
            #expect(document["email"]?.stringValue == row.email && document["email_verified"] == row.emailVerified)
            #expect(document["user_type"]?.stringValue == row.type && document["active"] == .bool(true))
            #expect(document["custom_permissions"] == nil)
        }
    }

    @Test("has the custom permissions that are attached to the app, with their scope")
    func customPermissions() throws {
        for (person, isAgent, isAdministrator) in [("ben", true, false), ("ann", true, true), ("nora", false, false)] {
            let answer = try salesforce.redeem(try salesforce.code(person, ["scope": "openid id custom_permissions"]))
            let token = try (answer.json["access_token"]?.stringValue).unwrapped("token")
            for map in [try userInfo(token).json, try IDToken(answer).claims].map({ $0["custom_permissions"] }) {
                #expect(map?["cobrowseio__Cobrowse_Agent"] == .bool(isAgent))
                #expect(map?["cobrowseio__Cobrowse_Admin"] == .bool(isAdministrator))
            }
        }
    }

    @Test("is a word for whoever may not ask")
    func refusals() throws {
        let token = try token("ben")
        let (ben, ann) = (try salesforce.user("ben"), try salesforce.user("ann"))
        let (acme, globex) = (try salesforce.organization(), try salesforce.organization("globex"))
        for (path, bearer, refusal) in [
            ("/services/oauth2/userinfo", "x", "403 Bad_OAuth_Token"),
            ("/id/\(globex)/\(ben)", token, "403 Wrong_Org"), ("/id/\(acme)/nobody", token, "404 Bad_Id"),
            ("/id/\(acme)/\(ann)", token, "404 No_Access"),
        ] {
            let answer = try salesforce.data(path, token: bearer)
            #expect("\(answer.status.rawValue) \(answer.text)" == refusal)
        }
        #expect(
            try salesforce.standIns.get("\(salesforce.acme)/services/oauth2/userinfo").text == "Missing_OAuth_Token")
        try salesforce.simulator.changeUser("ben", #"{"active":false}"#)
        #expect(try userInfo(token).text == "Inactive")
    }

    @Test("wears .invalid in a sandbox that was refreshed")
    func sandbox() throws {
        let uat = salesforce.simulator.sites[.salesforce("acme--uat")]
        let consumer = try salesforce.consumer(in: "acme--uat")
        let code = try salesforce.code("ida", ["client_id": consumer.key], at: uat)
        let changes = ["client_id": consumer.key, "client_secret": consumer.secret]
        let token = try (salesforce.redeem(code, changes, at: uat).json["access_token"]?.stringValue).unwrapped("token")
        let info = try salesforce.standIns.get(
            "\(uat)/services/oauth2/userinfo", ["Authorization": "Bearer \(token)"])
        #expect(info.json["email"]?.stringValue == "ida@acme.example.invalid")
    }
}
