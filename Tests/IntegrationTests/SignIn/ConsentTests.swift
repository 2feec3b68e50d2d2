import AuthService
import BridgeCore
import BridgeService
import BridgeTesting
import Connectors
import HTTPMessage
import Testing

@Suite("The consent of an Entra tenant", .blocking)
struct ConsentTests {
    private static func url(_ journey: SignInJourney, _ query: String = "license=acme-test") throws -> RawResponse {
        try journey.test.call("GET", "/api/1/dynamics/consent?\(query)", token: journey.administrator.token)
    }

    /// The state of a URL that was just made.
    private static func state(_ journey: SignInJourney) throws -> String {
        let url = try #require(try url(journey).json["url"]?.stringValue)
        return String(try #require(url.split(separator: "&").first { $0.hasPrefix("state=") }?.dropFirst(6)))
    }

    @Test("is asked for by an administrator, and given by whoever opens the URL, once")
    func given() async throws {
        try await SignInJourney.run { journey in
            let answer = try Self.url(journey)
            #expect(answer.status == 200 && answer["cache-control"] == "no-store", "\(answer.text)")
            let url = try #require(try answer.json["url"]?.stringValue)
            let end = journey.clock.now.adding(seconds: 7 * 86_400)
            #expect(try answer.json["expiresAt"] == .string(end.description))
            #expect(
                url.hasPrefix("https://login.microsoftonline.com/\(FakeMicrosoft.tenant)/v2.0/adminconsent?client_id="))
            #expect(url.contains("redirect_uri=https%3A%2F%2Fsso.example%2Fapi%2F1%2Fdynamics%2Fconsent%2Fcallback"))
            let state = try Self.state(journey)
            // Another browser, with nobody's cookies.
            let browser = journey.browser()
            let query = "admin_consent=True&tenant=anything&scope=x&state=\(state)"
            let given = try browser.get("/api/1/dynamics/consent/callback?\(query)")
            #expect(given.status == 200 && given.text.contains("the consent was given"), "\(given.text)")
            let connection = try journey.administrator.get("/connections/dynamics").json
            #expect(connection["consent"] == .string("granted"))
            #expect(try journey.administrator.lastEntry()["action"] == .string("connection.consent"))
            #expect(try journey.administrator.lastEntry()["actor"] == .string("consent"))
            let again = try browser.get("/api/1/dynamics/consent/callback?\(query)")
            #expect(again.status == 400 && again.text.contains("<code>state_invalid</code>"))
        }
    }

    @Test("can be asked for on the command line, and is taken in by the service")
    func commandLine() async throws {
        try await SignInJourney.run { journey in
            let configuration = journey.test.configuration
            let (id, now) = (ConnectionID(.dynamics, of: try .example(TokenMaker.license)), journey.clock.now)
            let link = try await ServiceUnderTest.withStore(configuration) { store in
                let desk = try await ConnectionDesk.open(
                    configuration, store: store, environment: [:], clock: journey.clock)
                defer { desk.close() }
                return try await desk.consentLink(for: id, at: now)
            }
            #expect(link.expiresAt == now.adding(seconds: 7 * 86_400))
            let browser = journey.browser()
            browser.accept = "*/*"
            let state = try #require(link.url.split(separator: "&").last { $0.hasPrefix("state=") })
            let given = try browser.get("/api/1/dynamics/consent/callback?admin_consent=True&\(state)")
            #expect(given.status == 200, "\(given.text)")
            let connection = try journey.administrator.get("/connections/dynamics").json
            #expect(connection["consent"] == .string("granted"))
        }
    }

    @Test("that was declined leaves it outstanding, and the URL good")
    func declined() async throws {
        try await SignInJourney.run { journey in
            let state = try Self.state(journey)
            let browser = journey.browser()
            browser.accept = "*/*"
            let error = "admin_consent=True&error=access_denied&error_description=AADSTS65004%3A+x&state=\(state)"
            #expect(try browser.get("/api/1/dynamics/consent/callback?\(error)").verdict == "403 consent_declined")
            let connection = try journey.administrator.get("/connections/dynamics").json
            #expect(connection["consent"] == .string("outstanding"))
            let given = try browser.get("/api/1/dynamics/consent/callback?admin_consent=True&state=\(state)")
            #expect(given.status == 200)
            #expect(try given.json["consent"] == .string("granted"))
        }
    }

    @Test("counts once a token has proven it")
    func unproven() async throws {
        try await SignInJourney.run { journey in
            let state = try Self.state(journey)
            journey.microsoft.microsoft.set(
                "/oauth2/v2.0/token",
                .json(
                    400,
                    #"{"error":"unauthorized_client","error_description":"AADSTS700016: x","error_codes":[700016]}"#))
            let browser = journey.browser()
            browser.accept = "*/*"
            let answer = try browser.get("/api/1/dynamics/consent/callback?admin_consent=True&state=\(state)")
            #expect(answer.status >= 400)
            let connection = try journey.administrator.get("/connections/dynamics").json
            #expect(connection["consent"] == .string("outstanding"))
        }
    }

    @Test("is taken from nobody who was not asked, for a week")
    func states() async throws {
        try await SignInJourney.run { journey in
            let browser = journey.browser()
            browser.accept = "*/*"
            let state = try Self.state(journey)
            let other = state.dropLast() + (state.hasSuffix("A") ? "Q" : "A")
            for wrong in ["", "x", other, state + "A"] {
                let answer = try browser.get("/api/1/dynamics/consent/callback?admin_consent=True&state=\(wrong)")
                #expect(answer.verdict == "400 state_invalid")
            }
            journey.clock.advance(seconds: 7 * 86_400)
            let late = try browser.get("/api/1/dynamics/consent/callback?admin_consent=True&state=\(state)")
            #expect(late.verdict == "400 state_invalid")
        }
    }

    @Test("is asked for by nobody else, and for no other tenant")
    func access() async throws {
        try await SignInJourney.run { journey in
            let path = "/api/1/dynamics/consent?license=acme-test"
            #expect(try journey.test.call("GET", path, token: nil).verdict == "401 unauthenticated")
            let agent = try #require(try journey.exchange().json["token"]?.stringValue)
            #expect(try journey.test.call("GET", path, token: agent).verdict == "403 forbidden")
            #expect(try Self.url(journey, "license=other").verdict == "403 forbidden")
            for query in ["", "license=", "license=acme-test&license=acme-test"] {
                #expect(try Self.url(journey, query).verdict == "403 forbidden")
            }
            #expect(try Self.url(journey, "license=acme-test&x=1").verdict == "400 configuration_invalid")
            #expect(try Self.url(journey, "license=acme-test&connection=emea").verdict == "404 connection_missing")
        }
    }

    @Test("needs to know under which URL browsers reach the service")
    func publicURL() async throws {
        try await SignInJourney.run(["public_url": ""]) { journey in
            let answer = try Self.url(journey)
            #expect(answer.verdict == "503 configuration_invalid")
            #expect(try answer.json["detail"]?.stringValue?.contains("public_url") == true)
        }
    }
}
