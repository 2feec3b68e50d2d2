import BridgeCore
import BridgeTesting
import HTTPMessage
import Simulators
import Testing

@Suite("The stand-in of Global Discovery")
struct DiscoveryTests {
    let standIns: StandIns

    init() throws { standIns = try StandIns() }

    private func instances(_ token: String, _ rest: String = "") throws -> HTTPResponse {
        try standIns.get(
            "\(standIns.discovery)/api/discovery/v2.0/Instances\(rest)", ["Authorization": "Bearer \(token)"])
    }

    private func names(_ answer: HTTPResponse) -> [String] {
        (answer.json["value"]?.arrayValue ?? []).compactMap { $0["UrlName"]?.stringValue }
    }

    @Test(
        "lists what a person reaches, disabled environments too",
        arguments: [
            ("ann", ["contoso", "contoso-us", "contoso-old"]), ("ben", ["contoso"]), ("noel", []),
        ])
    func lists(person: String, expected: [String]) throws {
        let answer = try instances(try standIns.personToken(person, for: standIns.discovery))
        #expect(answer.status == .ok)
        #expect(names(answer) == expected)
    }

    @Test("describes an environment by its URL, region, tenant and state")
    func fields() throws {
        let answer = try instances(
            try standIns.personToken("ann", for: standIns.discovery), "?$filter=UrlName%20eq%20'contoso'")
        let instance = try (answer.json["value"]?.arrayValue?.first).unwrapped("instance")
        #expect(instance["Url"]?.stringValue == standIns.contoso)
        #expect(instance["ApiUrl"]?.stringValue == standIns.contoso)
        #expect(instance["Region"]?.stringValue == "EUR")
        #expect(instance["TenantId"]?.stringValue == (try standIns.tenant()))
        #expect(instance["State"]?.integerValue == 0)
        let whoAmI = try standIns.dataverse("WhoAmI")
        #expect(instance["Id"] == whoAmI.json["OrganizationId"])
        let id = try (instance["Id"]?.stringValue).unwrapped("Id")
        let name = try (instance["UniqueName"]?.stringValue).unwrapped("UniqueName")
        let token = try standIns.personToken("ann", for: standIns.discovery)
        #expect(names(try instances(token, "(\(id))")) == ["contoso"])
        #expect(names(try instances(token, "(UniqueName='\(name)')")) == ["contoso"])
        #expect(names(try instances(token, "?$filter=State%20eq%201")) == ["contoso-old"])
        #expect(
            try instances(token, "?$select=Url&$filter=Region%20eq%20'NAM'").json["value"]?.arrayValue?.first?
                .objectValue?.map(\.name) == ["Url"])
    }

    @Test("takes a person's token for it alone")
    func tokens() throws {
        let application = try standIns.applicationToken(["scope": "\(standIns.discovery)/.default"])
        #expect(application.status == .ok)
        #expect(try instances(application.json["access_token"]?.stringValue ?? "").status == .unauthorized)
        #expect(try instances(try standIns.personToken("ann")).status == .unauthorized)
        #expect(try instances("x").status == .unauthorized)
    }

    @Test(
        "refuses what it does not know",
        arguments: [
            ("?$orderby=Url", 400), ("?$top=1", 400), ("?$filter=Nothing%20eq%201", 400), ("(x)", 400), ("x", 404),
            ("/x", 404),
        ] as [(String, UInt16)])
    func refused(rest: String, status: UInt16) throws {
        let answer = try instances(try standIns.personToken("ann", for: standIns.discovery), rest)
        #expect(answer.status.rawValue == status)
    }
}
