import BridgeCore
import BridgeTesting
import HTTPMessage
import Simulators
import Testing

@Suite("Salesforce's queries")
struct SOQLTests {
    let salesforce: SalesforceStandIn
    let token: String

    init() throws {
        salesforce = try SalesforceStandIn()
        token = try salesforce.accessToken()
    }

    private func names(_ soql: String, _ field: String = "Name") throws -> [String] {
        try salesforce.records(soql, token: token).map { $0[field]?.stringValue ?? "null" }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let condition: String
        let names: [String]

        init(_ condition: String, _ names: String...) { (self.condition, self.names) = (condition, names) }

        var testDescription: String { condition }
    }

    static let rows = [
        Row("WHERE Username = 'BEN@acme.example'", "Ben Agent"),
        Row("where username = 'ben@acme.example'", "Ben Agent"),
        Row("WHERE Email = 'desk@acme.example' ORDER BY Name", "Tim Twin", "Tina Twin"),
        Row("WHERE Email = 'desk@acme.example' ORDER BY Name DESC", "Tina Twin", "Tim Twin"),
        Row("WHERE Email = 'desk@acme.example' ORDER BY Name LIMIT 1", "Tim Twin"),
        Row("WHERE Email = null", "Mika Mailless"),
        Row("WHERE IsActive = false", "Ines Inactive"),
        Row("WHERE IsActive != true", "Ines Inactive"),
        Row("WHERE NOT IsActive = true", "Ines Inactive"),
        Row("WHERE UserType IN ('Guest', 'PowerPartner') ORDER BY Name", "Gus Guest", "Paula Partner"),
        Row("WHERE UserType NOT IN ('Standard') ORDER BY Name", "Gus Guest", "Paula Partner"),
        Row("WHERE Profile.Name = 'cobrowse supervisors'", "Pia Profile"),
        Row("WHERE Name LIKE 'b%a%' ORDER BY Name", "Bea Both", "Ben Agent", "Bridge Integration"),
        Row("WHERE Name LIKE 'B_n Agent'", "Ben Agent"),
        Row("WHERE Name LIKE 'B\\_n%'"),
        Row("WHERE (Name = 'Bea Both' OR Name = 'Ben Agent') AND Email LIKE 'ben%'", "Ben Agent"),
        Row("WHERE Name >= 'Xena' ", "Xena Expired"),
        Row("WHERE SystemModstamp > 2026-01-01T00:00:00Z"),
        Row("WHERE SystemModstamp <= 2026-01-01T00:00:00Z AND Name = 'Ben Agent'", "Ben Agent"),
        Row("WHERE SystemModstamp <= 2026-01-01T01:00:00+01:00 AND Name = 'Ben Agent'", "Ben Agent"),
        Row(
            "WHERE Id IN (SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSet.Name = 'Cobrowse_io_Admin') "
                + "ORDER BY Name", "Adam Adminclone", "Ann Admin", "Bea Both"),
        Row(
            "WHERE IsActive = true AND Id NOT IN (SELECT AssigneeId FROM PermissionSetAssignment WHERE "
                + "PermissionSet.IsOwnedByProfile = false) ORDER BY Name", "Integration Unapproved", "Pia Profile"),
    ]

    @Test("find", arguments: rows)
    func finds(row: Row) throws {
        #expect(try names("SELECT Name FROM User \(row.condition)") == row.names)
    }

    @Test("take ids of 15 and of 18 characters, and no others")
    func ids() throws {
        let id = try salesforce.user("ben")
        #expect(id.count == 18 && id.hasPrefix("005"))
        for form in [id, String(id.prefix(15))] {
            #expect(try names("SELECT Name FROM User WHERE Id = '\(form)'") == ["Ben Agent"])
        }
        for form in [String(id.prefix(17)), id.lowercased(), "nothing"] {
            let answer = try salesforce.query("SELECT Name FROM User WHERE Id = '\(form)'", token: token)
            #expect(answer.errorCode == "INVALID_QUERY_FILTER_OPERATOR")
        }
    }

