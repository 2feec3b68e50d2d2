import BridgeCore
import BridgeTesting
import HTTPMessage
import Simulators
import Testing

@Suite("Who may read what in Salesforce")
struct SalesforceAccessTests {
    let salesforce: SalesforceStandIn

    init() throws { salesforce = try SalesforceStandIn() }

    struct Row: Sendable, CustomTestStringConvertible {
        let object: String
        /// What users get: `rows`, `none`, or a code.
        let integration: String
        let withoutSetup: String
        let withoutMFA: String
        let withoutUsers: String

        init(
            _ object: String, _ integration: String, _ withoutSetup: String, _ withoutMFA: String,
            _ withoutUsers: String
        ) {
            (self.object, self.integration) = (object, integration)
            (self.withoutSetup, self.withoutMFA, self.withoutUsers) = (withoutSetup, withoutMFA, withoutUsers)
        }

        var testDescription: String { object }
    }

    static let rows = [
        Row("User", "rows", "rows", "rows", "rows"),
        Row("Organization", "rows", "rows", "rows", "rows"),
        Row("Profile", "rows", "rows", "rows", "rows"),
        Row("UserLogin", "rows", "INVALID_TYPE", "INVALID_TYPE", "INVALID_TYPE"),
        Row("PermissionSetAssignment", "rows", "none", "rows", "rows"),
        Row("PermissionSet", "rows", "none", "rows", "rows"),
        Row("PermissionSetGroup", "rows", "none", "rows", "rows"),
        Row("PermissionSetGroupComponent", "rows", "none", "rows", "rows"),
        Row("SetupEntityAccess", "rows", "INVALID_TYPE", "rows", "rows"),
        Row("CustomPermission", "rows", "INVALID_TYPE", "rows", "rows"),
        Row("TwoFactorMethodsInfo", "rows", "rows", "INVALID_TYPE", "rows"),
    ]

    @Test("depends on the rights of the running user", arguments: rows)
    func rights(row: Row) throws {
        for (user, expected) in [
            ("integration", row.integration), ("without-setup", row.withoutSetup), ("without-mfa", row.withoutMFA),
            ("without-users", row.withoutUsers),
        ] {
            let token = try salesforce.accessToken("\(user)@acme.example")
            let answer = try salesforce.query("SELECT Id FROM \(row.object)", token: token)
            let found = answer.errorCode ?? (answer.json["totalSize"]?.integerValue == 0 ? "none" : "rows")
            #expect(found == expected, "\(user)")
        }
    }

    @Test("says without a right in a sub-select what it says without one outside")
    func subselects() throws {
        let token = try salesforce.accessToken("without-setup@acme.example")
        let some = "SELECT Id FROM User WHERE Id IN (SELECT AssigneeId FROM PermissionSetAssignment)"
        #expect(try salesforce.query(some, token: token).json["totalSize"]?.integerValue == 0)
    }

    @Test("shows everybody the own custom permissions, from profiles, sets and groups, less what is muted")
    func own() throws {
        func entities(_ name: String) throws -> [String] {
            let token = try salesforce.accessToken("\(name)@acme.example")
            let soql = "SELECT DeveloperName FROM UserSetupEntityAccess WHERE SetupEntityType = 'CustomPermission'"
            return try salesforce.records(soql, token: token).compactMap { $0["DeveloperName"]?.stringValue }.sorted()
        }
        #expect(try entities("ben") == ["Cobrowse_Agent"])
        #expect(try entities("pia") == ["Cobrowse_Agent"])
        #expect(try entities("toni") == ["Cobrowse_Agent"])
        #expect(try entities("carla") == ["Cobrowse_Agent"])
        #expect(try entities("ann") == ["Cobrowse_Admin", "Cobrowse_Agent", "Cobrowse_Recordings"])
        for name in ["mute", "xena", "ivo", "rev", "nora"] { #expect(try entities(name).isEmpty, "\(name)") }
        // What a session has to activate first gives nothing; in a group the group alone decides that.
        let session = #""session agent":{"access":["agent"]}"#
        try salesforce.simulator.changeOrg("acme", "{\"permissionSets\":{\(session)}}")
        #expect(try entities("sia").isEmpty)
        try salesforce.simulator.changeOrg("acme", #"{"groups":{"Support_Team":{"sets":["session agent"]}}}"#)
        #expect(try entities("toni") == ["Cobrowse_Agent"])
        try salesforce.simulator.changeOrg("acme", #"{"groups":{"Support_Team":{"session":true}}}"#)
        #expect(try entities("toni").isEmpty)
    }

    @Test("is nothing without a token, the API, the org's own token, or calls that are left")
    func refusals() throws {
        let query = "SELECT Id FROM Organization"
        #expect(try salesforce.query(query, token: "x").errorCode == "INVALID_SESSION_ID")
        let token = try salesforce.accessToken("without-api@acme.example")
        let refused = try salesforce.query(query, token: token)
        #expect(refused.status == .forbidden && refused.errorCode == "API_DISABLED_FOR_ORG")
        let mine = try salesforce.accessToken()
        let elsewhere = "\(salesforce.simulator.sites[.salesforce("globex")])/services/data/v66.0/limits"
        let foreign = try salesforce.standIns.get(elsewhere, ["Authorization": "Bearer \(mine)"])
        #expect(foreign.errorCode == "INVALID_SESSION_ID")
        try salesforce.simulator.changeUser("integration", #"{"frozen":true}"#)
        #expect(try salesforce.query(query, token: mine).errorCode == "INVALID_SESSION_ID")
        try salesforce.simulator.changeUser("integration", #"{"frozen":false}"#)
        #expect(try salesforce.query(query, token: mine).status == .ok)
    }

    @Test("counts calls, and ends at the org's limit until the next day")
    func limits() throws {
        let token = try salesforce.accessToken()
        try salesforce.simulator.changeOrg("acme", #"{"apiLimit":3}"#)
        let query = "SELECT Id FROM Organization"
        #expect(
            try salesforce.query(query, token: token).fields[HTTPFieldName("Sforce-Limit-Info").unwrapped("name")]?.text
                == "api-usage=1/3")
        let limits = try salesforce.data("/services/data/v66.0/limits", token: token).json["DailyApiRequests"]
        #expect(limits?["Max"]?.integerValue == 3 && limits?["Remaining"]?.integerValue == 1)
        #expect(try salesforce.query(query, token: token).status == .ok)
        let refused = try salesforce.query(query, token: token)
        #expect(refused.status == .forbidden && refused.errorCode == "REQUEST_LIMIT_EXCEEDED")
        salesforce.standIns.clock.advance(seconds: 86_400)
        #expect(try salesforce.query(query, token: try salesforce.accessToken()).status == .ok)
    }
}
