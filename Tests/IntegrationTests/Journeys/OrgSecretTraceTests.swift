import AuthService
import BridgeCore
import BridgeService
import BridgeTesting
import Simulators
import Testing

/// The same of Salesforce, whose Canvas hands tokens out as well.
@Suite("Secrets of sign-ins with Salesforce", .blocking)
struct OrgSecretTraceTests {
    @Test("are in no log line, audit line, decision, answer or page, whatever went well or wrong")
    func traces() async throws {
        try await LiveJourney.runAtOrg { journey in
            var own = try Self.successes(journey)
            own += try Self.canvases(journey)
            own += try Self.failures(journey)
            let app = try journey.simulator.consumer().unwrapped("app")
            let key = String(decoding: try journey.simulator.applicationKey().copiedBytes, as: UTF8.self)
            let line = try (key.split(separator: "\n").dropFirst().first).unwrapped("line of the key").description
            try SecretTraceTests.check(
                journey, own: own, secrets: [app.secret, line, "client_secret=", "assertion="], of: "salesforce")
        }
    }

    /// People who get in, and try everything twice; the bridge's own codes, tokens, states and cookies.
    private static func successes(_ journey: LiveJourney) throws -> [String] {
        var own: [String] = []
        for person in ["ann", "ben", "bea", "toni"] {
            let browser = journey.orgBrowser()
            let target = try browser.authorize(browser.begin(), as: person).get()
            own.append(try #require(target.split(separator: "state=").last).prefix(43).description)
            own.append(try #require(browser.cookie?.split(separator: "=").last).description)
            let landing = try browser.get(target)
            own.append(try #require(landing["location"]?.split(separator: "code=").last).description)
            own.append(try #require(try journey.exchange(landing).json["token"]?.stringValue))
            _ = try browser.get(target)
            _ = journey.keep(try journey.exchange(landing))
        }
        return own
    }

    /// What Canvas has posted, right and wrong, for once and once more.
    private static func canvases(_ journey: LiveJourney) throws -> [String] {
        var own: [String] = []
        for defect in [nil] + CanvasDefect.allCases.map(Optional.some) {
            journey.clock.advance(seconds: 10)
            let text = try journey.simulator.signedRequest(for: "ben", defect: defect)
            own += text.split(separator: ".").filter { $0.count > 20 }.map { String($0.prefix(60)) }
            for accept in ["text/html", "application/json"] { _ = try journey.open(canvas: text, accept: accept) }
        }
        return own
    }

    /// People who do not get in, and every kind of thing that Salesforce can do wrong.
    private static func failures(_ journey: LiveJourney) throws -> [String] {
        var own: [String] = []
        for person in ["nora", "emma", "mia", "mika", "una", "ria", "paula"] {
            journey.clock.advance(seconds: 61)
            let browser = journey.orgBrowser()
            browser.accept = person == "emma" ? "text/html" : "application/json"
            _ = try browser.signIn(person)
            own += (browser.cookie?.split(separator: "=").last).map { [String($0)] } ?? []
        }
        for name in [
            "salesforce-token.bad-client", "salesforce-token.html", "salesforce-token.throttled",
            "salesforce-token.instance-url-elsewhere", "salesforce-token.wrong-signature",
            "salesforce-id-token.wrong-nonce", "salesforce-id-token.wrong-signature", "salesforce-id-token.malformed",
            "userinfo.Bad_OAuth_Token", "userinfo.other-user", "salesforce-api.INVALID_SESSION_ID",
            "salesforce-api.MALFORMED_QUERY", "salesforce-api.next-url-elsewhere",
        ] {
            journey.clock.advance(seconds: 61)
            try journey.simulator.set(name, times: nil)
            _ = try journey.orgBrowser().signIn("ben")
            _ = try journey.tryOut(org: LiveOrgDraft())
            _ = try journey.tryOut(org: LiveOrgDraft(hasKey: false))
            journey.simulator.clearFaults()
        }
        return own
    }
}
