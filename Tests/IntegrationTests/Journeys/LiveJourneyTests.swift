import AuthService
import BridgeCore
import BridgeService
import BridgeTesting
import HTTPMessage
import Simulators
import Testing

/// What `SignInJourneyTests` shows against answers that a test has made, here between two servers with TLS.
@Suite("A sign-in over the network", .blocking)
struct LiveJourneyTests {
    @Test("of an agent ends with a token that finds the account, and a decision that has every step")
    func agent() async throws {
        try await LiveJourney.run { journey in
            let landing = try journey.browser().signIn("ben", "redirectTo=%2Fcode").answer
            #expect(landing.status == 302, "\(landing.text)")
            #expect(landing["location"]?.hasPrefix("\(LiveJourney.cobrowse)/code?code=") == true)
            let exchanged = try journey.exchange(landing)
            #expect(exchanged.status == 200 && exchanged["x-decision-id"] == landing["x-decision-id"])
            let token = try #require(try exchanged.json["token"]?.stringValue)
            let account = try #require(try journey.test.verify(token).json["account"])
            #expect(account["email"] == .string("ben@contoso.example") && account["role"] == .string("agent"))
            #expect(account["displayName"] == .string("Ben Agent"))
            let decision = try journey.decision(of: landing)
            #expect(decision["outcome"] == .string("allow") && decision["accountId"] == account["id"])
            #expect(
                SignInJourney.checks(decision) == [
                    "state passed", "code passed", "idToken passed", "connection passed", "user passed",
                    "roles passed", "email passed", "address passed", "emailProof passed", "active passed",
                    "person passed", "rules passed", "identity passed", "account passed",
                ])
            let person = decision["facts"]?["dynamics"]
            #expect(person?["objectId"] == .string(try journey.simulator.objectID("ben").unwrapped("ben")))
        }
    }

    @Test("gives administrators the administration, and agents not")
    func administrator() async throws {
        try await LiveJourney.run { journey in
            for (person, verdict) in [("ann", "200"), ("bea", "200"), ("ben", "403 forbidden")] {
                let landing = try journey.browser().signIn(person).answer
                let token = try #require(try journey.exchange(landing).json["token"]?.stringValue)
                let accounts = try journey.test.call("GET", Administrator.root + "/accounts", token: token)
                #expect(accounts.verdict == verdict, "\(person)")
            }
        }
    }

    @Test("asks the environment for a row that was changed, and for roles that were taken away a minute ago")
    func changes() async throws {
        try await LiveJourney.run { journey in
            let browser = journey.browser()
            #expect(try browser.signIn("ben").verdict == "302")
            try journey.simulator.changePerson("ben", #"{"environments":{"contoso":{"disabled":true}}}"#)
            #expect(try browser.signIn("ben").verdict == "403 user_inactive")
            try journey.simulator.changePerson(
                "ben", #"{"environments":{"contoso":{"disabled":false,"roles":["Basic User"]}}}"#)
            journey.clock.advance(seconds: 60)
            #expect(try browser.signIn("ben").verdict == "403 role_missing")
            try journey.simulator.changePerson(
                "ben", #"{"environments":{"contoso":{"roles":["Basic User","Cobrowse.io - Agent"]}}}"#)
            #expect(try browser.signIn("ben").verdict == "302")
        }
    }

    @Test("is good for once, for its browser, and for ten minutes")
    func states() async throws {
        try await LiveJourney.run { journey in
            let (ben, mallory) = (journey.browser(), journey.browser())
            let targets = try (0..<3).map { _ in try ben.authorize(ben.begin(), as: "ben").get() }
            _ = try mallory.begin()
            #expect(try mallory.get(targets[0]).verdict == "400 state_invalid")
            let stranger = journey.browser()
            #expect(try stranger.get(targets[0]).verdict == "400 state_invalid")
            #expect(try ben.get(targets[0]).status == 302)
            #expect(try ben.get(targets[0]).verdict == "400 state_invalid")
            journey.clock.advance(seconds: 599)
            #expect(try ben.get(targets[1]).status == 302)
            journey.clock.advance(seconds: 1)
            #expect(try ben.get(targets[2]).verdict == "400 state_invalid")
            // A code of Entra's that somebody brings with a state of their own was asked for with another verifier.
            let own = try ben.authorize(ben.begin(), as: "ben").get()
            let begun = try mallory.begin()
            let state = try #require(begun["location"]?.split(separator: "&").first { $0.hasPrefix("state=") })
            let code = try #require(own.split(separator: "?").last?.split(separator: "&").first)
            let stolen = try mallory.get("/api/1/dynamics/auth/callback?\(code)&\(state)")
            #expect(stolen.verdict == "400 code_invalid")
        }
    }

    @Test("goes on after a restart, and at a second instance, which exchanges the code of the first")
    func instances() async throws {
        try await LiveJourney.run { journey in
            let browser = journey.browser()
            let targets = try (0..<2).map { _ in try browser.authorize(browser.begin(), as: "ben").get() }
            try await journey.test.restart()
            let again = journey.browser()
            again.cookie = browser.cookie
            let landing = try again.get(targets[0])
            #expect(landing.status == 302, "\(landing.text)")
            let other = try await journey.test.startAnother()
            let elsewhere = journey.browser(port: other.port)
            elsewhere.cookie = browser.cookie
            #expect(try elsewhere.get(targets[1]).status == 302)
            let exchanged = try journey.exchange(landing, port: other.port)
            #expect(exchanged.status == 200, "\(exchanged.text)")
            await other.stop()
        }
    }

    @Test("hands the code over once and for a minute, or the token itself where the tenant wants that")
    func handOff() async throws {
        try await LiveJourney.run { journey in
            let landing = try journey.browser().signIn("ben").answer
            #expect(try journey.exchange(landing).status == 200)
            #expect(try journey.exchange(landing).verdict == "400 code_invalid")
            let late = try journey.browser().signIn("ben").answer
            journey.clock.advance(seconds: 60)
            #expect(try journey.exchange(late).verdict == "400 code_invalid")
            try journey.administrator.changeTenant(["handOff": #""token""#])
            let location = try #require(try journey.browser().signIn("ben", "redirectTo=/code").answer["location"])
            let start = "\(LiveJourney.cobrowse)/code?token="
            #expect(location.hasPrefix(start))
            #expect(try journey.test.verify(String(location.dropFirst(start.count))).status == 200)
        }
    }

    /// Where a page wants to have the browser back, and what becomes of that.
    static let targets: [(redirectTo: String, lands: String?)] = [
        ("", "https://cobrowse.example/dashboard?code="), ("/code", "https://cobrowse.example/code?code="),
        ("https://agents.example.com/back?x=1", "https://agents.example.com/back?x=1&code="),
        ("https://agents.example.com.evil.example/", nil), ("//evil.example/", nil),
        ("http://agents.example.com/", nil),
    ]

    @Test("ends where the tenant wants it to end, and nowhere else")
    func redirects() async throws {
        try await LiveJourney.run { journey in
            try journey.administrator.changeTenant(["redirectOrigins": #"["https://agents.example.com"]"#])
            for (redirectTo, lands) in Self.targets {
                let query = redirectTo.isEmpty ? "" : "redirectTo=\(PercentText.encoded(redirectTo))"
                let answer = try journey.browser().signIn("ben", query).answer
                guard let lands else {
                    #expect(answer.verdict == "400 redirect_not_allowed", "\(redirectTo)")
                    continue
                }
                #expect(answer["location"]?.hasPrefix(lands) == true, "\(redirectTo): \(answer.text)")
            }
        }
    }

    @Test("needs the consent of the tenant, which somebody else than its maker gives")
    func consent() async throws {
        try await LiveJourney.run { journey in
            // As it is before an administrator of Entra has consented to the application.
            try journey.simulator.changeClient("bridge", #"{"consents":[]}"#)
            #expect(try journey.browser().signIn("ben").verdict == "403 consent_required")
            let asked = try journey.test.call(
                "GET", "/api/1/dynamics/consent?license=\(TokenMaker.license)", token: journey.administrator.token)
            let url = try #require(try asked.json["url"]?.stringValue, "\(asked.text)")
            let administrator = journey.browser()
            // Who may not consent is sent back, and so is who does not want to; both leave the URL good.
            let unable = try administrator.follow(url, as: "ben").get()
            #expect(try administrator.get(unable).verdict == "403 consent_required")
            let declined = try administrator.follow("\(url)&simulator_answer=cancel", as: "ann").get()
            #expect(try administrator.get(declined).verdict == "403 consent_declined")
            #expect(try Self.consent(of: journey) == "outstanding")
            let given = try administrator.follow(url, as: "ann").get()
            #expect(try administrator.get(given).status == 200)
            #expect(try Self.consent(of: journey) == "granted")
            #expect(try administrator.get(given).verdict == "400 state_invalid")
            #expect(try journey.browser().signIn("ben").verdict == "302")
        }
    }

    private static func consent(of journey: LiveJourney) throws -> String? {
        try journey.administrator.get("/connections/dynamics/default").json["consent"]?.stringValue
    }

    @Test("reads with the agent's own token where the connection says so")
    func readAsAgent() async throws {
        try await LiveJourney.run { journey in
            let saved = try journey.save("default", LiveDraft(readAs: "agent"))
            #expect(saved.status == 200, "\(saved.text)")
            #expect(try journey.browser().signIn("ben").verdict == "302")
            // May use Cobrowse, and read nothing in Dynamics.
            #expect(try journey.browser().signIn("omar").verdict == "403 roles_unavailable")
            #expect(try journey.browser().signIn("noel").verdict == "403 user_unknown")
        }
    }
}

extension Administrator {
    /// Changes the tenant's document: members as JSON.
    func changeTenant(_ members: [String: String]) throws {
        var document = try get("").json.objectValue ?? []
        for (name, value) in members {
            let value = try JSONValue(parsing: value.utf8)
            document.removeAll { $0.name == name }
            document.append(JSONMember(name: name, value: value))
        }
        var writer = JSONWriter()
        writer.value(.object(document))
        let put = try call("PUT", "", json: writer.text, fields: ["If-Match: *"])
        #expect(put.status == 200, "\(put.text)")
    }
}
