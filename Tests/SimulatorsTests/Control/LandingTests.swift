import BridgeCore
import BridgeTesting
import HTTPMessage
import Simulators
import Testing

@Suite("A browser between the stand-ins")
struct LandingTests {
    let standIns: StandIns
    var control: String { standIns.simulator.sites[.control] }

    init() throws { standIns = try StandIns() }

    private func set(_ json: String) throws -> HTTPResponse {
        try standIns.send(.post, "\(control)/simulator/settings", [:], Array(json.utf8))
    }

    @Test("is that of whoever is signed in, for sign-ins and consents, unless Entra is to ask")
    func session() throws {
        #expect(try standIns.signIn("", ["simulator_person": nil]).text.contains("Pick an account"))
        #expect(try set(#"{"signedIn":"ben"}"#).status == .noContent)
        #expect(try standIns.signIn("", ["simulator_person": nil]).callback["code"] != nil)
        let asked = try standIns.signIn("", ["simulator_person": nil, "prompt": "select_account"])
        #expect(asked.text.contains("Pick an account"))
        // Who is named in the request comes before.
        #expect(try standIns.signIn("carl").aadsts == 53_003)
        #expect(try set(#"{"signedIn":null}"#).status == .noContent)
        #expect(try standIns.signIn("", ["simulator_person": nil]).callback["code"] == nil)
        #expect(try set(#"{"signedIn":"nobody"}"#).status == .notFound)
        #expect(try set(#"{"signedIn":1}"#).status == .badRequest)
    }

    @Test("lands on a page in Cobrowse's place, which says how a server goes on")
    func landing() throws {
        #expect(standIns.simulator.bridgeURL == StandIns.bridgeURL)
        let lines = try standIns.get("\(control)/dashboard?code=abc-_1").text
        #expect(lines.hasSuffix("\ncurl -s -d '{\"code\":\"abc-_1\"}' https://bridge.example/api/1/sso/exchange\n"))
        let page = try standIns.get("\(control)/code?token=a.b.c", ["Accept": "text/html"])
        #expect(page.fields[.contentType]?.text == "text/html; charset=utf-8")
        #expect(page.text.contains("{&quot;token&quot;:&quot;a.b.c&quot;}") && page.text.contains("/sso/verify"))
        // Nothing gets into the line that a shell would take for more than a value.
        #expect(try standIns.get("\(control)/connect?code=%27%3Bls%27").text.contains("{\"code\":\"ls\"}"))
        #expect(try standIns.get("\(control)/dashboard").text.hasPrefix("Nobody was signed in"))
    }

    @Test("finds pages that show others in a frame, and no scripts")
    func frame() throws {
        let page = try standIns.get("\(control)/frame?src=https%3A%2F%2Fsso.example%2F%3Fa%3D%22b%22")
        #expect(page.text.contains("<iframe src=\"https://sso.example/?a=&quot;b&quot;\""))
        for source in ["javascript%3Aalert(1)", "", "data%3Atext%2Fhtml%2Cx"] {
            #expect(try standIns.get("\(control)/frame?src=\(source)").status == .badRequest)
        }
    }
}
