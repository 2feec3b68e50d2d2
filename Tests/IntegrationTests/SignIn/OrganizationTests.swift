import AuthService
import BridgeCore
import BridgeService
import BridgeTesting
import HTTPMessage
import Simulators
import Testing

@Suite("The organizations that an administrator can connect", .serialized, .blocking)
struct OrganizationTests {
    private static let path = "/connections/dynamics/organizations"

    @Test("are listed for whoever asked, once a browser has signed in for them, for ten minutes")
    func list() async throws {
        try await StandInJourney.run { journey in
            try journey.connect()
            let refused = try journey.administrator.get(Self.path)
            #expect(refused.verdict == "400 state_invalid", "\(refused.text)")
            let browser = journey.browser()
            let ready = try browser.signIn("ann", at: try journey.target(in: refused))
            #expect(ready.status == 200 && ready.text.contains("You are signed in"), "\(ready.text)")
            let answer = try journey.administrator.get(Self.path)
            #expect(answer.status == 200 && answer["cache-control"] == "no-store", "\(answer.text)")
            let names = try answer.json["items"]?.arrayValue?.compactMap { $0["name"]?.stringValue }
            #expect(names == ["Contoso Sales US", "Contoso Service"])
            #expect(try answer.json["disabledCount"]?.integerValue == 1 && answer.json["chosen"] == .null)
            let ann = try #require(journey.running.simulator.objectID("ann"))
            #expect(try answer.json["signedIn"]?["objectId"] == .string(ann))
            // Of somebody else it is nobody's, and nobody sees the tokens.
            #expect(try journey.test.call("GET", Administrator.root + Self.path, token: journey.other).status == 400)
            #expect(!answer.text.contains("oken"))
            journey.clock.advance(seconds: 600)
            #expect(try journey.administrator.get(Self.path).verdict == "400 state_invalid")
        }
    }

    @Test("are not signed in for before a page has said who asked, to the browser that goes on")
    func asking() async throws {
        try await StandInJourney.run { journey in
            try journey.connect()
            let target = try journey.target(in: try journey.administrator.get(Self.path))
            let (maker, lured) = (journey.browser(), journey.browser())
            let page = try maker.get(target)
            #expect(page.status == 200 && page["location"] == nil, "\(page.text)")
            #expect(page.text.contains(TokenMaker.license) && page.text.contains("token:tok_"))
            #expect(page["content-security-policy"]?.contains("frame-ancestors 'none'") == true)
            let next = try #require(maker.link(in: page))
            #expect(next.contains("&confirmation="))
            // Whoever was told is somebody else.
            #expect(try lured.get(next).status == 200)
            #expect(try lured.get(target + "&confirmation=none").status == 200)
            #expect(try maker.get(next)["location"]?.contains("prompt=select_account") == true)
        }
    }

    @Test("can be chosen, and let the person in with a token of their own (S4-30)")
    func choice() async throws {
        try await StandInJourney.run { journey in
            try journey.connect()
            let target = try journey.target(in: try journey.administrator.get(Self.path))
            #expect(try journey.browser().signIn("ann", at: target).status == 200)
            let contoso = journey.running.simulator.sites[.dataverse("contoso")]
            let query = "?environmentUrl=\(PercentText.encoded(contoso))"
            let chosen = try journey.administrator.get(Self.path + query)
            #expect(try chosen.json["chosen"]?["environmentUrl"] == .string(contoso), "\(chosen.text)")
            let old = PercentText.encoded(journey.running.simulator.sites[.dataverse("contoso-old")])
            let disabled = try journey.administrator.get(Self.path + "?environmentUrl=\(old)")
            #expect(disabled.verdict == "502 environment_not_found", "\(disabled.text)")
            let asked = journey.running.simulator.requests.map(\.path)
            #expect(asked.contains { $0.hasSuffix("/WhoAmI") })
        }
    }

    @Test("are nobody's where the person has no access, which is no error (S4-27)")
    func none() async throws {
        try await StandInJourney.run { journey in
            try journey.connect()
            let target = try journey.target(in: try journey.administrator.get(Self.path))
            #expect(try journey.browser().signIn("noel", at: target).status == 200)
            let answer = try journey.administrator.get(Self.path)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(try answer.json["items"] == .array([]))
        }
    }

