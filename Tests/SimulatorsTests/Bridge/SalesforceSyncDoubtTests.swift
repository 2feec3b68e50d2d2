import AuthService
import BridgeCore
import BridgeTesting
import Connectors
import Simulators
import Testing

/// What an org does not show, and what was shown a while ago.
@Suite("A sync of an org that shows only some of it")
struct SalesforceSyncDoubtTests {
    private func world(
        _ agents: [String], administrators: [String] = ["ann"], rules: [Rule] = Rule.shipped
    ) async throws -> SalesforceSyncWorld {
        let world = try await SalesforceSyncWorld(rules: rules)
        for name in administrators { try await world.signIn(name, role: .administrator) }
        for name in agents { try await world.signIn(name) }
        #expect(names(try await world.sync()).isEmpty)
        return world
    }

    private func names(_ report: SyncReport) -> [String] {
        report.items.map { "\($0.email.value.prefix { $0 != "@" }) \($0.step.name)" }
    }

    private func isDone(_ report: SyncReport) -> Bool {
        if case .done = report.outcome { true } else { false }
    }

    /// Answers of an org that does not show an object.
    private static let hidings = ["INVALID_TYPE", "INSUFFICIENT_ACCESS", "no-rows"]

    @Test("lets nobody in again who was frozen, where it may not see any more who is", arguments: hidings)
    func frozen(fault: String) async throws {
        let world = try await world(["ben", "toni", "uli", "cody", "olaf"])
        try world.simulator.changeUser("ben", #"{"frozen":true}"#)
        #expect(names(try await world.sync()) == ["ben suspend"])
        try world.simulator.set("salesforce-api.\(fault)", times: nil, matching: "FROM%20UserLogin")
        for everybody in [true, false] {
            try world.simulator.changeUser("ben", #"{"displayName":"Ben \#(everybody)"}"#)
            let report = try await world.sync(everybody: everybody)
            #expect(isDone(report) && names(report).isEmpty, "\(report.outcome)")
            #expect(report.counts.postponed == 1)
            #expect(try await world.account("ben")?.status == .suspended)
        }
        world.simulator.clearFaults()
        #expect(names(try await world.sync(everybody: true)).isEmpty)
        try world.simulator.changeUser("ben", #"{"frozen":false}"#)
        #expect(names(try await world.sync()) == ["ben restore"])
    }

    @Test("lets nobody in again who was frozen, where that one row is not shown", arguments: [false, true])
    func frozenRow(everybody: Bool) async throws {
        let world = try await world(["ben", "toni", "uli", "cody", "olaf"])
        try world.simulator.changeUser("ben", #"{"active":false}"#)
        #expect(names(try await world.sync()) == ["ben suspend"])
        try world.simulator.changeUser("ben", #"{"active":true}"#)
        let ben = try #require(world.simulator.userID("ben"))
        let own = try #require(world.simulator.userID("integration"))
        let hiding = everybody
            ? HidingSender.Rows(object: "UserLogin", column: "UserId") { $0 != own } : .of(ben, in: "UserLogin")
        #expect(names(try await world.sync(everybody: everybody, world.process(hiding: [hiding]))).isEmpty)
        #expect(names(try await world.sync(everybody: everybody)) == ["ben restore"])
    }
}
