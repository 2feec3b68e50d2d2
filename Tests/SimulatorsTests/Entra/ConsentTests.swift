import BridgeCore
import HTTPMessage
import Simulators
import Testing

@Suite("Entra's admin consent")
struct ConsentTests {
    let standIns: StandIns
    let callback = "\(StandIns.bridgeURL)/api/1/dynamics/consent/callback"

    init() throws { standIns = try StandIns() }

    private func consent(
        _ changes: [String: String?] = [:], client: String = "bridge-unconsented", at path: String? = nil,
        version: String = "/v2.0"
    ) throws -> HTTPResponse {
        var parameters = [
            "client_id": try standIns.client(client), "redirect_uri": callback, "state": "state-2",
            "scope": "\(standIns.contoso)/.default", "simulator_person": "ann",
        ]
        for (name, value) in changes { parameters[name] = value }
        return try standIns.get(
            "\(standIns.entra)/\(try path ?? standIns.tenant())\(version)/adminconsent?\(StandIns.encoded(parameters))")
    }

    @Test("is given by an administrator, and then counts")
    func given() throws {
        let before = try standIns.signIn("ben", ["client_id": try standIns.client("bridge-unconsented")])
        #expect(before.aadsts == 65_001)
        let answer = try consent()
        #expect(answer.fields[.location]?.text.hasPrefix("\(callback)?") == true)
        #expect(answer.callback["admin_consent"] == "True")
        #expect(answer.callback["error"] == nil)
        #expect(answer.callback["tenant"] == (try standIns.tenant()))
        #expect(answer.callback["scope"] == "\(standIns.contoso)/.default")
        #expect(answer.callback["state"] == "state-2")
        let after = try standIns.signIn("ben", ["client_id": try standIns.client("bridge-unconsented")])
        #expect(after.callback["code"] != nil)
    }

    @Test(
        "fails with admin_consent=True beside the error",
        arguments: [
            ("ann", "cancel", "consent_required", 65_004), ("ben", nil, "access_denied", 90_094),
        ] as [(String, String?, String, Int)])
    func declined(person: String, answer: String?, error: String, number: Int) throws {
        let refusal = try consent(["simulator_person": person, "simulator_answer": answer])
        #expect(refusal.callback["admin_consent"] == "True")
        #expect(refusal.callback["error"] == error)
        #expect(refusal.aadsts == number)
        #expect(refusal.callback["state"] == "state-2")
    }

    @Test("brings the application to a tenant that did not know it")
    func newTenant() throws {
        let client = try standIns.client("bridge-multi")
        let fabrikam = try standIns.tenant("fabrikam")
        let form: [String: String?] = [
            "client_id": client, "client_secret": "Sim8Q~multi-secret-value",
            "scope": "\(standIns.simulator.sites[.dataverse("fabrikam")])/.default",
        ]
        #expect(try standIns.applicationToken(form, at: fabrikam).aadsts == 700_016)
        let answer = try consent(["simulator_person": "fay"], client: "bridge-multi", at: "organizations")
        #expect(answer.callback["tenant"] == fabrikam)
        #expect(try standIns.applicationToken(form, at: fabrikam).status == .ok)
    }

    @Test("of the older form", arguments: [(nil, nil), ("cancel", "permission_denied")] as [(String?, String?)])
    func version1(answer: String?, error: String?) throws {
        let response = try consent(["simulator_answer": answer, "scope": nil], at: "common", version: "")
        #expect(response.callback["error"] == error)
        #expect(response.callback["admin_consent"] == (error == nil ? "True" : nil))
    }

    @Test(
        "shows a page for what cannot be answered",
        arguments: [
            ("redirect", ["redirect_uri": "https://elsewhere.example/"], nil, 50_011),
            ("no redirect", ["redirect_uri": nil], nil, 900_144), ("no scope", ["scope": nil], nil, 900_144),
            ("common", [:], "common", 9_001_023), ("unknown client", ["client_id": "x"], nil, 700_016),
            ("other tenant", [:], "fabrikam.example", 700_016),
        ] as [(String, [String: String?], String?, Int)])
    func pages(name: String, changes: [String: String?], path: String?, number: Int) throws {
        let answer = try consent(changes, at: path)
        #expect(answer.status == .badRequest)
        #expect(answer.aadsts == number, "\(name)")
    }
}