    @Test("are signed in for without being asked by an administrator of the tenant alone")
    func unasked() async throws {
        try await StandInJourney.run { journey in
            let target = "/api/1/dynamics/auth?purpose=organizations&license=\(TokenMaker.license)"
            let browser = journey.browser()
            browser.accept = "*/*"
            #expect(try browser.get(target).verdict == "404 connection_missing")
            try journey.connect()
            let agent = try browser.signIn("ben", at: target)
            #expect(agent.verdict == "403 role_missing", "\(agent.text)")
            #expect(try journey.administrator.get(Self.path).verdict == "400 state_invalid")
            #expect(try browser.signIn("nora", at: target).verdict == "403 role_missing")
            let ready = try browser.signIn("ann", at: target)
            #expect(ready.status == 200, "\(ready.text)")
            #expect(try ready.json["organizations"] == .string("ready"))
            #expect(try journey.administrator.get(Self.path).status == 200)
        }
    }

    @Test("are found with the operator's client where there is no connection yet")
    func unconnected() async throws {
        try await StandInJourney.run(hasOperator: true) { journey in
            let target = try journey.target(in: try journey.administrator.get(Self.path))
            let browser = journey.browser()
            #expect(try browser.signIn("ann", at: target).status == 200)
            let answer = try journey.administrator.get(Self.path)
            #expect(try answer.json["items"]?.arrayValue?.count == 2, "\(answer.text)")
            browser.accept = "*/*"
            #expect(try browser.signIn("fay", at: target).verdict == "403 consent_required")
        }
        try await StandInJourney.run { journey async throws in
            #expect(try journey.administrator.get(Self.path).verdict == "404 connection_missing")
        }
    }

    @Test("are for nobody with a ticket of another connection, an old one, or none of ours")
    func tickets() async throws {
        try await StandInJourney.run(hasOperator: true) { journey in
            let target = try journey.target(in: try journey.administrator.get(Self.path))
            let browser = journey.browser()
            browser.accept = "*/*"
            for wrong in [target.replacing("connection=default", with: "connection=emea"), target + "A"] {
                #expect(try browser.get(wrong).verdict == "400 state_invalid")
            }
            #expect(try browser.get(target.replacing("=organizations", with: "=other")).status == 400)
            #expect(try browser.get(target).status == 302)
            journey.clock.advance(seconds: 600)
            #expect(try browser.get(target).verdict == "400 state_invalid")
        }
    }

    @Test("are forgotten with the connection (S2-36)")
    func removal() async throws {
        try await StandInJourney.run { journey in
            try journey.connect()
            let target = try journey.target(in: try journey.administrator.get(Self.path))
            #expect(try journey.browser().signIn("ann", at: target).status == 200)
            #expect(try journey.administrator.get(Self.path).status == 200)
            #expect(try journey.administrator.call("DELETE", "/connections/dynamics").status == 204)
            try journey.connect()
            #expect(try journey.administrator.get(Self.path).verdict == "400 state_invalid")
        }
    }

    @Test("are not those of another Entra tenant, once the connection has one")
    func otherTenant() async throws {
        try await StandInJourney.run(hasOperator: true) { journey in
            let target = try journey.target(in: try journey.administrator.get(Self.path))
            #expect(try journey.browser().signIn("ann", at: target).status == 200)
            #expect(try journey.administrator.get(Self.path).status == 200)
            let both = #"["contoso","fabrikam"]"#
            try journey.running.simulator.changeClient(
                "bridge-multi", #"{"consents":\#(both),"principals":\#(both)}"#)
            try journey.connect("fabrikam", by: "bridge-multi", "Sim8Q~multi-secret-value")
            #expect(try journey.administrator.get(Self.path).verdict == "400 state_invalid")
        }
    }
}

/// A service beside the stand-ins, which it asks over sockets.
private struct StandInJourney {
    let running: RunningSimulator
    let test: ServiceUnderTest
    let administrator: Administrator
    /// An API token of somebody else.
    let other: String
    let clock: SettableClock

