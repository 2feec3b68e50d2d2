import BridgeCore
import BridgeTesting
import HTTPMessage
import Simulators
import Testing

@Suite("Pages of Salesforce's queries")
struct SalesforcePagingTests {
    let salesforce: SalesforceStandIn

    init() throws { salesforce = try SalesforceStandIn(people: 400) }

    /// All records of a query, page by page.
    private func all(_ soql: String, _ fields: [String: String] = [:]) throws -> (records: [JSONValue], pages: Int) {
        let token = try salesforce.accessToken()
        var answer = try salesforce.query(soql, token: token, fields)
        var (records, pages) = ([JSONValue](), 0)
        while true {
            pages += 1
            let page = try (answer.json["records"]?.arrayValue).unwrapped("records in \(answer.text.prefix(300))")
            records += page
            guard let next = answer.json["nextRecordsUrl"]?.stringValue else {
                #expect(answer.json["done"] == .bool(true))
                return (records, pages)
            }
            #expect(answer.json["done"] == .bool(false))
            answer = try salesforce.data(next, token: token)
        }
    }

    private static let shortPages = ["Sforce-Query-Options": "batchSize=200"]

    @Test("bring every row once")
    func complete() throws {
        let users = try all("SELECT Id FROM User", Self.shortPages)
        #expect(users.pages == 3 && Set(users.records).count == users.records.count)
        let named = try salesforce.records("SELECT Id FROM User WHERE NOT Username LIKE 'person%'").count
        #expect(users.records.count == 400 + named)
        let assignments = try all("SELECT Id, AssigneeId FROM PermissionSetAssignment", Self.shortPages)
        #expect(assignments.pages == 7)
        #expect(Set(assignments.records.compactMap { $0["Id"] }).count == assignments.records.count)
        let generated = Set(assignments.records.compactMap { $0["AssigneeId"] })
        #expect(generated.count == users.records.count)
    }

