import BridgeCore
import BridgeTesting
import HTTPMessage
import Simulators
import Testing

@Suite("Roles of a person, from the stand-in of Dataverse")
struct RoleTests {
    let standIns: StandIns
    let token: String

    init() throws {
        standIns = try StandIns()
        token = try (standIns.applicationToken().json["access_token"]?.stringValue).unwrapped("token")
    }

    /// The names of the Cobrowse roles among the rows of a list.
    private func roles(_ target: String, _ fields: [String: String] = [:]) throws -> Set<String> {
        let answer = try standIns.dataverse(target, token: token, fields)
        try #require(answer.status == .ok, "\(answer.text)")
        let names = (answer.json["value"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
        return Set(names.filter { $0.hasPrefix("Cobrowse") })
    }

    private func byEntra(_ person: String, _ fields: [String: String] = [:]) throws -> Set<String> {
        try roles("RetrieveAadUserRoles(DirectoryObjectId=\(try standIns.person(person)))?$select=name", fields)
    }

    private func stored(_ person: String) throws -> Set<String> {
        let key = "systemusers(azureactivedirectoryobjectid=\(try standIns.person(person)))"
        let id = try (standIns.dataverse("\(key)?$select=systemuserid", token: token).json["systemuserid"]?.stringValue)
            .unwrapped("row")
        let both =
            "systemuserroles_association/any(u:u/systemuserid%20eq%20\(id))%20or%20"
            + "teamroles_association/any(t:t/teammembership_association/any(m:m/systemuserid%20eq%20\(id)))"
        return try roles("roles?$select=name&$filter=\(both)")
    }

    private static let agent: Set = ["Cobrowse.io - Agent"]

    @Test(
        "are told alike by both ways where nothing is fresh",
        arguments: [
            ("ann", ["Cobrowse.io - Administrator"]), ("ben", ["Cobrowse.io - Agent"]),
            ("bea", ["Cobrowse.io - Administrator", "Cobrowse.io - Agent"]), ("nora", []),
            ("toni", ["Cobrowse.io - Agent"]), ("uma", ["Cobrowse.io - Agent"]),
            ("cora", ["Cobrowse agents, renamed copy"]),
        ] as [(String, Set<String>)])
    func alike(person: String, expected: Set<String>) throws {
        #expect(try byEntra(person) == expected)
        #expect(try stored(person) == expected)
    }

    @Test("through an Entra group are known to RetrieveAadUserRoles alone, before the first visit and after the last")
    func groups() throws {
        #expect(try byEntra("frida") == Self.agent)
        #expect(try stored("frida") == [])
        #expect(try byEntra("lars") == [])
        #expect(try stored("lars") == Self.agent)
    }

    @Test("are there for somebody without a row, none for somebody nobody knows")
    func withoutRow() throws {
        #expect(try byEntra("newa") == Self.agent)
        #expect(try byEntra("noel") == [])
        #expect(try roles("RetrieveAadUserRoles(DirectoryObjectId=11111111-1111-1111-1111-111111111111)") == [])
    }

    @Test("in another business unit are copies with the same root")
    func copies() throws {
        func role(of person: String) throws -> (id: String?, root: String?) {
            let target =
                "RetrieveAadUserRoles(DirectoryObjectId=\(try standIns.person(person)))?$select=name,_parentrootroleid_value"
            let rows = try standIns.dataverse(target, token: token).json["value"]?.arrayValue ?? []
            let row = rows.first { $0["name"]?.stringValue == "Cobrowse.io - Agent" }
            return (row?["roleid"]?.stringValue, row?["_parentrootroleid_value"]?.stringValue)
        }
        let (ben, uma) = (try role(of: "ben"), try role(of: "uma"))
        #expect(ben.id == ben.root)
        #expect(uma.id != ben.id)
        #expect(uma.root == ben.root)
    }

    @Test("come late out of the cache, unless Consistency asks for more")
    func stale() throws {
        try standIns.simulator.changePerson(
            "nora",
            #"""
            {"environments": {"contoso": {"roles": ["Basic User", "Cobrowse.io - Agent"], "staleRoles": ["Basic User"]}}}
            """#)
        #expect(try byEntra("nora") == [])
        #expect(try byEntra("nora", ["Consistency": "Strong"]) == Self.agent)
    }

    @Test("leave the person's modifiedon alone when they change, unlike columns")
    func modified() throws {
        func modified() throws -> String? {
            let key = "systemusers(azureactivedirectoryobjectid=\(try standIns.person("ben")))?$select=modifiedon"
            return try standIns.dataverse(key, token: token).json["modifiedon"]?.stringValue
        }
        let before = try modified()
        try standIns.simulator.changePerson("ben", #"{"environments": {"contoso": {"roles": ["Basic User"]}}}"#)
        #expect(try modified() == before)
        try standIns.simulator.changePerson("ben", #"{"environments": {"contoso": {"disabled": true}}}"#)
        #expect(try modified() == "2026-11-30T09:30:00Z")
    }

    @Test("need the privileges to read them")
    func privileges() throws {
        let target = "RetrieveAadUserRoles(DirectoryObjectId=\(try standIns.person("ben")))"
        #expect(try standIns.dataverse(target, token: try standIns.personToken("omar")).dataverseCode == "0x80040220")
    }
}