    @Test("escape quotes and backslashes")
    func escapes() throws {
        try salesforce.simulator.changeUser("ben", #"{"displayName":"Ben O'Agent \\ Co"}"#)
        #expect(try names(#"SELECT Name FROM User WHERE Name = 'Ben O\'Agent \\ Co'"#) == [#"Ben O'Agent \ Co"#])
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let soql: String
        let code: String

        init(_ code: String, _ soql: String) { (self.soql, self.code) = (soql, code) }

        var testDescription: String { soql }
    }

    static let refusals = [
        Refusal("MALFORMED_QUERY", "SELECT FROM User"),
        Refusal("MALFORMED_QUERY", "SELECT Id User"),
        Refusal("MALFORMED_QUERY", "SELECT Id, Id FROM User"),
        Refusal("MALFORMED_QUERY", "SELECT Id FROM User WHERE"),
        Refusal("MALFORMED_QUERY", "SELECT Id FROM User WHERE Name = 'a"),
        Refusal("MALFORMED_QUERY", #"SELECT Id FROM User WHERE Name = 'a\x'"#),
        Refusal("MALFORMED_QUERY", "SELECT Id FROM User WHERE Name = 'a' OR Name = 'b' AND Name = 'c'"),
        Refusal("MALFORMED_QUERY", "SELECT Id FROM User WHERE (Name = 'a'"),
        Refusal("MALFORMED_QUERY", "SELECT Id FROM User WHERE IsActive > true"),
        Refusal("MALFORMED_QUERY", "SELECT Id FROM User WHERE Name IN ()"),
        Refusal("MALFORMED_QUERY", "SELECT Id FROM User LIMIT x"),
        Refusal("MALFORMED_QUERY", "SELECT Id FROM User LIMIT 1 WHERE Name = 'a'"),
        Refusal("MALFORMED_QUERY", "SELECT Id FROM User; DELETE"),
        Refusal("MALFORMED_QUERY", "SELECT Id FROM User WHERE \(String(repeating: "(", count: 5000))"),
        Refusal(
            "MALFORMED_QUERY", "SELECT Id FROM User WHERE Id IN (SELECT Id, AssigneeId FROM PermissionSetAssignment)"),
        Refusal("INVALID_FIELD", "SELECT Nothing FROM User"),
        Refusal("INVALID_FIELD", "SELECT Profile.Email FROM User"),
        Refusal("INVALID_FIELD", "SELECT Manager.Name FROM User"),
        Refusal("INVALID_FIELD", "SELECT Id FROM User WHERE IsActive = 'true'"),
        Refusal("INVALID_FIELD", "SELECT Id FROM User WHERE Name = true"),
        Refusal("INVALID_FIELD", "SELECT Id FROM User WHERE SystemModstamp > '2026-01-01T00:00:00Z'"),
        Refusal("INVALID_FIELD", "SELECT Id FROM User WHERE SystemModstamp > 2026-01-01"),
        Refusal("INVALID_TYPE", "SELECT Id FROM Elsewhere"),
    ]

    @Test("are refused", arguments: refusals)
    func refuses(row: Refusal) throws {
        let answer = try salesforce.query(row.soql, token: token)
        #expect(answer.status == .badRequest && answer.errorCode == row.code, "\(answer.text)")
    }

    @Test("need a version that has the object and the field")
    func versions() throws {
        let access = "SELECT DeveloperName FROM UserSetupEntityAccess"
        #expect(try salesforce.query(access, token: token, version: 47).errorCode == "INVALID_TYPE")
        #expect(try salesforce.query(access, token: token, version: 48).status == .ok)
        let active = "SELECT IsActive FROM PermissionSetAssignment"
        #expect(try salesforce.query(active, token: token, version: 51).errorCode == "INVALID_FIELD")
        #expect(try salesforce.query(active, token: token, version: 52).status == .ok)
        #expect(try salesforce.query(active, token: token, version: 67).errorCode == "NOT_FOUND")
        let list = try salesforce.standIns.get("\(salesforce.acme)/services/data/")
        #expect(list.json.arrayValue?.last?["version"]?.stringValue == "66.0")
    }

    @Test("know what was revoked only where user access policies are enabled")
    func accessPolicies() throws {
        let revoked = "SELECT Id FROM PermissionSetAssignment WHERE IsRevoked = true"
        #expect(try salesforce.records(revoked, token: token).count == 1)
        try salesforce.simulator.changeOrg("acme", #"{"userAccessPolicies":false}"#)
        for soql in [revoked, "SELECT IsRevoked FROM PermissionSetAssignment"] {
            #expect(try salesforce.query(soql, token: token).errorCode == "INVALID_FIELD")
        }
    }

    @Test("tell what a session has to activate first, sets and groups")
    func activation() throws {
        func names(_ soql: String) throws -> [String] {
            try salesforce.records(soql, token: token).compactMap { ($0["Name"] ?? $0["DeveloperName"])?.stringValue }
        }
        let sets = "SELECT Name FROM PermissionSet WHERE HasActivationRequired = true"
        let groups = "SELECT DeveloperName FROM PermissionSetGroup WHERE HasActivationRequired = true"
        #expect(try names(sets) == ["Cobrowse_Agent_Session"] && names(groups).isEmpty)
        try salesforce.simulator.changeOrg("acme", #"{"groups":{"Support_Team":{"session":true}}}"#)
        #expect(try names(sets).sorted() == ["Cobrowse_Agent_Session", "Support_Team"])
        #expect(try names(groups) == ["Support_Team"])
    }

    @Test("nest the fields of relations, null where they lead nowhere")
    func shape() throws {
        let toni = try salesforce.user("toni")
        let soql = """
            SELECT Id, PermissionSet.Name, PermissionSet.Type, PermissionSetGroup.DeveloperName, IsActive, ExpirationDate \
            FROM PermissionSetAssignment WHERE AssigneeId = '\(toni)' ORDER BY PermissionSet.Type
            """
        let records = try salesforce.records(soql, token: token)
        #expect(records.count == 2)
        let group = try records.first.unwrapped("assignment of the group")
        #expect(group["attributes"]?["type"]?.stringValue == "PermissionSetAssignment")
        let url = "/services/data/v66.0/sobjects/PermissionSetAssignment/\(group["Id"]?.stringValue ?? "")"
        #expect(group["attributes"]?["url"]?.stringValue == url)
        #expect(group["PermissionSet"]?["Type"]?.stringValue == "Group")
        #expect(group["PermissionSetGroup"]?["DeveloperName"]?.stringValue == "Support_Team")
        #expect(group["IsActive"] == .bool(true) && group["ExpirationDate"] == .null)
        #expect(records[1]["PermissionSetGroup"] == .null)
        #expect(records[1]["PermissionSet"]?["Type"]?.stringValue == "Profile")
        let members = try salesforce.records(
            "SELECT PermissionSet.Name FROM PermissionSetGroupComponent WHERE PermissionSetGroup.DeveloperName = 'Muted_Team'",
            token: token)
        #expect(
            members.compactMap { $0["PermissionSet"]?["Name"]?.stringValue }.sorted()
                == ["Cobrowse_io_Agent", "Muted_Team_Muting", "Service_User"])
    }

    @Test("tell of a clone what it gives, whatever its name")
    func clones() throws {
        func access(_ key: String) throws -> [String] {
            let id = try salesforce.simulator.permissionSetID(key).unwrapped(key)
            let soql =
                "SELECT SetupEntityId FROM SetupEntityAccess WHERE ParentId = '\(id)' AND SetupEntityType != 'ConnectedApplication'"
            return try names(soql, "SetupEntityId").sorted()
        }
        #expect(try access("agent clone") == access("Cobrowse_io_Agent") && access("agent clone").count == 3)
        #expect(try access("old clone").count == 2)
        #expect(try access("Cobrowse_io_Agents_Newsletter").isEmpty)
    }
}