    @Test("are as long as the batch size says, between 200 and 2,000, and as an org allows")
    func sizes() throws {
        let options = "Sforce-Query-Options"
        let people = "SELECT Id FROM User WHERE Username LIKE 'person%'"
        #expect(try all(people, [options: "batchSize=250"]).pages == 2)
        #expect(try all(people, [options: "batchSize=1"]).pages == 2)
        #expect(try all(people, [options: "batchSize=9999"]).pages == 1)
        let large = try SalesforceStandIn(people: 2001)
        #expect(try large.query(people).json["records"]?.arrayValue?.count == 2000)
        try salesforce.simulator.changeOrg("acme", #"{"pageSize":30}"#)
        #expect(try all("SELECT Id FROM User WHERE Username LIKE 'person0000%'").pages == 4)
        #expect(try all("SELECT Id FROM User ORDER BY Name LIMIT 61").pages == 3)
    }

    @Test("show an org as it was at the first page")
    func snapshot() throws {
        let token = try salesforce.accessToken()
        let first = try salesforce.query(
            "SELECT Id, IsActive FROM User ORDER BY Id DESC", token: token, Self.shortPages)
        try salesforce.simulator.changeUser("person000000", #"{"active":false}"#)
        let next = try (first.json["nextRecordsUrl"]?.stringValue).unwrapped("next page")
        let page = try salesforce.data(next, token: token).json["records"]?.arrayValue ?? []
        let id = try salesforce.user("person000000")
        #expect(page.count == 200)
        #expect(page.first { $0["Id"]?.stringValue == id }?["IsActive"] == .bool(true))
        let fresh = try salesforce.records(
            "SELECT Id, IsActive, SystemModstamp FROM User WHERE Id = '\(id)'", token: token)
        #expect(fresh.count == 1 && fresh[0]["IsActive"] == .bool(false))
        #expect(fresh[0]["SystemModstamp"]?.stringValue == "2026-11-30T09:30:00.000+0000")
    }

    @Test("are their own user's alone, and end")
    func locators() throws {
        let token = try salesforce.accessToken()
        let first = try salesforce.query("SELECT Id FROM User", token: token, Self.shortPages)
        let next = try (first.json["nextRecordsUrl"]?.stringValue).unwrapped("next page")
        let other = try salesforce.accessToken("ann@acme.example")
        #expect(try salesforce.data(next, token: other).errorCode == "INVALID_QUERY_LOCATOR")
        for wrong in [String(next.dropLast(4)) + "-9999", next + "x", "/services/data/v66.0/query/01g-2000"] {
            #expect(try salesforce.data(wrong, token: token).errorCode == "INVALID_QUERY_LOCATOR", "\(wrong)")
        }
        #expect(try salesforce.data(next, token: token).status == .ok)
    }

    @Test("have three assignments for each generated person, of every kind")
    func generated() throws {
        let soql = """
            SELECT PermissionSet.Name, PermissionSet.IsOwnedByProfile, PermissionSetGroup.DeveloperName \
            FROM PermissionSetAssignment WHERE AssigneeId = '
            """
        for (number, set, group) in [
            (0, "Cobrowse_io_Agent", nil), (80, "Cobrowse_io_Admin", nil), (90, "Support_Team", "Support_Team"),
            (96, "Report_Exports", nil), (399, "Cobrowse_io_Agent", nil),
        ] as [(Int, String, String?)] {
            let digits = String(number)
            let name = "person" + String(repeating: "0", count: 6 - digits.count) + digits
            let rows = try salesforce.records("\(soql)\(salesforce.user(name))' ORDER BY Id")
            #expect(rows.count == 3)
            #expect(rows[0]["PermissionSet"]?["IsOwnedByProfile"] == .bool(true))
            #expect(rows[1]["PermissionSet"]?["Name"]?.stringValue == set)
            #expect(rows[1]["PermissionSetGroup"]?["DeveloperName"]?.stringValue == group)
            #expect(rows[2]["PermissionSet"]?["Name"]?.stringValue == "Service_User")
        }
        let inactive = "SELECT Id FROM User WHERE IsActive = false AND Username LIKE 'person%'"
        #expect(try salesforce.records(inactive).count == 4)
        let waiting = "SELECT Id FROM TwoFactorMethodsInfo WHERE HasUserVerifiedEmailAddress = false"
        #expect(try salesforce.records(waiting).count == 6)
    }

    @Test("keep a generated person who is changed in one place, with the assignments of then")
    func changed() throws {
        let id = try salesforce.user("person000007")
        try salesforce.simulator.changeUser("person000007", #"{"assignments":["Cobrowse_io_Admin"]}"#)
        #expect(try salesforce.user("person000007") == id)
        let rows = try salesforce.records(
            "SELECT PermissionSet.Name, SystemModstamp FROM PermissionSetAssignment WHERE AssigneeId = '\(id)' AND PermissionSet.IsOwnedByProfile = false"
        )
        #expect(rows.compactMap { $0["PermissionSet"]?["Name"]?.stringValue } == ["Cobrowse_io_Admin"])
        #expect(rows.first?["SystemModstamp"]?.stringValue == "2026-11-30T09:30:00.000+0000")
        let users = try all("SELECT Id FROM User", Self.shortPages)
        #expect(Set(users.records).count == users.records.count)
        let assignments = try all("SELECT Id, AssigneeId FROM PermissionSetAssignment").records
        #expect(assignments.filter { $0["AssigneeId"]?.stringValue == id }.count == 2)
    }

    @Test("go wrong where a fault says so", arguments: ["elsewhere", "fails", "loops", "endless", "missing"])
    func defects(word: String) throws {
        let name = word == "fails" ? "salesforce-api.next-page-fails" : "salesforce-api.next-url-\(word)"
        try salesforce.simulator.set(name, times: nil)
        let token = try salesforce.accessToken()
        let first = try salesforce.query("SELECT Id FROM User", token: token, Self.shortPages).json
        #expect(first["done"] == .bool(false))
        let next = first["nextRecordsUrl"]?.stringValue
        switch word {
        case "missing": #expect(next == nil)
        case "elsewhere": #expect(next?.hasPrefix("https://elsewhere.invalid/") == true)
        case "fails": #expect(try salesforce.data(next.unwrapped("next"), token: token).status == .internalServerError)
        default:
            let second = try salesforce.data(next.unwrapped("next"), token: token).json
            #expect(second["nextRecordsUrl"]?.stringValue == next && second["done"] == .bool(false))
        }
    }
}
