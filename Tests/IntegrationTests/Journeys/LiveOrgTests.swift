import AuthService
import BridgeCore
import BridgeService
import BridgeTesting
import Simulators
import Testing

/// Connections to orgs and what becomes of them, between two servers with TLS.
@Suite("An org that is connected over the network", .blocking)
struct LiveOrgTests {
    /// What is given, and the stage that it fails at.
    struct Row: Sendable {
        let draft: LiveOrgDraft
        /// `token consent_required`, or nothing where all pass.
        var failure: String?
    }

    static let rows = [
        Row(draft: LiveOrgDraft()), Row(draft: LiveOrgDraft(hasKey: false)),
        Row(draft: LiveOrgDraft(app: "external")), Row(draft: LiveOrgDraft(app: "bridge-secret", hasKey: false)),
        Row(draft: LiveOrgDraft(login: .salesforceLogin)),
        Row(draft: LiveOrgDraft(org: "acme--uat", domain: "acme.example.uat", login: .salesforceTest)),
        Row(draft: LiveOrgDraft(integration: nil, hasKey: false)),
        Row(draft: LiveOrgDraft(integration: "without-users")),
        Row(draft: LiveOrgDraft(integration: "without-setup"), failure: "permissionSets security_role_missing"),
        Row(draft: LiveOrgDraft(integration: "without-mfa"), failure: "emails security_role_missing"),
        Row(draft: LiveOrgDraft(integration: "without-api"), failure: "organization security_role_missing"),
        Row(draft: LiveOrgDraft(integration: "unapproved-integration"), failure: "token consent_required"),
        Row(draft: LiveOrgDraft(integration: "nobody"), failure: "token consent_required"),
        Row(draft: LiveOrgDraft(integration: "ines"), failure: "token user_inactive"),
        Row(draft: LiveOrgDraft(integration: "ria"), failure: "token sign_in_blocked"),
        Row(draft: LiveOrgDraft(app: "blocked"), failure: "token consent_required"),
        Row(draft: LiveOrgDraft(app: "not-installed"), failure: "token consent_required"),
        Row(draft: LiveOrgDraft(app: "all-users"), failure: "token consent_required"),
        Row(draft: LiveOrgDraft(app: "just-created"), failure: "token credentials_rejected"),
        Row(draft: LiveOrgDraft(app: "bridge-secret"), failure: "token credentials_rejected"),
        Row(draft: LiveOrgDraft(app: "public", hasKey: false), failure: "token configuration_invalid"),
        Row(draft: LiveOrgDraft(hasKey: false, secret: "mistyped"), failure: "token credentials_rejected"),
        Row(draft: LiveOrgDraft(secret: "mistyped"), failure: "token credentials_rejected"),
        Row(
            draft: LiveOrgDraft(login: .salesforceLogin, hasKey: false), failure: "token configuration_invalid"),
        Row(draft: LiveOrgDraft(login: .salesforceTest), failure: "token credentials_rejected"),
        Row(draft: LiveOrgDraft(named: "globex"), failure: "organization organization_mismatch"),
        Row(draft: LiveOrgDraft(integration: "ben", hasKey: false), failure: "organization configuration_invalid"),
    ]

    private static let stages = ["input", "token", "organization", "permissionSets", "emails"]

    @Test("passes every stage, or says at which one whose fault it is")
    func stages() async throws {
        // What a test is not given it takes from the connection: one that has a key would go on by the key.
        for hasKey in [true, false] { try await stages(ofConnectionWithKey: hasKey) }
    }

    private func stages(ofConnectionWithKey hasKey: Bool) async throws {
        try await LiveJourney.runAtOrg(LiveOrgDraft(hasKey: hasKey)) { journey in
            for row in Self.rows where row.draft.hasKey == hasKey {
                let answer = try journey.tryOut(org: row.draft)
                let stages = try #require(try answer.json["stages"]?.arrayValue, "\(answer.text)")
                let names = stages.compactMap { $0["name"]?.stringValue }
                #expect(names == Array(Self.stages.prefix(names.count)), "\(answer.text)")
                let last = try #require(stages.last)
                guard let failure = row.failure else {
                    #expect(answer.status == 200, "\(row.draft): \(answer.text)")
                    #expect(names.count == (row.draft.integration == nil ? 2 : 5), "\(answer.text)")
                    continue
                }
                let outcome = "\(names.last ?? "") \(last["code"]?.stringValue ?? "")"
                #expect(answer.status == 422 && outcome == failure, "\(row.draft): \(answer.text)")
                #expect(last["fixedBy"] == .string("tenant administrator"), "\(answer.text)")
                #expect(last["hint"]?.stringValue?.isEmpty == false)
            }
            // The connection of before goes on.
            #expect(try journey.orgBrowser().signIn("ben").verdict == "302")
        }
    }

