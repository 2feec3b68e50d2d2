import AuthService
import BridgeCore
import BridgeTesting
import HTTPMessage
import Testing

@Suite("A refused browser sign-in", .blocking)
struct SignInRefusalTests {
    /// What is wrong, the answer, and the step of the decision that says so; `nil` where nothing was decided.
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let verdict: String
        let step: String?
        let prepare: @Sendable (SigningMicrosoft) -> Void

        var testDescription: String { name }

        init(
            _ name: String, _ verdict: String, _ step: String?,
            _ prepare: @escaping @Sendable (SigningMicrosoft) -> Void
        ) {
            (self.name, self.verdict, self.step, self.prepare) = (name, verdict, step, prepare)
        }
    }

    static let rows = [
        Row("wrong client secret", "502 credentials_rejected", "code") {
            $0.microsoft.set(
                "/oauth2/v2.0/token",
                .json(
                    401, #"{"error":"invalid_client","error_description":"AADSTS7000215: x","error_codes":[7000215]}"#))
        },
        Row("code used twice", "400 code_invalid", "code") {
            $0.microsoft.set(
                "/oauth2/v2.0/token",
                .json(400, #"{"error":"invalid_grant","error_description":"AADSTS54005: x","error_codes":[54005]}"#))
        },
        Row("Entra fails", "503 upstream_unavailable", "code") { $0.microsoft.set("/oauth2/v2.0/token", .page(503)) },
        Row("no keys", "503 upstream_unavailable", "idToken") { $0.microsoft.set("openid-configuration", .page(500)) },
        Row("another tenant", "401 issuer_unknown", "idToken") { microsoft in
            microsoft.change { $0.tenantID = "11111111-aaaa-4bbb-8ccc-000000000001" }
        },
        Row("nobody's row", "403 user_unknown", "user") { microsoft in microsoft.change { $0.row = nil } },
        Row("environment fails", "503 upstream_unavailable", "user") { $0.microsoft.set("/systemusers?", .page(500)) },
        Row("disabled user", "403 user_inactive", "active") { microsoft in
            microsoft.change { $0.row?["isdisabled"] = "true" }
        },
        Row("application user", "403 not_a_person", "person") { microsoft in
            microsoft.change { $0.row?["applicationid"] = #""8d8d8d8d-1111-4222-8333-444455556666""# }
        },
        Row("no address", "403 email_missing", "email") { microsoft in
            microsoft.change { $0.row?["internalemailaddress"] = "null" }
        },
        Row("e-mail empty", "403 email_unverified", "emailProof") { microsoft in
            microsoft.change { $0.row?["emailrouteraccessapproval"] = "0" }
        },
        Row("e-mail rejected", "403 email_unverified", "emailProof") { microsoft in
            microsoft.change { $0.row?["emailrouteraccessapproval"] = "3" }
        },
        Row("no role", "403 role_missing", "rules") { microsoft in microsoft.change { $0.roles = ["Basic User"] } },
        Row("roles unreadable", "403 roles_unavailable", "rules") {
            $0.microsoft.set("RetrieveAadUserRoles", .page(500))
        },
    ]

    @Test("is a problem document with the code, its status and a decision that has the failed step", arguments: rows)
    func refused(row: Row) async throws {
        try await SignInJourney.run { journey in
            row.prepare(journey.microsoft)
            let browser = journey.browser()
            browser.accept = "application/json"
            let answer = try browser.comeBack(with: try browser.authorize())
            #expect(answer.verdict == row.verdict, "\(answer.text)")
            #expect(answer["content-type"] == "application/problem+json")
            #expect(try answer.json["decisionId"]?.stringValue == answer["x-decision-id"])
            let decision = try journey.decision(of: answer)
            #expect(decision["source"] == .string("dynamics") && decision["outcome"] == .string("deny"))
            let checks = SignInJourney.checks(decision)
            #expect(row.step.map { checks.contains("\($0) failed") } ?? true, "\(checks)")
            #expect(checks.first == "state passed")
            let known = ["code", "idToken"].contains(row.step ?? "")
            #expect((decision["facts"] == nil) == known)
            #expect(try journey.administrator.get("/accounts").json["items"]?.arrayValue?.isEmpty == true)
        }
    }

    /// What Entra sends back with the browser, and what becomes of it.
    static let callbacks: [(query: String, verdict: String)] = [
        ("error=access_denied&error_description=AADSTS65004%3A+declined", "403 consent_declined"),
        ("error=consent_required&error_description=AADSTS65001%3A+x", "403 consent_required"),
        ("error=access_denied&error_description=AADSTS50105%3A+x", "403 sign_in_blocked"),
        ("error=interaction_required&error_description=AADSTS53003%3A+x", "403 sign_in_blocked"),
        ("error=server_error&error_description=AADSTS90033%3A+x", "503 upstream_unavailable"),
        ("", "400 code_invalid"), ("code=a&code=b", "400 code_invalid"),
    ]

    @Test("by Entra itself is told apart, and kept", arguments: callbacks.indices)
    func byEntra(row: Int) async throws {
        let (query, verdict) = Self.callbacks[row]
        try await SignInJourney.run { journey in
            let browser = journey.browser()
            browser.accept = "*/*"
            let state = try #require(try browser.authorize().split(separator: "&").first { $0.hasPrefix("state=") })
            let answer = try browser.comeBack(with: "\(query)&\(state)")
            #expect(answer.verdict == verdict, "\(answer.text)")
            #expect(SignInJourney.checks(try journey.decision(of: answer)) == ["state passed", "code failed"])
        }
    }

    @Test("is a page for a browser: what to do, in its language, without anybody else's words")
    func page() async throws {
        try await SignInJourney.run { journey in
            journey.microsoft.change { $0.row?["emailrouteraccessapproval"] = "3" }
            let browser = journey.browser()
            browser.language = "de-AT,de;q=0.9,en;q=0.5"
            let answer = try browser.comeBack(with: try browser.authorize("redirectTo=/code"))
            #expect(answer.status == 403)
            #expect(answer["content-type"] == "text/html; charset=utf-8" && answer["content-language"] == "de")
            #expect(answer["cache-control"] == "no-store" && answer["referrer-policy"] == "no-referrer")
            #expect(answer["x-content-type-options"] == "nosniff" && answer["vary"] == "Accept, Accept-Language")
            let policy = try #require(answer["content-security-policy"])
            #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
            #expect(policy.hasSuffix("frame-ancestors https://cobrowse.example https://acme.crm4.dynamics.com"))
            #expect(
                answer.text.contains("Ihre E-Mail-Adresse wurde abgelehnt") && answer.text.contains("Approve Email"))
            #expect(answer.text.contains(try #require(answer["x-decision-id"])))
            #expect(!answer.text.contains("AADSTS") && !answer.text.contains("emailrouteraccessapproval"))
            browser.language = "en"
            journey.microsoft.set(status: "0")
            let english = try browser.comeBack(with: try browser.authorize())
            #expect(english.text.contains("Your e-mail address is not approved"))
        }
    }

    @Test("offers to begin again, where that may help, as it was begun")
    func again() async throws {
        try await SignInJourney.run { journey in
            journey.microsoft.microsoft.set("/systemusers?", .page(503))
            let browser = journey.browser()
            let answer = try browser.comeBack(with: try browser.authorize("redirectTo=/code?lng=de"))
            let link =
                "/api/1/dynamics/auth?license=acme-test&amp;connection=default&amp;redirectTo="
                + "https%3A%2F%2Fcobrowse.example%2Fcode%3Flng%3Dde"
            #expect(answer.status == 503 && answer.text.contains("href=\"\(link)\""), "\(answer.text)")
        }
    }

    /// Where somebody wants to return to, and whether that is allowed.
    static let targets: [(redirectTo: String, isAllowed: Bool)] = [
        ("/", true), ("/dashboard?filter_user_email=a%40b.example", true), ("/session/abc", true),
        ("https://cobrowse.example/code", true), ("https://agents.example.com/back?x=1", true),
        ("https://agents.example.com", true), ("https://agents.example.com:443/", true),
        ("https://agents.example.com:8443/", false), ("http://agents.example.com/", false),
        ("https://agents.example.com.evil.example/", false), ("https://evil.example/agents.example.com", false),
        ("https://agents.example.com@evil.example/", false), ("//evil.example/", false), ("/\\evil.example", false),
        ("/%2fevil.example", false), ("/..//evil.example", false), ("javascript:alert(1)", false), ("dashboard", false),
        ("/dashboard#x", false), ("/dashboard?code=abc", false), ("/dashboard?token=abc", false),
        ("/a\r\nSet-Cookie: x=1", false), ("/\u{202E}", false), (String(repeating: "/a", count: 1_025), false),
    ]

    @Test("returns nowhere that the tenant has not listed", arguments: targets.indices)
    func redirects(row: Int) async throws {
        let (redirectTo, isAllowed) = Self.targets[row]
        try await SignInJourney.run { journey in
            try journey.changeTenant(["redirectOrigins": #"["https://agents.example.com"]"#])
            let browser = journey.browser()
            browser.accept = "*/*"
            let answer = try browser.begin("redirectTo=\(PercentText.encoded(redirectTo))")
            #expect(answer.verdict == (isAllowed ? "302" : "400 redirect_not_allowed"), "\(answer.text)")
            if !isAllowed {
                #expect(SignInJourney.checks(try journey.decision(of: answer)) == ["redirect failed"])
            }
        }
    }

    @Test("never begins without a connection that works, in the same words for a license that nobody has")
    func connections() async throws {
        try await SignInJourney.run { journey in
            let browser = journey.browser()
            browser.accept = "*/*"
            let unknown = try browser.get("/api/1/dynamics/auth?license=nobody")
            let unnamed = try browser.begin("connection=emea")
            #expect(unknown.verdict == "404 connection_missing" && unnamed.verdict == "404 connection_missing")
            #expect(try unknown.json["detail"] == unnamed.json["detail"])
            #expect(try unknown.json["hint"] == unnamed.json["hint"])
            #expect(SignInJourney.checks(try journey.decision(of: unnamed)) == ["connection failed"])
            for query in ["", "license=", "license=a&license=b", "license=acme-test&redirect=/x", "license"] {
                #expect(try browser.get("/api/1/dynamics/auth?\(query)").verdict == "400 configuration_invalid")
            }
            browser.accept = "text/html"
            #expect(try browser.get("/api/1/dynamics/auth").text.contains("This link does not work"))
        }
    }

    @Test("says which setting keeps the service from it", arguments: [0, 1, 2])
    func settings(row: Int) async throws {
        let settings = [
            ["public_url": ""], ["public_url": "http://127.0.0.1:8080"],
            ["public_url": "http://127.0.0.1:8080", "allow_insecure_loopback": "true"],
        ][row]
        try await SignInJourney.run(settings) { journey in
            let browser = journey.browser()
            browser.accept = "*/*"
            let answer = try browser.begin()
            guard row < 2 else {
                #expect(answer.status == 302)
                return
            }
            #expect(answer.verdict == "503 configuration_invalid")
            #expect(try answer.json["detail"]?.stringValue?.hasPrefix("public_url ") == true)
            browser.accept = "text/html"
            #expect(try browser.begin().text.contains("This bridge is not set up for signing in"))
        }
    }

    @Test("counts for the limit, and beyond it says no more than how long to wait")
    func limited() async throws {
        try await SignInJourney.run { journey in
            let browser = journey.browser()
            var statuses: [Int] = []
            for number in 0..<70 {
                statuses.append(try browser.comeBack(with: "code=a&state=\(number)").status)
            }
            #expect(statuses == Array(repeating: 400, count: 60) + Array(repeating: 429, count: 10))
            let answer = try browser.comeBack(with: "code=a&state=b")
            #expect(answer["retry-after"] == "1" && answer.text.contains("Too many attempts"))
            let exchange = try journey.test.send("POST", "/api/1/sso/exchange", body: #"{"code":"x"}"#)
            #expect(exchange.verdict == "429 rate_limited")
        }
    }

    @Test("is none where somebody only looks: HEAD and other methods are not answered")
    func methods() async throws {
        try await SignInJourney.run { journey in
            for path in ["auth?license=acme-test", "auth/callback?code=a&state=b", "consent/callback?state=x"] {
                for method in ["HEAD", "POST"] {
                    let answer = try journey.test.send(method, "/api/1/dynamics/\(path)")
                    #expect(answer.status == 405 && answer["allow"] == "GET")
                }
            }
            #expect(try journey.test.send("GET", "/api/1/sso/exchange").status == 405)
        }
    }
}

extension SigningMicrosoft {
    /// Another Primary Email Status from now on.
    func set(status: String) { change { $0.row?["emailrouteraccessapproval"] = status } }
}
