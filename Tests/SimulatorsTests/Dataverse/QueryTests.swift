import BridgeCore
import BridgeTesting
import HTTPMessage
import Simulators
import Testing

@Suite("Queries to the stand-in of Dataverse")
struct QueryTests {
    let standIns: StandIns
    let token: String

    init() throws {
        standIns = try StandIns()
        token = try (standIns.applicationToken().json["access_token"]?.stringValue).unwrapped("token")
    }

    private func ask(_ target: String, _ fields: [String: String] = [:]) throws -> HTTPResponse {
        let expanded = target.replacing("{ben}", with: try standIns.person("ben"))
            .replacing("{ben.user}", with: try userID("ben")).replacing(" ", with: "%20")
        return try standIns.dataverse(expanded, token: token, fields)
    }

    private func userID(_ person: String) throws -> String {
        let key = "systemusers(azureactivedirectoryobjectid=\(try standIns.person(person)))?$select=systemuserid"
        return try (standIns.dataverse(key, token: token).json["systemuserid"]?.stringValue).unwrapped(
            "row of \(person)")
    }

    private func names(_ answer: HTTPResponse, _ column: String = "fullname") -> [String] {
        (answer.json["value"]?.arrayValue ?? []).compactMap { $0[column]?.stringValue }
    }

    @Test("find a person by the Entra id, with the columns asked for and the key")
    func person() throws {
        let columns =
            "fullname,internalemailaddress,domainname,isdisabled,accessmode,applicationid,emailrouteraccessapproval,isemailaddressapprovedbyo365admin,azureactivedirectoryobjectid"
        let answer = try ask("systemusers?$select=\(columns)&$filter=azureactivedirectoryobjectid eq {ben}")
        #expect(answer.status == .ok)
        #expect(answer.json["@odata.context"]?.stringValue == "\(standIns.api)/$metadata#systemusers(\(columns))")
        let row = try #require(answer.json["value"]?.arrayValue?.first)
        #expect(
            row.objectValue?.map(\.name) == ["@odata.etag"] + columns.split(separator: ",").map(String.init) + [
                "systemuserid"
            ])
        #expect(row["internalemailaddress"]?.stringValue == "ben@contoso.example")
        #expect(row["isdisabled"]?.boolValue == false)
        #expect(row["accessmode"]?.integerValue == 0)
        #expect(row["emailrouteraccessapproval"]?.integerValue == 1)
        #expect(row["applicationid"] == .null)
        #expect(row["systemuserid"] != row["azureactivedirectoryobjectid"])
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let target: String
        let expected: [String]
        var column = "fullname"
        var testDescription: String { target }

