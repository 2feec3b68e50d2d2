import AuthService
import BridgeCore
import BridgeTesting
import Connectors
import Simulators
import Testing

/// What an org does not show, and what was shown a while ago.
@Suite("A sync of an org that shows only some of it")
struct SalesforceSyncDoubtTests {
    private static let byPermission = [
        Rule(.salesforceCustomPermission("Cobrowse_Admin"), role: .administrator),
        Rule(.salesforcePermissionSet("Cobrowse.io Agent"), role: .agent),
    ]

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
        let hiding =
            everybody
            ? HidingSender.Rows(object: "UserLogin", column: "UserId") { $0 != own } : .of(ben, in: "UserLogin")
        #expect(names(try await world.sync(everybody: everybody, world.process(hiding: [hiding]))).isEmpty)
        #expect(names(try await world.sync(everybody: everybody)) == ["ben restore"])
    }

    @Test("lowers no administrator by the profile while it is not known which sets they have")
    func profile() async throws {
        let rules = [
            Rule(.salesforceProfile("Support Custom"), role: .agent),
            Rule(.salesforcePermissionSet("Cobrowse.io Admin"), role: .administrator),
        ]
        let world = try await world([], administrators: ["ann", "adam"], rules: rules)
        try world.simulator.changeOrg("acme", #"{"apiLimit":100000}"#)
        let process = world.process()
        try await world.sync(everybody: true, process)
        // A minute after all were read it is not time to look at roles again.
        world.simulator.clearRequests()
        try world.simulator.changeUser("adam", #"{"displayName":"Adam"}"#)
        let report = try await world.sync(process)
        #expect(!world.simulator.requests.contains { "\($0)".contains("PermissionSetAssignment") })
        #expect(isDone(report) && names(report).isEmpty && report.counts.people > 0)
        // Once it is known, it counts.
        try world.simulator.changeUser("adam", #"{"assignments":[]}"#)
        #expect(names(try await world.sync(everybody: true)) == ["adam lower"])
    }

    @Test("lowers no administrator by a set while custom permissions cannot be read", arguments: hidings)
    func access(fault: String) async throws {
        let world = try await world(
            ["ben", "toni", "uli", "cody"], administrators: ["ann", "bea"], rules: Self.byPermission)
        try world.simulator.set("salesforce-api.\(fault)", times: nil, matching: "FROM%20SetupEntityAccess")
        try world.simulator.changeUser("ben", #"{"active":false}"#)
        for everybody in [false, true] {
            try world.simulator.changeUser("bea", #"{"displayName":"Bea \#(everybody)"}"#)
            let report = try await world.sync(everybody: everybody)
            #expect(isDone(report) && names(report) == (everybody ? [] : ["ben suspend"]), "\(report.outcome)")
            #expect(try await world.account("bea")?.role == .administrator)
        }
        world.simulator.clearFaults()
        try world.simulator.changeUser("bea", #"{"assignments":["Cobrowse_io_Agent"]}"#)
        #expect(names(try await world.sync(everybody: true)) == ["bea lower"])
    }

    @Test("lowers and suspends nobody whose custom permission is not shown by its name")
    func nameless() async throws {
        let world = try await world(
            ["ben", "toni", "uli", "cody"], administrators: ["ann", "bea"], rules: Self.byPermission)
        let hiding = HidingSender.Rows(object: "CustomPermission", column: "DeveloperName") { $0 == "Cobrowse_Admin" }
        for everybody in [true, false] {
            try world.simulator.changeUser("bea", #"{"displayName":"Bea \#(everybody)"}"#)
            let report = try await world.sync(everybody: everybody, world.process(hiding: [hiding]))
            #expect(isDone(report) && names(report).isEmpty, "\(report.outcome)")
            for name in ["ann", "bea"] { #expect(try await world.account(name)?.role == .administrator) }
        }
        try world.simulator.changeUser("bea", #"{"assignments":["Cobrowse_io_Agent"]}"#)
        #expect(names(try await world.sync(everybody: true)) == ["bea lower"])
    }

    @Test("goes on with everybody else where nobody's role is known of those who wait to be let in")
    func waiting() async throws {
        let names = ["ben", "toni", "uli"]
        let world = try await world(
            names + ["cody"], administrators: ["ann"],
            rules: [
                Rule(.salesforceCustomPermission("Cobrowse_Admin"), role: .administrator),
                Rule(.salesforceCustomPermission("Cobrowse_Agent"), role: .agent),
            ])
        for name in names { try world.simulator.changeUser(name, #"{"active":false}"#) }
        #expect(try await world.sync().items.count == 3)
        try world.simulator.set("salesforce-api.INVALID_TYPE", times: nil, matching: "FROM%20SetupEntityAccess")
        for name in names { try world.simulator.changeUser(name, #"{"active":true}"#) }
        try world.simulator.changeUser("cody", #"{"active":false}"#)
        let report = try await world.sync()
        #expect(isDone(report) && self.names(report) == ["cody suspend"], "\(report.outcome)")
        #expect(report.counts.postponed == 3)
        world.simulator.clearFaults()
        #expect(try await world.sync(everybody: true).items.count == 3)
    }

    @Test("takes nothing from somebody whose row is not shown, and says how many they are")
    func user() async throws {
        let world = try await world(["ben", "toni", "uli", "cody", "olaf"])
        let ben = try #require(world.simulator.userID("ben"))
        let process = world.process(hiding: [.of(ben, in: "User")])
        for everybody in [true, false] {
            let report = try await world.sync(everybody: everybody, process)
            #expect(isDone(report) && names(report).isEmpty && report.isFull == everybody, "\(report.outcome)")
            #expect(report.counts.notShown == 1)
        }
        // What is known of somebody takes all the same: that the set is gone.
        try world.simulator.changeUser("ben", #"{"assignments":["Service_User"]}"#)
        #expect(names(try await world.sync(process)).isEmpty, "what else is in the row may not be read")
        #expect(names(try await world.sync()) == ["ben suspend"])
        try world.simulator.changeUser("ben", #"{"assignments":["Cobrowse_io_Agent"]}"#)
        #expect(names(try await world.sync(everybody: true, process)).isEmpty)
        #expect(try await world.account("ben")?.status == .suspended)
    }

    @Test("takes nothing for an address of which nothing says whether it is verified, and everything else counts")
    func address() async throws {
        let world = try await world(["ben", "toni", "uli", "cody", "olaf"])
        try world.simulator.changeUser("ben", #"{"emailVerified":"missing"}"#)
        for everybody in [false, true] {
            let report = try await world.sync(everybody: everybody)
            #expect(isDone(report) && names(report).isEmpty, "\(report.outcome)")
            #expect(report.counts.notShown == (everybody ? 1 : 0))
        }
        for (change, back) in [
            (#"{"active":false}"#, #"{"active":true}"#), (#"{"frozen":true}"#, #"{"frozen":false}"#),
            (#"{"assignments":[]}"#, #"{"assignments":["Cobrowse_io_Agent"]}"#),
            (#"{"email":"ben@acme.example.invalid"}"#, #"{"email":"ben@acme.example"}"#),
        ] {
            try world.simulator.changeUser("ben", change)
            #expect(names(try await world.sync()) == ["ben suspend"], "\(change)")
            try world.simulator.changeUser("ben", back)
            let waiting = try await world.sync()
            #expect(names(waiting).isEmpty && waiting.counts.postponed == 1, "\(back)")
            try world.simulator.changeUser("ben", #"{"emailVerified":true}"#)
            #expect(names(try await world.sync()) == ["ben restore"], "\(back)")
            try world.simulator.changeUser("ben", #"{"emailVerified":"missing"}"#)
            #expect(names(try await world.sync()).isEmpty)
        }
    }

    @Test("reads everybody after the connection was changed, however often that fails first")
    func changedConnection() async throws {
        let world = try await world(["ben", "toni", "uli", "cody", "olaf"])
        let tenant = try #require(try await world.store.tenant(world.license))
        let proposals = try await world.store.clones(of: tenant).proposals.map(\.clone.id)
        #expect(proposals.count == 1)
        try await world.changeConnection()
        #expect(try await world.store.clones(of: tenant).proposals.isEmpty)
        try world.simulator.set("salesforce-api.INVALID_TYPE", times: nil, matching: "Username")
        for _ in 0..<2 {
            let report = try await world.sync()
            #expect(!isDone(report) && report.isFull)
            #expect(try await world.store.clones(of: tenant).proposals.isEmpty)
            #expect(try await world.store.syncState(of: world.id)?.success == nil)
        }
        world.simulator.clearFaults()
        #expect(try await world.sync().isFull)
        #expect(try await world.store.clones(of: tenant).proposals.map(\.clone.id) == proposals)
    }

    private static let newClone = #"""
        {"permissionSets":{"new clone":{"apiName":"Screen_Share_2","label":"Cobrowse.io Agent",
        "access":["agent","SessionController","Screenshare"]}}}
        """#

    @Test("takes nothing from somebody who was moved to a set that was made since the sets were read")
    func newSet() async throws {
        let world = try await world(["ben", "toni", "uli", "cody", "olaf"])
        let process = world.process()
        try await world.sync(process)
        try world.simulator.changeOrg("acme", Self.newClone)
        try world.simulator.changeUser("ben", #"{"assignments":["new clone"]}"#)
        for count in [1, 0] {
            let report = try await world.sync(process)
            #expect(isDone(report) && names(report).isEmpty && report.counts.postponed == count, "\(report.outcome)")
        }
        try world.simulator.changeUser("ben", #"{"assignments":["Service_User"]}"#)
        #expect(names(try await world.sync(process)) == ["ben suspend"])
    }

    @Test("gives nothing back by sets of a while ago")
    func oldSet() async throws {
        let world = try await world(["ben", "toni", "uli", "cody", "olaf"])
        let before = world.process()
        try await world.sync(before)
        try world.simulator.changeOrg("acme", #"{"groups":{"Support_Team":{"sets":["Service_User"]}}}"#)
        #expect(names(try await world.sync(world.process())) == ["toni suspend"])
        #expect(names(try await world.sync(before)).isEmpty)
        #expect(try await world.account("toni")?.status == .suspended)
    }

    @Test("takes nothing where assignments of others are not shown")
    func othersAssignments() async throws {
        let world = try await world(["ben", "toni", "uli", "cody", "olaf"])
        let own = try #require(world.simulator.userID("integration"))
        let others = HidingSender.Rows(object: "PermissionSetAssignment", column: "AssigneeId") { $0 != own }
        for everybody in [false, true] {
            let report = try await world.sync(everybody: everybody, world.process(hiding: [others]))
            #expect(!isDone(report) && names(report).isEmpty)
        }
        // Where it is one person's alone that are not.
        let ben = try #require(world.simulator.userID("ben"))
        let bens = HidingSender.Rows(object: "PermissionSetAssignment", column: "AssigneeId") { $0 == ben }
        let report = try await world.sync(world.process(hiding: [bens]))
        #expect(isDone(report) && names(report).isEmpty && report.counts.postponed == 1)
    }
}
