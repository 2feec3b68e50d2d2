import BridgeCore
import Simulators
import Testing

@Suite("Populations of the stand-ins")
struct PopulationTests {
    @Test("of somebody's own are read")
    func own() throws {
        let json =
            #"{"tenants": [{"name": "t", "domain": "t.example"}], "environments": [{"name": "e", "tenant": "t"}]}"#
        let source = try PopulationSource(Array(json.utf8), bridgeURL: "https://b.example", generatedCount: 0)
        #expect(source.sites == [.control, .entra, .discovery, .dataverse("e")])
    }

    @Test(
        "are refused with the place of what is wrong",
        arguments: [
            ("[]", "population is no object"), ("{", "no JSON"), (#"{"x": 1}"#, "population has no member \"x\""),
            (#"{"tenants": [{"name": "t"}]}"#, "population.tenants[0].domain is missing"),
            (#"{"people": [{"name": "a", "tenant": "t"}]}"#, "person a: there is no tenant \"t\""),
            (
                #"{"tenants": [{"name": "t", "domain": "t"}, {"name": "t", "domain": "u"}]}"#,
                "tenants: \"t\" occurs twice"
            ),
            (#"{"tenants": [{"name": "t", "domain": "t", "id": 5}]}"#, "population.tenants[0].id is no string"),
            (
                #"{"tenants": [{"name": "t", "domain": "t"}], "environments": [{"name": "e", "tenant": "t", "applicationUsers": [{"client": "c"}]}]}"#,
                "there is no client \"c\""
            ),
        ])
    func refused(json: String, detail: String) {
        let error = #expect(throws: SimulatorError.self) {
            try PopulationSource(Array(json.utf8), bridgeURL: "", generatedCount: 0)
        }
        #expect(error?.code == .configurationInvalid)
        #expect(error?.detail.contains(detail) == true, "\(error?.detail ?? "")")
    }

    @Test("generate people with roles, teams and exceptions among them")
    func generated() throws {
        let standIns = try StandIns(people: 1000)
        func count(_ filter: String) throws -> Int64? {
            let target = "systemusers?$count=true&$top=1&$filter=startswith(domainname,'person')%20and%20\(filter)"
            return try standIns.dataverse(target.replacing(" ", with: "%20")).json["@odata.count"]?.integerValue
        }
        #expect(try count("accessmode eq 0") == 1000)
        #expect(try count("isdisabled eq true") == 10)
        #expect(try count("emailrouteraccessapproval eq 2") == 10)
        #expect(try count("systemuserroles_association/any(r:r/name eq 'Cobrowse.io - Agent')") == 820)
        #expect(try count("systemuserroles_association/any(r:r/name eq 'Cobrowse.io - Administrator')") == 50)
        #expect(try count("teammembership_association/any(t:t/name eq 'Support team')") == 100)
        #expect(try standIns.signIn("person000999").callback["code"] != nil)
        #expect(try standIns.signIn("person001000").aadsts == 50_034)
    }

    @Test("have the same identifiers in every run")
    func stable() throws {
        let (one, other) = (try StandIns(), try StandIns())
        #expect(try one.tenant() == other.tenant())
        #expect(try one.person("ann") == other.person("ann"))
        #expect(try one.person("ann") != one.person("ben"))
    }
}
