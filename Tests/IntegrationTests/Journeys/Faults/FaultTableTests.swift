import BridgeCore
import BridgeTesting
import Simulators
import Testing

/// Every fault of the stand-ins at every place where it matters, over sockets and TLS, with what it has to lead to.
@Suite("A fault at Microsoft or Salesforce", .blocking)
struct FaultTableTests {
    /// Faults of one scene that are played one after the other; those that are waited for have a service of their own.
    struct Row: Sendable, CustomTestStringConvertible {
        let scene: FaultScene
        let faults: [Fault]

        var testDescription: String {
            faults.count > 2 ? scene.rawValue : "\(scene.rawValue): \(faults.map(\.name).joined(separator: ", "))"
        }
    }

    static let rows = FaultScene.allCases.flatMap { scene in
        let late = Dictionary(grouping: scene.faults.filter { scene.waits(for: $0) }, by: \.place)
        return [Row(scene: scene, faults: scene.faults.filter { !scene.waits(for: $0) })]
            + late.values.map { Row(scene: scene, faults: $0) }
    }

    /// What a request may take: less than `slow` and `hang` do, and longer than a machine that is busy needs.
    static let limit = Duration.seconds(3)

    @Test("is told apart by its code, in our own words, with a decision, and leaves nothing behind", arguments: rows)
    func table(row: Row) async throws {
        guard ![.deviceCode, .organizations].contains(row.scene) else { return try await asking(row) }
        try await row.scene.run(limit: Self.limit) { journey in
            let stage = try FaultStage(journey, row.scene)
            #expect(try stage.letsIn())
            var shown: Set<String> = []
            for fault in row.faults {
                let expected = try FaultExpectation.outcome(of: fault, in: row.scene)
                // What a page says depends on the outcome alone, so one of each is looked at.
                let asPage = !row.scene.waits(for: fault) && shown.insert(expected).inserted
                let ending = try await stage.play(fault, asPage: asPage)
                #expect(ending.outcome == expected, "\(fault.name)")
                for answer in ending.answers { try Self.check(answer, of: fault, in: row.scene, journey) }
            }
            #expect(try await stage.recovers())
        }
    }

    private func asking(_ row: Row) async throws {
        try await VendorCalls.run(limit: Self.limit) { calls in
            for fault in row.faults {
                let expected = try FaultExpectation.outcome(of: fault, in: row.scene)
                #expect(try await calls.outcome(of: fault, in: row.scene) == expected, "\(fault.name)")
            }
        }
    }

    @Test("is in the table")
    func complete() {
        let played = Self.rows.flatMap(\.faults).map(\.name)
        #expect(Set(played) == Set(Fault.all.map(\.name)))
        #expect(played.count > 1100)
    }

    /// A refusal has the decision that says more, and nothing that Microsoft or Salesforce wrote.
    private static func check(
        _ answer: RawResponse, of fault: Fault, in scene: FaultScene, _ journey: LiveJourney
    ) throws {
        let text = answer.text
        for word in foreignWords(of: fault) where text.contains(word) {
            Issue.record("\(fault.name) brings \(word) into \(text)")
        }
        if answer["content-type"]?.hasPrefix("text/html") == true {
            #expect(!text.contains("AADSTS") && !text.contains("0x8"), "\(fault.name): \(text)")
        }
        // A state that leads to no sign-in leads to no tenant whose decision it could be; nor does a consent.
        guard ![.consent, .proof].contains(scene),
            !text.contains("state_invalid") || scene != .authorize && scene != .orgAuthorize
        else { return }
        let decision = try journey.decision(of: answer)
        #expect(text.contains(decision["code"]?.stringValue ?? "nothing"), "\(fault.name)")
    }

    /// The first words of whatever the stand-in wrote.
    private static func foreignWords(of fault: Fault) -> [String] {
        let isQuoted = fault.number != nil || fault.place.vendor == .salesforce && fault.summary.contains(": ")
        let own = isQuoted ? fault.summary.split(separator: ": ", maxSplits: 1).suffix(1) : []
        return own.map { String($0.prefix(30)) } + [
            "Trace ID", "Correlation ID", "Service Unavailable", "Bad Gateway", "Server Error", "Welcome",
            "Too Many Requests", "is not a member of the organization", "is missing prv", "Access Denied",
            "is either disabled or is not", "exceeded", "Does Not Exist", "Could not find a property",
            "No HTTP resource", "Not implemented", "OAuth_Token", "Wrong_Org", "Bad_Id", "No_Access",
        ]
    }
}