    @Test("that is a sandbox lets nobody in whose address a refresh has spoilt")
    func sandbox() async throws {
        let draft = LiveOrgDraft(org: "acme--uat", domain: "acme.example.uat", login: .salesforceTest)
        try await LiveJourney.runAtOrg(draft) { journey in
            #expect(try journey.orgBrowser().signIn("ben").verdict == "302")
            for person in ["ann", "ida"] {
                let refusal = try journey.orgBrowser().signIn(person).answer
                #expect(refusal.verdict == "403 email_unverified")
                #expect(refusal.text.contains("sandbox"), "\(refusal.text)")
            }
        }
    }

    @Test("that is another one than was meant lets nobody in")
    func otherOrg() async throws {
        // Without an integration user nobody has shown yet which org it is.
        let draft = LiveOrgDraft(org: "globex", named: "acme", integration: nil)
        try await LiveJourney.runAtOrg(draft) { journey in
            for person in ["gil", "mallory"] {
                let refusal = try journey.orgBrowser().signIn(person).answer
                #expect(refusal.verdict == "403 organization_mismatch", "\(refusal.text)")
            }
            let canvas = try journey.open(
                canvas: try journey.simulator.signedRequest(in: "globex", for: "gil"), accept: "application/json")
            #expect(canvas.verdict == "403 organization_mismatch", "\(canvas.text)")
            #expect(try journey.administrator.get("/accounts").json["items"] == .array([]))
        }
    }

    @Test("goes on after a restart, and at a second instance, which exchanges the code of the first")
    func instances() async throws {
        try await LiveJourney.runAtOrg { journey in
            let browser = journey.orgBrowser()
            let target = try browser.authorize(browser.begin(), as: "ben").get()
            try await journey.test.restart()
            let again = journey.orgBrowser()
            again.cookie = browser.cookie
            let landing = try again.get(target)
            #expect(landing.status == 302, "\(landing.text)")
            let other = try await journey.test.startAnother()
            #expect(try journey.exchange(landing, port: other.port).status == 200)
            #expect(try journey.exchange(landing).verdict == "400 code_invalid")
            await other.stop()
        }
    }

    @Test("lets people of a clone in once an administrator says what it is worth, whatever it is called then")
    func clones() async throws {
        try await LiveJourney.runAtOrg { journey in
            #expect(try journey.orgBrowser().signIn("carla").verdict == "403 role_missing")
            let clone = try journey.simulator.permissionSetID("agent clone").unwrapped("clone")
            // 15 characters, as Setup's addresses have them.
            let rules = """
                [{"source":"salesforce","match":{"permissionSet":"\(clone.prefix(15))"},"role":"agent"}]
                """
            try journey.administrator.changeTenant(["rules": rules])
            #expect(try journey.orgBrowser().signIn("carla").verdict == "302")
            try journey.simulator.changeOrg(
                "acme", #"{"permissionSets":{"agent clone":{"apiName":"Renamed","label":"Renamed"}}}"#)
            journey.clock.advance(seconds: 61)
            #expect(try journey.orgBrowser().signIn("carla").verdict == "302")
            #expect(try journey.orgBrowser().signIn("ben").verdict == "403 role_missing")
        }
    }

    @Test("ends what it gave together with the assignment")
    func expiry() async throws {
        try await LiveJourney.runAtOrg { journey in
            let end = journey.clock.now.adding(seconds: 100)
            try journey.simulator.changeUser(
                "ben", #"{"assignments":[{"set":"Cobrowse_io_Agent","expires":"\#(end)"}]}"#)
            let landing = try journey.orgBrowser().signIn("ben").answer
            let token = try #require(try journey.exchange(landing).json["token"]?.stringValue)
            let verified = try journey.test.verify(token)
            #expect(try verified.json["token"]?["expiresAt"] == .string("\(end)"), "\(verified.text)")
            journey.clock.advance(seconds: 100)
            #expect(try journey.test.verify(token).verdict == "401 token_expired")
            #expect(try journey.orgBrowser().signIn("ben").verdict == "403 role_missing")
        }
    }

    @Test("has one account for an address, whoever comes with it")
    func twins() async throws {
        try await LiveJourney.runAtOrg { journey in
            for (person, verdict) in [
                ("tim", "302"), ("tina", "403 account_link_conflict"), ("ann", "302"),
                ("mallory", "403 email_unverified"), ("gus", "403 not_a_person"),
            ] {
                let place = try journey.orgBrowser().signIn(person)
                #expect(place.verdict == verdict, "\(person)")
            }
        }
    }
}
