import BridgeCore
import BridgeTesting
import Simulators
import Testing

/// Plays a scene with a fault, and says what came of it.
struct FaultStage {
    let journey: LiveJourney
    let scene: FaultScene
    /// For all faults of the consent page: a consent that is not given leaves it good.
    private let consentURL: String?

    init(_ journey: LiveJourney, _ scene: FaultScene) throws {
        (self.journey, self.scene) = (journey, scene)
        consentURL = scene == .consent ? try journey.consentURL() : nil
    }

    /// What came of it, and what the service answered a browser.
    struct Ending {
        let outcome: String
        let answers: [RawResponse]
    }

    /// Runs the scene while `fault` happens again and again, and takes it back.
    ///
    /// - Parameter asPage: whether a sign-in is tried once more, by somebody who looks at a page.
    func play(_ fault: Fault, asPage: Bool) async throws -> Ending {
        // Refusals are counted, and roles kept for a minute.
        journey.clock.advance(seconds: 61)
        if scene == .lists { try journey.simulator.set("dataverse.404", times: nil, matching: FaultScene.function) }
        try journey.simulator.set(fault.name, times: nil, matching: scene.matching)
        // Further pages of a query are asked for by where they are, not by what they are of.
        if scene.place == .salesforceAPI { try journey.simulator.set(fault.name, times: nil, matching: "/query/") }
        defer { journey.simulator.clearFaults() }
        // Only then: the syncs of the service ask, too, and what they were given a moment before would do.
        try await prepare()
        return try act(asPage: asPage)
    }

    /// Whether somebody gets in while nothing fails.
    func letsIn() throws -> Bool { try browser().signIn(scene.person).isIn }

    /// Whether all is well again, with nothing left of what happened.
    func recovers() async throws -> Bool {
        journey.clock.advance(seconds: 301)
        return try letsIn() && tryOut().status == 200
    }

    private func browser() -> LiveBrowser {
        scene.place.vendor == .microsoft ? journey.browser() : journey.orgBrowser()
    }

    private func tryOut() throws -> RawResponse {
        scene.place.vendor == .microsoft ? try journey.tryOut() : try journey.tryOut(org: scene.draft)
    }

    private func prepare() async throws {
        switch scene {
        case .firstSignIn, .orgFirstSignIn: try await journey.test.restart()
        case .nextDay, .orgNextDay: journey.clock.advance(seconds: 86_401)
        // A session of the integration user's is used for ten minutes.
        case .canvasSession: journey.clock.advance(seconds: 601)
        default: break
        }
    }

    private func act(asPage: Bool) throws -> Ending {
        switch scene {
        case .firstSignIn, .nextDay, .authorize, .redeem, .row, .roles, .lists, .orgFirstSignIn, .orgNextDay,
            .orgAuthorize, .orgRedeem, .userInfo, .identity, .frozen, .assignments, .members, .setupAccess,
            .permissionNames, .ownToken:
            return try signIn(asPage: asPage)
        case .canvas, .canvasSession: return try canvas(asPage: asPage)
        case .consent, .proof: return try consent()
        case .token, .probe, .assertion, .clientCredentials, .login, .organization, .permissionSets, .emails:
            return try connectionTest()
        case .deviceCode, .organizations: throw MissingFixture(name: "scene of a service")
        }
    }

    private func signIn(asPage: Bool) throws -> Ending {
        let browser = browser()
        let first = try browser.signIn(scene.person)
        guard case .service(let answer) = first, answer.status != 302 else {
            return Ending(outcome: first.isIn ? "in" : "away", answers: [])
        }
        guard asPage else { return Ending(outcome: try answer.code, answers: [answer]) }
        browser.accept = "text/html"
        let page = try browser.signIn(scene.person).answer
        #expect(page["content-type"] == "text/html; charset=utf-8")
        return Ending(outcome: try answer.code, answers: [answer, page])
    }

    private func canvas(asPage: Bool) throws -> Ending {
        let answer = try journey.open(
            canvas: try journey.simulator.signedRequest(for: scene.person), accept: "application/json")
        guard answer.status != 200 else { return Ending(outcome: "in", answers: []) }
        guard asPage else { return Ending(outcome: try answer.code, answers: [answer]) }
        let page = try journey.open(canvas: try journey.simulator.signedRequest(for: scene.person))
        #expect(page["content-type"] == "text/html; charset=utf-8")
        return Ending(outcome: try answer.code, answers: [answer, page])
    }

    private func consent() throws -> Ending {
        let browser = journey.browser()
        // Good once: what does no harm to the proof ends it.
        let url = try consentURL ?? journey.consentURL()
        guard case .success(let target) = try browser.follow(url, as: "ann") else {
            return Ending(outcome: "away", answers: [])
        }
        let answer = try browser.get(target)
        return Ending(outcome: answer.status == 200 ? "in" : try answer.code, answers: [answer])
    }

    private func connectionTest() throws -> Ending {
        let answer = try tryOut()
        guard answer.status != 200 else { return Ending(outcome: "in", answers: []) }
        let stages = try answer.json["stages"]?.arrayValue ?? []
        #expect(answer.status == 422 && stages.dropLast().allSatisfy { $0["ok"] == .bool(true) }, "\(answer.text)")
        return Ending(outcome: try (stages.last?["code"]?.stringValue).unwrapped("code in \(answer.text)"), answers: [])
    }
}

extension LiveJourney {
    /// The URL with which an administrator of Entra consents.
    func consentURL() throws -> String {
        let asked = try test.call(
            "GET", "/api/1/dynamics/consent?license=\(TokenMaker.license)", token: administrator.token)
        return try #require(try asked.json["url"]?.stringValue, "\(asked.text)")
    }
}

extension LiveBrowser.Place {
    /// Whether the browser was sent on.
    var isIn: Bool { verdict == "302" }
}

extension RawResponse {
    /// The reason code of a problem document.
    var code: String {
        get throws { try (json["code"]?.stringValue).unwrapped("code in \(text)") }
    }
}
