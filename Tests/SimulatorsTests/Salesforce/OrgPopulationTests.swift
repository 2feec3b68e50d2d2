import BridgeCore
import BridgeTesting
import HTTPMessage
import Simulators
import Testing

@Suite("Orgs in a population")
struct OrgPopulationTests {
    let salesforce: SalesforceStandIn

    init() throws { salesforce = try SalesforceStandIn() }

    /// A change that cannot be, and what is said of it.
    static let refusals = [
        (#"{"users":{"ben":{"assignments":["Nothing"]}}}"#, "there is no permission set \"Nothing\""),
        (#"{"users":{"ben":{"assignments":[{"group":"Nothing"}]}}}"#, "there is no group \"Nothing\""),
        (#"{"users":{"ben":{"profile":"Nothing"}}}"#, "there is no profile \"Nothing\""),
        (#"{"users":{"ben":{"id":"00500000000000"}}}"#, "is no id"),
        (#"{"users":{"ben":{"username":"ann@acme.example"}}}"#, "occurs twice"),
        (#"{"users":{"ben":{"frosen":true}}}"#, "has no member \"frosen\""),
        (#"{"permissionSets":{"x":{"type":"Group"}}}"#, "is none of Regular, Standard, Session"),
        (#"{"permissionSets":{"x":{"access":["Nothing"]}}}"#, "there is no custom permission, class or page"),
        (#"{"connectedApps":{"bridge":{"policy":"x"}}}"#, "is none of adminApproved, allUsers"),
        (#"{"connectedApps":{"bridge":{"key":"-----BEGIN CERTIFICATE-----"}}}"#, ""),
    ]

    @Test("refuse what cannot be, and are as before then", arguments: refusals)
    func refuses(change: String, sentence: String) throws {
        let error = #expect(throws: SimulatorError.self) { try salesforce.simulator.changeOrg("acme", change) }
        #expect(error?.detail.contains(sentence) == true, "\(error?.detail ?? "")")
        #expect(try salesforce.signIn().callback["code"] != nil)
    }

    @Test("write down when a row was changed, and which")
    func modified() throws {
        let now = "2026-11-30T09:30:00.000+0000"
        let beginning = "2026-01-01T00:00:00.000+0000"
        let ben = try salesforce.user("ben")
        func times() throws -> [String?] {
            let user = try salesforce.records("SELECT SystemModstamp FROM User WHERE Id = '\(ben)'")
            let login = try salesforce.records("SELECT LastModifiedDate FROM UserLogin WHERE UserId = '\(ben)'")
            let assignments = try salesforce.records(
                "SELECT SystemModstamp FROM PermissionSetAssignment WHERE AssigneeId = '\(ben)' ORDER BY SystemModstamp"
            )
            return [user.first?["SystemModstamp"], login.first?["LastModifiedDate"]].map { $0??.stringValue }
                + assignments.map { $0["SystemModstamp"]?.stringValue }
        }
        #expect(try times() == [beginning, beginning, beginning, beginning])
        try salesforce.simulator.changeUser("ben", #"{"frozen":true}"#)
        #expect(try times() == [beginning, now, beginning, beginning])
        try salesforce.simulator.changeUser("ben", #"{"assignments":["Cobrowse_io_Agent","Report_Exports"]}"#)
        #expect(try times() == [beginning, now, beginning, beginning, now])
        try salesforce.simulator.changeUser("ben", #"{"email":"ben@acme.test"}"#)
        #expect(try times() == [now, now, beginning, beginning, now])
    }

    @Test("are changed and read at the control surface")
    func control() throws {
        let control = "\(salesforce.simulator.sites[.control])/simulator"
        let change = #"{"users":{"ben":{"emailVerified":"missing"}}}"#
        let answer = try salesforce.standIns.send(.post, "\(control)/orgs/acme", [:], Array(change.utf8))
        #expect(answer.json["users"]?["ben"]?["emailVerified"]?.stringValue == "missing")
        #expect(try salesforce.standIns.get("\(control)/orgs").json["items"]?.arrayValue?.count == 3)
        let overview = try salesforce.standIns.get(control).json
        #expect(try overview["orgs"]?["acme"]?["id"]?.stringValue == salesforce.organization())
        let app = overview["orgs"]?["acme"]?["connectedApps"]?["bridge"]
        #expect(try app?["consumerKey"]?.stringValue == salesforce.consumer().key)
        let key = try salesforce.standIns.get("\(control)/orgs/acme/connectedApps/bridge/key")
        #expect(key.text.hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
        #expect(try salesforce.standIns.get("\(control)/orgs/acme/connectedApps/bridge-secret/key").status == .notFound)
        #expect(try salesforce.standIns.send(.post, "\(control)/orgs/new", [:], Array("{}".utf8)).status == .notFound)
    }

    @Test("have ids whose last three characters say which of the others are capitals")
    func ids() throws {
        try salesforce.simulator.changeUser("ben", #"{"id":"0058Z000000btHh"}"#)
        #expect(try salesforce.user("ben") == "0058Z000000btHhQAI")
        try salesforce.simulator.changeOrg("acme", #"{"id":"00D8Z000000btHh"}"#)
        #expect(try salesforce.organization() == "00D8Z000000btHhUAI")
    }
}