        init(_ target: String, _ expected: [String], _ column: String = "fullname") {
            (self.target, self.expected, self.column) = (target, expected, column)
        }
    }

    static let understood: [Row] = [
        Row("systemusers?$filter=isdisabled eq true&$select=fullname", ["Dora Disabled", "Zoe Deleted"]),
        Row(
            "systemusers?$filter=accessmode ge 3 and applicationid eq null",
            ["Nina Noninteractive", "Sven Support", "Dele Delegated"]),
        Row(
            "systemusers?$filter=not (emailrouteraccessapproval eq 1) and applicationid eq null",
            ["Emma Empty", "Paul Pending", "Rita Rejected"]),
        Row("systemusers?$filter=internalemailaddress eq 'DESK@contoso.example'", ["Tim Twin", "Tina Twin"]),
        Row("systemusers?$filter=internalemailaddress eq null and applicationid eq null", ["Mika Mailless"]),
        Row("systemusers?$filter=startswith(fullname,'Be')&$orderby=fullname desc", ["Ben Agent", "Bea Both"]),
        Row(
            "systemusers?$filter=contains(domainname,'o@') and endswith(fullname,'y')",
            ["Cora Copy"].filter { _ in false }),
        Row("systemusers?$filter=fullname eq 'O''Neil'", []),
        Row("systemusers?$filter=modifiedon ge 2027-01-01T00:00:00Z", []),
        Row("systemusers?$top=2&$orderby=fullname&$filter=applicationid eq null", ["Ann Admin", "Bea Both"]),
        Row(
            "systemusers({ben.user})/systemuserroles_association?$select=name", ["Basic User", "Cobrowse.io - Agent"],
            "name"),
        Row(
            "systemusers(azureactivedirectoryobjectid={ben})/teammembership_association?$select=name", ["Contoso"],
            "name"),
        Row(
            "roles?$select=name&$filter=systemuserroles_association/any(u:u/systemuserid eq {ben.user}) or teamroles_association/any(t:t/teammembership_association/any(m:m/systemuserid eq {ben.user}))",
            ["Basic User", "Cobrowse.io - Agent"], "name"),
        Row("roles?$filter=name eq 'cobrowse.io - agent'", ["Cobrowse.io - Agent", "Cobrowse.io - Agent"], "name"),
        Row(
            "roles?$filter=_parentroleid_value eq null and startswith(name,'Cobrowse.io')",
            ["Cobrowse.io - Administrator", "Cobrowse.io - Agent"], "name"),
        Row(
            "roles?$filter=_roletemplateid_value eq 627090FF-40A3-4053-8790-584EDC5BE201 and _parentroleid_value eq null",
            ["System Administrator"], "name"),
        Row("teams?$filter=teamtype eq 2", ["Cobrowse agents"], "name"),
        Row("teams?$filter=teamroles_association/any()", ["Support team", "Cobrowse agents"], "name"),
        Row("systemusers?$filter=teammembership_association/any(t:t/name eq 'Support team')", ["Toni Team"]),
        Row("businessunits?$filter=_parentbusinessunitid_value ne null", ["Emea"], "name"),
        Row(
            "systemusers?$filter=systemuserroles_association/any(r:r/name eq 'Cobrowse agents, renamed copy')",
            ["Cora Copy"]),
        Row("systemusers?client=mine&$filter=fullname eq 'Ann Admin'", ["Ann Admin"]),
    ]

    @Test("are answered", arguments: understood)
    func answered(row: Row) throws {
        let answer = try ask(row.target)
        #expect(answer.status == .ok, "\(answer.text)")
        #expect(names(answer, row.column) == row.expected)
    }

    static let misunderstood: [(String, UInt16, String)] = [
        ("systemusers?$select=fullname,nickname", 400, "0x80060888"),
        ("systemusers?$filter=nickname eq 'x'", 400, "0x80060888"),
        ("systemusers?$filter=fullname eq", 400, "0x80060888"),
        ("systemusers?$filter=fullname equals 'x'", 400, "0x80060888"),
        ("systemusers?$filter=fullname eq 'x", 400, "0x80060888"),
        ("systemusers?$filter=fullname eq 'x' and", 400, "0x80060888"),
        ("systemusers?$filter=(fullname eq 'x'", 400, "0x80060888"),
        ("systemusers?$filter=fullname eq 'x')", 400, "0x80060888"),
        ("systemusers?$filter=fullname eq \"x\"", 400, "0x80060888"),
        ("systemusers?$filter=FullName eq 'x'", 400, "0x80060888"),
        ("systemusers?$filter=azureactivedirectoryobjectid eq '{ben}'", 400, "0x80060888"),
        ("systemusers?$filter=azureactivedirectoryobjectid eq not-a-guid", 400, "0x80060888"),
        ("systemusers?$filter=isdisabled eq 1", 400, "0x80060888"),
        ("systemusers?$filter=accessmode eq '0'", 400, "0x80060888"),
        ("systemusers?$filter=modifiedon ge '2026-01-01'", 400, "0x80060888"),
        ("systemusers?$filter=contains(accessmode,'1')", 400, "0x80060888"),
        ("systemusers?$filter=substringof('x',fullname)", 400, "0x80060888"),
        ("systemusers?$filter=businessunitid/name eq 'x'", 400, "0x80060888"),
        ("systemusers?$filter=systemuserroles_association/any(r:u/name eq 'x')", 400, "0x80060888"),
        ("systemusers?$filter=systemuserroles_association/all(r:r/name eq 'x')", 400, "0x80060888"),
        ("systemusers?$filter=nothing/any(r:r/name eq 'x')", 400, "0x80060888"),
        ("roles?$filter=_parentrootroleid_value eq roleid", 400, "0x80060888"),
        ("systemusers?$orderby=nickname", 400, "0x80060888"), ("systemusers?$orderby=fullname up", 400, "0x80060888"),
        ("systemusers?$top=0", 400, "0x80060888"), ("systemusers?$top=x", 400, "0x80060888"),
        ("systemusers?$skip=10", 400, "0x80060888"), ("systemusers?$search=x", 400, "0x80060888"),
        ("systemusers?$expand=systemuserroles_association", 400, "0x80060888"),
        ("systemusers?$top=1&$top=2", 400, "0x80060888"), ("systemusers?$count=1", 400, "0x80060888"),
        ("systemusers?$skiptoken=2", 400, "0x80060888"), ("systemusers?$filter=%zz", 400, "0x80060888"),
        ("systemusers({ben.user})?$filter=isdisabled eq false", 400, "0x80060888"),
        ("systemusers('{ben.user}')", 400, "0x80060888"), ("systemusers(fullname='x')", 400, "0x80060888"),
        ("systemusers(domainname={ben})", 400, "0x80060888"), ("systemusers({ben.user}", 400, "0x80060888"),
        ("systemusers({ben})", 404, "0x80040217"),  // the Entra id is not the key
        ("systemusers(azureactivedirectoryobjectid={ben.user})", 404, "0x80040217"),
        ("SystemUsers", 404, "0x8006088a"), ("systemuser", 404, "0x8006088a"), ("users", 404, "0x8006088a"),
        ("systemusers({ben.user})/roles", 404, "0x8006088a"), ("WhoAmI/x", 404, "0x8006088a"),
        ("systemusers({ben.user})/systemuserroles_association/$ref", 404, "0x8006088a"),
        ("RetrieveAadUserRoles(ObjectId={ben})", 400, "0x80060888"), ("RetrieveAadUserRoles()", 400, "0x80060888"),
        ("RetrieveAadUserRoles", 404, "0x8006088a"),
    ]

    @Test("are refused", arguments: misunderstood)
    func refused(target: String, status: UInt16, code: String) throws {
        let answer = try ask(target)
        #expect(answer.status.rawValue == status, "\(answer.text)")
        #expect(answer.dataverseCode == code)
    }

    @Test("of a column that an environment lacks are refused there")
    func missingColumn() throws {
        let us = standIns.simulator.sites[.dataverse("contoso-us")]
        let token = try standIns.applicationToken(["scope": "\(us)/.default"]).json["access_token"]?.stringValue ?? ""
        func ask(_ columns: String) throws -> HTTPResponse {
            try standIns.get("\(us)/api/data/v9.2/systemusers?$select=\(columns)", ["Authorization": "Bearer \(token)"])
        }
        #expect(try ask("fullname,isemailaddressapprovedbyo365admin").status == .badRequest)
        #expect(try ask("fullname").status == .ok)
    }

    @Test("nest no deeper than the parser follows")
    func depth() throws {
        let deep = String(repeating: "(", count: 200) + "isdisabled eq true" + String(repeating: ")", count: 200)
        #expect(try ask("systemusers?$filter=\(deep)").status == .badRequest)
        let negated = String(repeating: "not ", count: 5000) + "isdisabled eq true"
        #expect(try ask("systemusers?$filter=\(negated)").status == .badRequest)
        let long = repeatElement("isdisabled eq true", count: 501).joined(separator: " or ")
        #expect(try ask("systemusers?$filter=\(long)").status == .badRequest)
        let longest = repeatElement("isdisabled eq true", count: 500).joined(separator: " or ")
        #expect(try ask("systemusers?$filter=\(longest)").status == .ok)
    }
}
