import BridgeCore
import BridgeService
import BridgeTesting
import HTTPMessage
import Simulators
import Testing

@Suite("A canvas in Salesforce", .blocking)
struct CanvasTests {
    /// The URL of the frame in an answer.
    private static func frame(_ answer: RawResponse) -> String? {
        answer.text.split(separator: "src=\"").last?.split(separator: "\"").first.map {
            String($0).replacing("&amp;", with: "&")
        }
    }

    @Test("shows Cobrowse to the agent who looks at it, and to the org's pages alone")
    func agent() async throws {
        try await LiveJourney.runAtOrg { journey in
            let answer = try journey.open(canvas: try journey.simulator.signedRequest(for: "ben"))
            #expect(answer.status == 200, "\(answer.text)")
            let url = try #require(Self.frame(answer))
            #expect(url.hasPrefix("\(LiveJourney.cobrowse)/dashboard?code="))
            let policy = try #require(answer["content-security-policy"])
            let org = journey.simulator.sites[.salesforce("acme")]
            #expect(policy.contains("frame-src \(LiveJourney.cobrowse);"))
            #expect(policy.hasSuffix("frame-ancestors \(org)"))
            #expect(answer["referrer-policy"] == "no-referrer" && answer["cache-control"] == "no-store")
            let code = try #require(url.split(separator: "code=").last)
            let client = try RawClient(port: journey.test.service.port)
            client.send(ServiceUnderTest.request("POST", "/api/1/sso/exchange", body: #"{"code":"\#(code)"}"#))
            let token = try #require(try client.response(toHead: false).json["token"]?.stringValue)
            #expect(try journey.test.verify(token).json["account"]?["email"] == .string("ben@acme.example"))
            let decision = try journey.decision(of: answer)
            #expect(decision["source"] == .string("canvas"))
            #expect(
                SignInJourney.checks(decision).prefix(4) == [
                    "signedRequest passed", "connection passed", "user passed", "roles passed",
                ])
        }
    }

    @Test("hands the token itself over where the tenant wants that, at the page that it names")
    func token() async throws {
        try await LiveJourney.runAtOrg { journey in
            try journey.administrator.changeTenant(["handOff": #""token""#])
            let answer = try journey.open(
                canvas: try journey.simulator.signedRequest(for: "ann"), "&redirectTo=%2Fcode&connection=default")
            let url = try #require(Self.frame(answer))
            let start = "\(LiveJourney.cobrowse)/code?token="
            #expect(url.hasPrefix(start), "\(answer.text)")
            let verified = try journey.test.verify(String(url.dropFirst(start.count)))
            #expect(try verified.json["account"]?["role"] == .string("administrator"))
        }
    }

    /// What is odd about a signed request, and what becomes of it.
    static let defects: [(defect: CanvasDefect, outcome: String)] = [
        (.wrongSignature, "401 signature_invalid"), (.noSignature, "401 token_malformed"),
        (.otherSecret, "401 signature_invalid"), (.signedDecoded, "401 signature_invalid"),
        (.urlAlphabet, "401 token_malformed"), (.malformed, "401 token_malformed"), (.notJSON, "401 token_malformed"),
        (.otherAlgorithm, "401 algorithm_not_allowed"), (.noAlgorithm, "401 claim_missing"),
        (.lowerCaseAlgorithm, "200"), (.old, "401 token_expired"), (.future, "401 token_not_yet_valid"),
        (.inSeconds, "200"), (.noTime, "401 claim_missing"), (.nullTime, "401 claim_missing"),
        (.otherOrganization, "403 organization_mismatch"), (.otherApplication, "200"),
        (.noApplication, "401 claim_missing"), (.otherAuthorization, "401 claim_invalid"),
        (.otherUser, "401 claim_invalid"),
        (.noToken, "401 claim_missing"), (.deadToken, "400 code_invalid"),
        (.instanceElsewhere, "401 claim_invalid"), (.noUser, "401 claim_missing"),
    ]

    @Test("is believed only as Salesforce signs it", arguments: [true, false])
    func refused(asPage: Bool) async throws {
        #expect(Self.defects.map(\.defect.rawValue).sorted() == CanvasDefect.allCases.map(\.rawValue).sorted())
        try await LiveJourney.runAtOrg { journey in
            for (defect, outcome) in Self.defects {
                let text = try journey.simulator.signedRequest(for: "ben", defect: defect)
                let answer = try journey.open(canvas: text, accept: asPage ? "text/html" : "application/json")
                guard outcome != "200" else {
                    #expect(answer.status == 200, "\(defect): \(answer.text)")
                    continue
                }
                #expect(answer.status == Int(outcome.prefix(3)), "\(defect): \(answer.text)")
                #expect(answer.text.contains(String(outcome.dropFirst(4))), "\(defect): \(answer.text)")
                #expect(try journey.decision(of: answer)["source"] == .string("canvas"))
                // Nobody's second chance: it is answered alike again, or was used up by then.
                #expect(try journey.open(canvas: text).status != 200, "\(defect)")
            }
        }
    }

    @Test("is good for once, also after a restart and at another instance, and asks for a reload then")
    func replay() async throws {
        try await LiveJourney.runAtOrg { journey in
            let used = try journey.simulator.signedRequest(for: "ben")
            #expect(try journey.open(canvas: used).status == 200)
            let again = try journey.open(canvas: used)
            #expect(again.status == 400 && again.text.contains("state_invalid"), "\(again.text)")
            #expect(again.text.contains("<h1>This page has to be loaded again</h1>"))
            let german = try journey.open(canvas: used, language: "de")
            #expect(german.text.contains("<h1>Diese Seite muss neu geladen werden</h1>"))
            let other = try await journey.test.startAnother()
            #expect(try journey.open(canvas: used, port: other.port).status == 400)
            let elsewhere = try journey.simulator.signedRequest(for: "bea")
            #expect(try journey.open(canvas: elsewhere, port: other.port).status == 200)
            #expect(try journey.open(canvas: elsewhere).status == 400)
            await other.stop()
            try await journey.test.restart()
            #expect(try journey.open(canvas: used).status == 400)
            let old = try journey.simulator.signedRequest(for: "ben")
            journey.clock.advance(seconds: 300)
            #expect(try journey.open(canvas: old).text.contains("token_expired"))
        }
    }

    @Test("has in its decision who it was, from where the signature is proven on, and who can mend it")
    func decisions() async throws {
        try await LiveJourney.runAtOrg { journey in
            let ben = try journey.simulator.userID("ben").unwrapped("ben")
            let used = try journey.simulator.signedRequest(for: "ben")
            #expect(try journey.open(canvas: used).status == 200)
            let again = try journey.decision(of: journey.open(canvas: used))
            #expect(again["facts"]?["salesforce"]?["userId"] == .string(ben) && again["fixedBy"] == .string("person"))
            for (defect, fixer, isKnown) in [
                (.old, "person", true), (.future, "bridge operator", true), (.deadToken, "person", true),
                (.instanceElsewhere, "bridge operator", true), (.otherOrganization, "person", false),
                (.noToken, "Salesforce administrator", false), (.malformed, "Salesforce administrator", false),
                (.wrongSignature, "tenant administrator", false),
            ] as [(CanvasDefect, String, Bool)] {
                let text = try journey.simulator.signedRequest(for: "ben", defect: defect)
                let decision = try journey.decision(of: journey.open(canvas: text))
                #expect(decision["fixedBy"] == .string(fixer), "\(defect)")
                let user = decision["facts"]?["salesforce"]?["userId"]
                #expect(user == (isKnown ? .string(ben) : nil), "\(defect)")
            }
        }
    }

    @Test("is of the application that the connection names, where it names one")
    func connectedApplication() async throws {
        try await LiveJourney.runAtOrg(LiveOrgDraft(namesCanvas: true)) { journey in
            #expect(try journey.open(canvas: try journey.simulator.signedRequest(for: "ben")).status == 200)
            let other = try journey.open(
                canvas: try journey.simulator.signedRequest(for: "ben", defect: .otherApplication),
                accept: "application/json")
            #expect(other.verdict == "401 claim_invalid", "\(other.text)")
            let decision = try journey.decision(of: other)
            #expect(decision["detail"]?.stringValue?.contains("another canvas app than the connected one") == true)
            #expect(decision["fixedBy"] == .string("Salesforce administrator"))
        }
    }

    @Test("names the application, and warns where its canvas URL means another place")
    func application() async throws {
        try await LiveJourney.runAtOrg { journey in
            func check(_ canvasURL: String) throws -> JSONValue {
                try journey.simulator.changeOrg(
                    "acme", #"{"connectedApps":{"bridge":{"canvasURL":"\#(canvasURL)"}}}"#)
                let answer = try journey.open(canvas: try journey.simulator.signedRequest(for: "ben"))
                #expect(answer.status == 200, "\(answer.text)")
                return try (journey.decision(of: answer)["checks"]?.arrayValue?.first).unwrapped("check")
            }
            let place = "https://bridge.example/api/1/salesforce/canvas"
            let passed = try check("\(place)?license=\(TokenMaker.license)")
            #expect(passed["outcome"] == .string("passed"))
            let id = try (journey.simulator.consumer()?.applicationID).unwrapped("application")
            #expect(id.hasPrefix("06P") && passed["detail"]?.stringValue?.contains(id) == true)
            for (query, words) in [
                ("license=other", "another license"),
                ("license=\(TokenMaker.license)&connection=emea", "another connection"),
                ("license=\(TokenMaker.license)&redirectTo=%2Fcode", "another redirectTo"),
                ("a=b", "none of the bridge's"),
            ] {
                let check = try check("\(place)?\(query)")
                #expect(check["outcome"] == .string("warning"))
                #expect(check["detail"]?.stringValue?.contains(words) == true, "\(check)")
            }
        }
    }

    @Test("of another org, or for a connection that is not there, shows nothing")
    func strangers() async throws {
        try await LiveJourney.runAtOrg { journey in
            let globex = try journey.simulator.signedRequest(in: "globex", for: "gil")
            #expect(try journey.open(canvas: globex).status == 401)
            let ben = try journey.simulator.signedRequest(for: "ben")
            let missing = try journey.open(canvas: ben, "&connection=emea", accept: "application/json")
            #expect(missing.verdict.hasSuffix("connection_missing"))
            let target = try journey.open(
                canvas: ben, "&redirectTo=https%3A%2F%2Fevil.example%2F", accept: "application/json")
            #expect(target.verdict == "400 redirect_not_allowed")
            // What was refused before it was looked at is still good.
            #expect(try journey.open(canvas: ben).status == 200)
        }
    }

    @Test("asks about the person like every sign-in")
    func people() async throws {
        try await LiveJourney.runAtOrg { journey in
            for (person, code) in [
                ("emma", "email_unverified"), ("mia", "email_unverified"), ("nora", "role_missing"),
                ("paula", "not_a_person"),
            ] {
                let answer = try journey.open(canvas: try journey.simulator.signedRequest(for: person))
                #expect(answer.status == 403 && answer.text.contains(code), "\(person): \(answer.text)")
            }
        }
    }
}