    /// - Parameter hasOperator: whether the bridge has a registration of its own.
    static func run(
        hasOperator: Bool = false, _ body: (StandInJourney) async throws -> Void
    ) async throws {
        let clock = SettableClock()
        let running = try RunningSimulator(.builtIn(bridgeURL: "https://sso.example"), clock: clock)
        do {
            try await ServiceUnderTest.run(try settings(running, hasOperator), clock: clock) { test in
                let license = try License.example(TokenMaker.license)
                let token = try await test.apiToken(.admin(license), life: 86_400)
                let other = try await test.apiToken(.admin(license), life: 86_400)
                try await test.restart()
                let administrator = Administrator(test: test, token: token)
                try await body(
                    StandInJourney(
                        running: running, test: test, administrator: administrator, other: other, clock: clock))
            }
        } catch {
            await running.stop()
            throw error
        }
        await running.stop()
    }

    private static func settings(_ running: RunningSimulator, _ hasOperator: Bool) throws -> [String: String] {
        let simulator = running.simulator
        let settings = [
            "public_url": "https://sso.example", "allow_insecure_loopback": "true",
            "dynamics__authority_url": simulator.sites[.entra],
            "dynamics__discovery_url": simulator.sites[.discovery], "dynamics__allowed_hosts": "127.0.0.1",
        ]
        guard hasOperator else { return settings }
        return settings.merging([
            "dynamics__client_id": try #require(simulator.clientID("bridge-multi")),
            "dynamics__client_secret": "Sim8Q~multi-secret-value",
        ]) { $1 }
    }

    /// Saves the connection `default` to an environment, by the client `name`.
    func connect(
        _ environment: String = "contoso", by name: String = "bridge",
        _ secret: String = "Sim8Q~bridge-secret-value"
    ) throws {
        let simulator = running.simulator
        let saved = try administrator.call(
            "PUT", "/connections/dynamics",
            json: FakeMicrosoft.draft([
                "tenantId": "\"\(try #require(simulator.tenantID(environment)))\"",
                "clientId": "\"\(try #require(simulator.clientID(name)))\"",
                "clientSecret": "\"\(secret)\"",
                "environmentUrl": "\"\(simulator.sites[.dataverse(environment)])\"",
            ]))
        #expect(saved.status == 200, "\(saved.text)")
    }

    func browser() -> StandInBrowser { StandInBrowser(port: test.service.port) }

    /// Path and query of the URL that a refusal says is to be opened.
    func target(in refusal: RawResponse) throws -> String {
        let hint = try #require(try refusal.json["hint"]?.stringValue, "\(refusal.text)")
        let url = try #require(hint.split(separator: " ").last { $0.hasPrefix("https://sso.example") })
        return String(url.dropFirst("https://sso.example".count))
    }
}

/// A browser that goes to the stand-in of Entra and back.
private final class StandInBrowser {
    private let port: UInt16
    private var cookie: String?
    var accept = "text/html"

    init(port: UInt16) { self.port = port }

    /// Asks as the browser that was there before, and keeps the cookie that comes.
    func get(_ target: String) throws -> RawResponse {
        let answer = try Self.get(target, port, accept, cookie)
        cookie = answer["set-cookie"]?.split(separator: ";").first.map(String.init) ?? cookie
        return answer
    }

    /// The link of the page that says who asked; `nil` on another one.
    func link(in page: RawResponse) -> String? {
        page.text.split(separator: "<a href=\"").dropFirst().first?.split(separator: "\"").first
            .map { String($0).replacing("&amp;", with: "&") }
    }

    /// Begins at `target`, goes on from the page that says who asked, signs in as `person`, and comes back.
    func signIn(_ person: String, at target: String) throws -> RawResponse {
        var begun = try get(target)
        if begun.status == 200, let next = link(in: begun) { begun = try get(next) }
        let location = try #require(begun["location"], "\(begun.status) \(begun.text)")
        let there = try #require(RequestURL(location))
        let answer = try Self.get("\(there.target)&simulator_person=\(person)", there.origin.port, "*/*", nil)
        let back = try #require(answer["location"], "\(answer.status) \(answer.text)")
        return try get(try #require(RequestURL(back)).target)
    }

    private static func get(
        _ target: String, _ port: UInt16, _ accept: String, _ cookie: String?
    ) throws -> RawResponse {
        let client = try RawClient(port: port)
        let fields = ["Accept: \(accept)", "Accept-Language: en"] + (cookie.map { ["Cookie: \($0)"] } ?? [])
        client.send(ServiceUnderTest.request("GET", target, fields: fields))
        return try client.response(toHead: false)
    }
}
