import BridgeCore
import BridgeTesting
import HTTPMessage
import Simulators
import Testing

@Suite("The control surface of the stand-ins")
struct ControlTests {
    let standIns: StandIns
    var control: String { standIns.simulator.sites[.control] }

    init() throws { standIns = try StandIns(people: 100) }

    private func post(_ path: String, _ json: String = "") throws -> HTTPResponse {
        try standIns.send(.post, "\(control)/simulator/\(path)", [:], Array(json.utf8))
    }

    @Test("says where everything is")
    func overview() throws {
        let document = try standIns.get("\(control)/simulator").json
        #expect(document["sites"]?["entra"]?.stringValue == standIns.entra)
        #expect(document["sites"]?["dataverse/contoso"]?.stringValue == standIns.contoso)
        #expect(document["tenants"]?["contoso"]?.stringValue == (try standIns.tenant()))
        #expect(document["clients"]?["bridge"]?["id"]?.stringValue == (try standIns.client()))
        #expect(document["people"]?.arrayValue?.contains(.string("ben")) == true)
        #expect(document["generatedPeople"]?.integerValue == 100)
        #expect(try standIns.get("\(control)/").text.contains("Ben Agent"))
    }

    @Test("changes a person, which the next answer knows")
    func person() throws {
        let answer = try post("people/ben", #"{"environments": {"contoso": {"emailStatus": 2}}}"#)
        #expect(answer.status == .ok)
        #expect(answer.json["environments"]?["contoso"]?["emailStatus"]?.integerValue == 2)
        let key = "systemusers(azureactivedirectoryobjectid=\(try standIns.person("ben")))"
        #expect(try standIns.dataverse(key).json["emailrouteraccessapproval"]?.integerValue == 2)
        #expect(try post("people/ben", #"{"environments": {"contoso": null}}"#).status == .ok)
        #expect(try standIns.dataverse(key).status == .notFound)
    }

    @Test("makes somebody new, and changes somebody generated")
    func people() throws {
        #expect(
            try post(
                "people/vera",
                #"{"tenant": "contoso", "environments": {"contoso": {"roles": ["Cobrowse.io - Agent"]}}}"#
            ).status == .ok)
        #expect(try standIns.signIn("vera").callback["code"] != nil)
        let key =
            "systemusers(azureactivedirectoryobjectid=\(try standIns.person("person000007")))?$select=isdisabled,modifiedon"
        #expect(try standIns.dataverse(key).json["isdisabled"]?.boolValue == false)
        #expect(try post("people/person000007", #"{"environments": {"contoso": {"disabled": true}}}"#).status == .ok)
        let row = try standIns.dataverse(key).json
        #expect(row["isdisabled"]?.boolValue == true)
        #expect(row["modifiedon"]?.stringValue == "2026-11-30T09:30:00Z")
        let all = try standIns.dataverse(
            "systemusers?$count=true&$top=1&$filter=domainname%20eq%20'person000007@contoso.example'")
        #expect(all.json["@odata.count"]?.integerValue == 1)
    }

    @Test("changes clients and environments")
    func others() throws {
        let uri = "https://bridge.test/api/1/dynamics/auth/callback"
        #expect(try standIns.signIn("ben", ["redirect_uri": uri]).aadsts == 50_011)
        #expect(try post("clients/bridge", #"{"redirectURIs": ["\#(uri)"]}"#).status == .ok)
        #expect(try standIns.signIn("ben", ["redirect_uri": uri]).callback["code"] != nil)
        #expect(try post("environments/contoso", #"{"applicationUsers": []}"#).status == .ok)
        #expect(try standIns.dataverse("WhoAmI").dataverseCode == "0x80072560")
        #expect(try post("environments/new", "{}").status == .notFound)
    }

