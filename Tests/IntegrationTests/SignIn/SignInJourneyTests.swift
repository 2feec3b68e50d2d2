import AuthService
import BridgeCore
import BridgeCrypto
import BridgeService
import BridgeTesting
import HTTPMessage
import Testing

@Suite("A browser sign-in", .blocking)
struct SignInJourneyTests {
    @Test("goes to Microsoft and comes back with a code, which is exchanged for a token that finds the account")
    func journey() async throws {
        try await SignInJourney.run { journey in
            let browser = journey.browser()
            let begun = try browser.begin("redirectTo=%2Fcode%3Fnavigation%3Dnone")
            #expect(begun.status == 302 && begun["cache-control"] == "no-store")
            #expect(begun["referrer-policy"] == "no-referrer")
            let cookie = try #require(begun["set-cookie"])
            #expect(cookie.hasPrefix("__Host-"))
            #expect(cookie.hasSuffix("; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=None; Partitioned"))
            let location = try #require(begun["location"])
            #expect(
                location.contains(
                    "redirect_uri=\(PercentText.encoded(SignInJourney.redirectURI).replacing("%2E", with: "."))"))
            let landing = try browser.comeBack(with: try journey.microsoft.authorize(location))
            #expect(landing.status == 302 && landing["cache-control"] == "no-store")
            let target = try #require(landing["location"])
            let code = target.dropFirst("https://cobrowse.example/code?navigation=none&code=".count)
            #expect(target.hasPrefix("https://cobrowse.example/code?navigation=none&code=") && code.count == 43)

            let exchanged = try journey.test.send("POST", "/api/1/sso/exchange", body: #"{"code":"\#(code)"}"#)
            #expect(exchanged.status == 200 && exchanged["cache-control"] == "no-store", "\(exchanged.text)")
            #expect(exchanged["x-decision-id"] == landing["x-decision-id"])
            let token = try #require(try exchanged.json["token"]?.stringValue)
            #expect(try exchanged.json["expiresAt"]?.stringValue == "2027-01-15T08:15:00Z")
            let verified = try journey.test.verify(token)
            #expect(verified.status == 200, "\(verified.text)")
            let account = try #require(try verified.json["account"])
            #expect(account["email"] == .string("ann@example.com") && account["role"] == .string("agent"))
            #expect(account["displayName"] == .string("Ann Agent"))

            let decision = try journey.decision(of: landing)
            #expect(decision["outcome"] == .string("allow") && decision["source"] == .string("dynamics"))
            #expect(decision["accountId"] == account["id"])
            #expect(
                SignInJourney.checks(decision) == [
                    "state passed", "code passed", "idToken passed", "connection passed", "user passed",
                    "roles passed", "email passed", "address passed", "emailProof passed", "active passed",
                    "person passed", "rules passed", "identity passed", "account passed",
                ])
            #expect(decision["facts"]?["dynamics"]?["objectId"] == .string(IDTokenMaker.objectID))
            let accounts = try journey.administrator.get("/accounts").json["items"]?.arrayValue
            #expect(accounts?.count == 1)
        }
    }

    @Test("is good for once: neither the way back nor the code can be used again")
    func replay() async throws {
        try await SignInJourney.run { journey in
            let browser = journey.browser()
            let query = try browser.authorize()
            let landing = try browser.comeBack(with: query)
            #expect(landing.status == 302)
            browser.accept = "application/json"
            for _ in 0..<2 { #expect(try browser.comeBack(with: query).verdict == "400 state_invalid") }
            let code = try #require(landing["location"]?.split(separator: "code=").last)
            let body = #"{"code":"\#(code)"}"#
            #expect(try journey.test.send("POST", "/api/1/sso/exchange", body: body).status == 200)
            for _ in 0..<2 {
                #expect(try journey.test.send("POST", "/api/1/sso/exchange", body: body).verdict == "400 code_invalid")
            }
        }
    }

    @Test("ends ten minutes after it began, and its code a minute after that")
    func stale() async throws {
        try await SignInJourney.run { journey in
            let browser = journey.browser()
            let (early, late) = (try browser.authorize(), try browser.authorize())
            journey.clock.advance(seconds: 599)
            let landing = try browser.comeBack(with: early)
            #expect(landing.status == 302)
            journey.clock.advance(seconds: 1)
            browser.accept = "*/*"
            #expect(try browser.comeBack(with: late).verdict == "400 state_invalid")
            journey.clock.advance(seconds: 59)
            let code = try #require(landing["location"]?.split(separator: "code=").last)
            let body = #"{"code":"\#(code)"}"#
            #expect(try journey.test.send("POST", "/api/1/sso/exchange", body: body).verdict == "400 code_invalid")
        }
    }

    @Test("belongs to the browser that began it, and a stranger with its state neither gets in nor ends it")
    func foreign() async throws {
        try await SignInJourney.run { journey in
            let ann = journey.browser()
            let query = try ann.authorize()
            let mallory = journey.browser()
            mallory.accept = "*/*"
            #expect(try mallory.comeBack(with: query).verdict == "400 state_invalid")
            _ = try mallory.authorize()
            #expect(try mallory.comeBack(with: query).verdict == "400 state_invalid")
            #expect(try ann.comeBack(with: query).status == 302)
        }
    }

    @Test("in several windows of one browser is as many sign-ins")
    func windows() async throws {
        try await SignInJourney.run { journey in
            let browser = journey.browser()
            let queries = try (0..<5).map { _ in try browser.authorize() }
            for query in queries.shuffled() { #expect(try browser.comeBack(with: query).status == 302) }
        }
    }

    @Test("goes on after a restart, and at another instance on the same store")
    func restart() async throws {
        try await SignInJourney.run { journey in
            let browser = journey.browser()
            let (first, second) = (try browser.authorize(), try browser.authorize())
            try await journey.test.restart()
            let again = journey.browser()
            again.cookie = browser.cookie
            let landing = try again.comeBack(with: first)
            #expect(landing.status == 302)

            let other = try await journey.test.startAnother()
            let elsewhere = journey.browser(port: other.port)
            elsewhere.cookie = browser.cookie
            #expect(try elsewhere.comeBack(with: second).status == 302)
            let code = try #require(landing["location"]?.split(separator: "code=").last)
            let client = try RawClient(port: other.port)
            client.send(
                ServiceUnderTest.request("POST", "/api/1/sso/exchange", body: #"{"code":"\#(code)"}"#))
            #expect(try client.response(toHead: false).status == 200)
            await other.stop()
        }
    }

    @Test("hands the token itself over where the tenant wants Cobrowse's embed form")
    func tokenForm() async throws {
        try await SignInJourney.run { journey in
            try journey.changeTenant(["handOff": #""token""#])
            let location = try #require(try journey.signIn("redirectTo=/dashboard")["location"])
            let token = location.dropFirst("https://cobrowse.example/dashboard?token=".count)
            #expect(location.hasPrefix("https://cobrowse.example/dashboard?token="))
            #expect(try journey.test.verify(String(token)).status == 200)
        }
    }

    @Test("of a person with both roles is an administrator's, who may administer with the token")
    func administers() async throws {
        try await SignInJourney.run { journey in
            journey.microsoft.change { $0.roles = ["Cobrowse.io - Agent", "Cobrowse.io - Administrator"] }
            let token = try #require(try journey.exchange().json["token"]?.stringValue)
            let path = "/api/1/tenants/\(TokenMaker.license)/accounts"
            #expect(try journey.test.call("GET", path, token: token).status == 200)
            journey.microsoft.change { $0.roles = ["Cobrowse.io - Agent"] }
            // As long as roles may be known already.
            journey.clock.advance(seconds: 61)
            let last = try #require(try journey.exchange().json["token"]?.stringValue)
            // No login takes a tenant's last administrator away.
            #expect(try journey.test.call("GET", path, token: last).status == 200)
            let boss = try TokenMaker().token(["sub": #""boss@example.com""#, "role": #""administrator""#])
            #expect(try journey.test.verify(boss).status == 200)
            let agent = try #require(try journey.exchange().json["token"]?.stringValue)
            #expect(try journey.test.call("GET", path, token: agent).verdict == "403 forbidden")
        }
    }

    @Test("of a disabled account ends at once, the token of before with it")
    func disabled() async throws {
        try await SignInJourney.run { journey in
            let token = try #require(try journey.exchange().json["token"]?.stringValue)
            let account = try #require(try journey.test.verify(token).json["account"]?["id"]?.stringValue)
            let patch = try journey.administrator.call("PATCH", "/accounts/\(account)", json: #"{"status":"disabled"}"#)
            #expect(patch.status == 200)
            #expect(try journey.test.verify(token).verdict == "403 account_disabled")
            let landing = try journey.signIn()
            #expect(landing.status == 403 && landing.text.contains("<code>account_disabled</code>"))
            #expect(SignInJourney.checks(try journey.decision(of: landing)).last == "account failed")
        }
    }

    @Test("through a connection of another name is another identity of the person")
    func named() async throws {
        try await SignInJourney.run { journey in
            let draft = FakeMicrosoft.draft(["environmentUrl": #""https://acme-emea.crm4.dynamics.com""#])
            #expect(try journey.administrator.call("PUT", "/connections/dynamics/emea", json: draft).status == 200)
            #expect(try journey.signIn("connection=default").status == 302)
            let browser = journey.browser()
            let query = try browser.authorize("connection=emea")
            // The fake knows the other environment's user no row of; who it is was clear by then.
            let landing = try browser.comeBack(with: query)
            let decision = try journey.decision(of: landing)
            #expect(decision["code"] == .string("user_unknown"))
            #expect(decision["facts"]?["dynamics"]?["connection"] == .string("emea"))
            #expect(decision["facts"]?["dynamics"]?["objectId"] == .string(IDTokenMaker.objectID))
        }
    }

    @Test("leaves no token, code, state or secret in the log")
    func log() async throws {
        try await SignInJourney.run { journey in
            let browser = journey.browser()
            let query = try browser.authorize()
            let landing = try browser.comeBack(with: query)
            _ = try browser.comeBack(with: query)
            let code = try #require(landing["location"]?.split(separator: "code=").last)
            let body = #"{"code":"\#(code)"}"#
            let token = try #require(
                try journey.test.send("POST", "/api/1/sso/exchange", body: body).json["token"]?.stringValue)
            _ = try journey.test.send("POST", "/api/1/sso/exchange", body: body)
            let lines = journey.test.log.lines.joined(separator: "\n")
            let state = try #require(query.split(separator: "state=").last?.prefix(43))
            for secret in [
                String(code), token, String(state), "code-1", FakeMicrosoft.secret, "agent-t0ken", "id_token",
            ] {
                #expect(!lines.contains(secret))
            }
            #expect(lines.contains("state_invalid") && lines.contains("code_invalid"))
        }
    }
}
