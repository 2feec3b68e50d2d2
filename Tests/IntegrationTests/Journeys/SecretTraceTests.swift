import AuthService
import BridgeCore
import BridgeTesting
import HTTPMessage
import Simulators
import Testing

/// What may be in no line, answer or page: everything that Entra has issued, and the secrets of everybody.
@Suite("Secrets of sign-ins", .blocking)
struct SecretTraceTests {
    @Test("are in no log line, audit line, decision, answer or page, whatever went well or wrong")
    func traces() async throws {
        try await LiveJourney.run { journey in
            var own = try Self.successes(journey)
            own += try Self.failures(journey)
            try Self.check(journey, own: own, secrets: ["Sim8Q~", "client_secret="], of: "dynamics")
        }
    }

    /// People who get in, and one who tries everything twice; the bridge's own codes, tokens, states and cookies.
    private static func successes(_ journey: LiveJourney) throws -> [String] {
        var own: [String] = []
        for person in ["ann", "ben", "bea", "toni"] {
            let browser = journey.browser()
            let begun = try browser.begin()
            let target = try browser.authorize(begun, as: person).get()
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

    /// People who do not get in, and every kind of thing that Microsoft can do wrong.
    private static func failures(_ journey: LiveJourney) throws -> [String] {
        var own: [String] = []
        for person in ["nora", "dora", "emma", "mika", "noel"] {
            journey.clock.advance(seconds: 61)
            let browser = journey.browser()
            browser.accept = person == "emma" ? "text/html" : "application/json"
            _ = try browser.signIn(person)
            own += (browser.cookie?.split(separator: "=").last).map { [String($0)] } ?? []
        }
        for name in [
            "token.AADSTS7000215", "token.html", "token.throttled", "id-token.wrong-nonce", "id-token.wrong-signature",
            "id-token.malformed", "dataverse.401", "dataverse.0x80040220", "dataverse.next-link-elsewhere",
        ] {
            journey.clock.advance(seconds: 61)
            try journey.simulator.set(name, times: nil)
            _ = try journey.browser().signIn("ben")
            _ = try journey.tryOut()
            journey.simulator.clearFaults()
        }
        _ = try journey.save("default", LiveDraft(secret: "Sim8Q~bridge-expired-value"))
        return own
    }

    /// Looks for secrets in whatever was written down or said.
    ///
    /// - Parameters:
    ///   - own: the bridge's own codes, tokens, states and cookies, which a browser has and nothing else.
    ///   - secrets: of the connection to `system`.
    static func check(_ journey: LiveJourney, own: [String], secrets: [String], of system: String) throws {
        // The stand-in has given out that much: codes, access tokens and refresh tokens.
        let issued = journey.issued.texts
        #expect(issued.count > 20 && own.count > 10)
        let records = try records(journey, of: system)
        #expect(records.count > 40)
        for text in records + journey.heard.map(shown) {
            for secret in issued where text.contains(secret) { Issue.record("issued by the stand-in: \(text)") }
            for secret in secrets where text.contains(secret) { Issue.record("\(secret) is in \(text)") }
        }
        for text in records {
            for secret in own where text.contains(secret) { Issue.record("\(secret) is in \(text)") }
            // Every signed token begins with this.
            #expect(!text.contains("eyJ"), "\(text)")
        }
    }

    /// Everything that is written down: the log, the audit trail, all decisions, the connection as it is shown.
    private static func records(_ journey: LiveJourney, of system: String) throws -> [String] {
        let trail = try journey.administrator.get("/audit?limit=500")
        let decisions = try journey.administrator.get("/decisions?limit=500")
        let connection = try journey.administrator.get("/connections/\(system)/default")
        #expect(trail.status == 200 && decisions.status == 200 && connection.status == 200)
        return journey.test.log.lines + [trail.text, connection.text]
            + (try decisions.json["items"]?.arrayValue ?? []).map { decision in
                var writer = JSONWriter()
                writer.value(decision)
                return writer.text
            }
    }

    private static func shown(_ answer: RawResponse) -> String {
        answer.fields.map { "\($0.name): \($0.value)" }.joined(separator: "\n") + "\n" + answer.text
    }
}