    @Test(
        "refuses what makes no sense, and changes nothing then",
        arguments: [
            ("people/ben", #"{"tenant": "nowhere"}"#, "there is no tenant"),
            ("people/ben", #"{"colour": "blue"}"#, "no member \"colour\""),
            ("people/ben", #"{"environments": {"contoso": {"roles": ["King"]}}}"#, "there is no role \"King\""),
            ("people/ben", #"{"environments": {"moon": {}}}"#, "there is no environment \"moon\""),
            ("people/ben", #"{"id": "x"}"#, "no GUID"), ("people/ben", "{", "no JSON"),
            ("people/ben", "[]", "no object"),
            ("clients/bridge", #"{"audience": "all"}"#, "none of single"),
            ("clients/bridge", #"{"certificates": ["x"]}"#, "no certificate"),
            ("faults", #"{"name": "x"}"#, "there is no fault"), ("faults", #"{}"#, "name is missing"),
            ("faults", #"{"name": "token.html", "times": 0}"#, "1 or more"),
            ("settings", #"{"latencyMilliseconds": -1}"#, "0 to 60000"), ("settings", #"{"latency": 1}"#, "no member"),
        ])
    func refused(path: String, body: String, detail: String) throws {
        let before = try standIns.get("\(control)/simulator/people").body
        let answer = try post(path, body)
        #expect([400, 404].contains(answer.status.rawValue))
        #expect(answer.json["detail"]?.stringValue?.contains(detail) == true, "\(answer.text)")
        #expect(try standIns.get("\(control)/simulator/people").body == before)
    }

    @Test("sets, lists and clears faults")
    func faults() throws {
        let answer = try post("faults", #"{"name": "token.throttled", "times": null}"#)
        #expect(answer.json["active"]?.arrayValue?.count == 1)
        #expect(answer.json["all"]?.arrayValue?.count == Fault.all.count)
        #expect(try standIns.applicationToken().status == .tooManyRequests)
        #expect(try standIns.send(.delete, "\(control)/simulator/faults", [:], []).status == .noContent)
        #expect(try standIns.applicationToken().status == .ok)
    }

    @Test("shows what was asked, without its secrets")
    func requests() throws {
        _ = try standIns.dataverse("WhoAmI", ["Consistency": "Strong"])
        let answer = try standIns.get("\(control)/simulator/requests")
        #expect(!answer.text.contains(StandIns.secret))
        let items = answer.json["items"]?.arrayValue ?? []
        #expect(items.map { $0["site"]?.stringValue } == ["entra", "dataverse/contoso"])
        #expect(items.first?["form"]?["client_secret"]?.stringValue == "***")
        #expect(items.first?["form"]?["grant_type"]?.stringValue == "client_credentials")
        #expect(items.last?["fields"]?["consistency"]?.stringValue == "Strong")
        #expect(items.last?["fields"]?["authorization"]?.stringValue == "Bearer ***")
        #expect(items.last?["status"]?.integerValue == 200)
        #expect(try standIns.send(.delete, "\(control)/simulator/requests", [:], []).status == .noContent)
        #expect(standIns.simulator.requests.isEmpty)
    }

    @Test("keeps the last 2000 requests in their order")
    func ring() throws {
        for _ in 0..<2050 { _ = try standIns.get("\(standIns.entra)/x") }
        let numbers = standIns.simulator.requests.map(\.number)
        #expect(numbers == Array(51...2050))
        #expect(standIns.simulator.requestCount == 2050)
    }

    @Test("rotates keys, and makes everything as it was")
    func reset() throws {
        let before = try IDToken(try standIns.redeem(try standIns.code())).header["kid"]
        #expect(try post("keys/rotate").status == .noContent)
        #expect(try IDToken(try standIns.redeem(try standIns.code())).header["kid"] != before)
        _ = try post("people/ben", #"{"displayName": "Benjamin"}"#)
        #expect(try post("reset").status == .noContent)
        #expect(try standIns.get("\(control)/simulator/people/ben").json["displayName"]?.stringValue == "Ben Agent")
        #expect(try IDToken(try standIns.redeem(try standIns.code())).header["kid"] == before)
    }

    @Test(
        "knows no other route", arguments: ["/x", "/simulator/x", "/simulator/people/nobody", "/simulator/people/a/b"])
    func nowhere(path: String) throws {
        #expect(try standIns.get("\(control)\(path)").status == .notFound)
    }
}
