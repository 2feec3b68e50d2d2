import BridgeCore
import BridgeService
import BridgeTesting
import HTTPMessage
import Simulators
import Testing

@Suite("A sign-in with Salesforce over the network", .blocking)
struct OrgSignInTests {
    @Test("of an agent ends with a token that finds the account, and a decision that has every step")
    func agent() async throws {
        try await LiveJourney.runAtOrg { journey in
            let landing = try journey.orgBrowser().signIn("ben", "redirectTo=%2Fcode").answer
            #expect(landing["location"]?.hasPrefix("\(LiveJourney.cobrowse)/code?code=") == true, "\(landing.text)")
            let token = try #require(try journey.exchange(landing).json["token"]?.stringValue)
            let account = try #require(try journey.test.verify(token).json["account"])
            #expect(account["email"] == .string("ben@acme.example") && account["role"] == .string("agent"))
            let decision = try journey.decision(of: landing)
            #expect(decision["outcome"] == .string("allow") && decision["source"] == .string("salesforce"))
            #expect(
                SignInJourney.checks(decision) == [
                    "state passed", "code passed", "idToken passed", "connection passed", "user passed",
                    "roles passed", "email passed", "address passed", "emailProof passed", "active passed",
                    "person passed", "rules passed", "identity passed", "account passed",
                ])
            let facts = decision["facts"]?["salesforce"]
            #expect(facts?["connection"] == .string("default"))
            #expect(facts?["userId"] == .string(try journey.simulator.userID("ben").unwrapped("ben")))
            #expect(facts?["isFrozen"] == .bool(false) && facts?["emailVerified"] == .bool(true))
        }
    }

    /// A person of the org, and what becomes of the sign-in.
    static let people: [(person: String, outcome: String)] = [
        ("ann", "administrator"), ("bea", "administrator"), ("ben", "agent"), ("toni", "agent"), ("uli", "agent"),
        ("cleo", "agent"), ("cody", "agent"), ("adam", "administrator"), ("mute", "agent"), ("olaf", "agent"),
        ("nora", "403 role_missing"), ("xena", "403 role_missing"), ("ivo", "403 role_missing"),
        ("rev", "403 role_missing"), ("sia", "403 role_missing"), ("nele", "403 role_missing"),
        ("carla", "403 role_missing"),
        ("pia", "403 role_missing"), ("emma", "403 email_unverified"), ("mia", "403 email_unverified"),
        ("mika", "403 email_missing"), ("paula", "403 not_a_person"), ("ines", "provider 200"),
        ("fritz", "provider 200"), ("una", "403 consent_required"), ("ria", "provider 200"),
        ("omar", "agent"),
    ]

    @Test("gives everybody of the org what the permission sets give")
    func everybody() async throws {
        try await LiveJourney.runAtOrg { journey in
            for (person, outcome) in Self.people {
                let place = try journey.orgBrowser().signIn(person)
                guard case .service(let answer) = place, answer.status == 302 else {
                    #expect(place.verdict == outcome, "\(person)")
                    continue
                }
                let token = try #require(try journey.exchange(answer).json["token"]?.stringValue)
                let role = try journey.test.verify(token).json["account"]?["role"]?.stringValue
                #expect(role == outcome, "\(person)")
            }
        }
    }

    @Test("tells the two kinds of an address that is not verified apart, in two languages, on a page")
    func pages() async throws {
        try await LiveJourney.runAtOrg { journey in
            for (person, language, title) in [
                ("emma", "en", "Your e-mail address is not verified"),
                ("emma", "de", "Ihre E-Mail-Adresse ist nicht bestätigt"),
                ("mia", "en", "Nothing is known about your e-mail address"),
                ("mia", "de", "Über Ihre E-Mail-Adresse ist nichts bekannt"),
                ("nora", "en", "You have no role for Cobrowse"),
            ] {
                let browser = journey.orgBrowser()
                (browser.accept, browser.language) = ("text/html", language)
                let page = try browser.signIn(person).answer
                #expect(page.status == 403 && page.text.contains("<h1>\(title)</h1>"), "\(person): \(page.text)")
                let id = try #require(page["x-decision-id"])
                #expect(page.text.contains(id) && !page.text.contains("Dynamics"))
                let frames = page["content-security-policy"]?.split(separator: "frame-ancestors").last ?? ""
                #expect(frames.contains(journey.simulator.sites[.salesforce("acme")]))
            }
        }
    }

    @Test("tells an app that may not read who somebody is from a rule that keeps somebody out")
    func closedUserInfo() async throws {
        try await LiveJourney.runAtOrg { journey in
            for (language, title) in [
                ("en", "The app may not read who you are"), ("de", "Die App darf nicht lesen, wer Sie sind"),
            ] {
                try journey.simulator.set("userinfo.No_Access")
                let browser = journey.orgBrowser()
                (browser.accept, browser.language) = ("text/html", language)
                let page = try browser.signIn("ben").answer
                #expect(page.status == 403 && page.text.contains("<h1>\(title)</h1>"), "\(page.text)")
            }
        }
    }

    @Test("reads what was changed a minute ago, and who is frozen at once")
    func changes() async throws {
        try await LiveJourney.runAtOrg { journey in
            let browser = journey.orgBrowser()
            #expect(try browser.signIn("ben").verdict == "302")
            try journey.simulator.changeUser("ben", #"{"emailVerified":false}"#)
            #expect(try browser.signIn("ben").verdict == "403 email_unverified")
            try journey.simulator.changeUser("ben", #"{"emailVerified":true,"assignments":["Service_User"]}"#)
            journey.clock.advance(seconds: 60)
            #expect(try browser.signIn("ben").verdict == "403 role_missing")
            try journey.simulator.changeUser("ben", #"{"assignments":["Cobrowse_io_Admin"]}"#)
            let landing = try browser.signIn("ben").answer
            let token = try #require(try journey.exchange(landing).json["token"]?.stringValue)
            #expect(try journey.test.verify(token).json["account"]?["role"] == .string("administrator"))
        }
    }

    @Test("goes on when the integration user's session was ended")
    func endedSession() async throws {
        try await LiveJourney.runAtOrg { journey in
            let first = try journey.orgBrowser().signIn("ben")
            journey.simulator.endSessions()
            let second = try journey.orgBrowser().signIn("bea")
            #expect(first.verdict == "302" && second.verdict == "302")
        }
    }

    @Test("is good for once and for its browser, also at a second instance")
    func states() async throws {
        try await LiveJourney.runAtOrg { journey in
            let (ben, mallory) = (journey.orgBrowser(), journey.orgBrowser())
            let targets = try (0..<2).map { _ in try ben.authorize(ben.begin(), as: "ben").get() }
            _ = try mallory.begin()
            #expect(try mallory.get(targets[0]).verdict == "400 state_invalid")
            #expect(try ben.get(targets[0]).status == 302)
            #expect(try ben.get(targets[0]).verdict == "400 state_invalid")
            let other = try await journey.test.startAnother()
            let elsewhere = journey.orgBrowser(port: other.port)
            elsewhere.cookie = ben.cookie
            #expect(try elsewhere.get(targets[1]).status == 302)
            await other.stop()
        }
    }

    @Test("without an integration user goes by custom permissions, which agents see of themselves")
    func ownToken() async throws {
        try await LiveJourney.runAtOrg(LiveOrgDraft(integration: nil)) { journey in
            #expect(try journey.orgBrowser().signIn("ben").verdict == "403 roles_unavailable")
            let rules = """
                [{"source":"salesforce","match":{"customPermission":"cobrowseio__Cobrowse_Admin"},"role":"administrator"},
                 {"source":"salesforce","match":{"customPermission":"cobrowseio__Cobrowse_Agent"},"role":"agent"}]
                """
            try journey.administrator.changeTenant(["rules": rules])
            for (person, outcome) in [
                ("ben", "agent"), ("ann", "administrator"), ("pia", "agent"), ("carla", "agent"), ("mute", nil),
                ("nora", nil),
            ] as [(String, String?)] {
                let answer = try journey.orgBrowser().signIn(person).answer
                guard let outcome else {
                    #expect(answer.verdict == "403 role_missing", "\(person)")
                    continue
                }
                let token = try #require(try journey.exchange(answer).json["token"]?.stringValue, "\(person)")
                #expect(try journey.test.verify(token).json["account"]?["role"] == .string(outcome), "\(person)")
            }
        }
    }
}
