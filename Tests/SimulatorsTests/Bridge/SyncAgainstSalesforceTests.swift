import AuthService
import BridgeCore
import BridgeTesting
import Connectors
import Simulators
import Testing

@Suite("A sync at the stand-in of Salesforce")
struct SyncAgainstSalesforceTests {
    /// What happens to a user, and what the sync calls it.
    struct Loss: CustomTestStringConvertible, Sendable {
        let name: String
        let change: String
        let code: ReasonCode
        let back: String
        var testDescription: String { "\(name) \(change)" }
    }

    static let agent = #"{"assignments":["Cobrowse_io_Agent"]}"#
    static let losses = [
        Loss(name: "ben", change: #"{"active":false}"#, code: .userInactive, back: #"{"active":true}"#),
        Loss(name: "ben", change: #"{"frozen":true}"#, code: .userInactive, back: #"{"frozen":false}"#),
        Loss(name: "ben", change: #"{"assignments":[]}"#, code: .roleMissing, back: agent),
        Loss(name: "ben", change: #"{"assignments":["Service_User"]}"#, code: .roleMissing, back: agent),
        Loss(
            name: "ben", change: #"{"assignments":[{"set":"Cobrowse_io_Agent","active":false}]}"#, code: .roleMissing,
            back: agent),
        Loss(
            name: "ben", change: #"{"assignments":[{"set":"Cobrowse_io_Agent","expires":"2020-01-01T00:00:00Z"}]}"#,
            code: .roleMissing, back: agent),
        Loss(
            name: "ben", change: #"{"assignments":[{"set":"Cobrowse_io_Agent","revoked":true}]}"#, code: .roleMissing,
            back: agent),
        Loss(
            name: "ben", change: #"{"assignments":["session agent"]}"#, code: .roleMissing, back: agent),
        Loss(
            name: "ben", change: #"{"emailVerified":false}"#, code: .emailUnverified,
            back: #"{"emailVerified":true}"#),
        Loss(
            name: "ben", change: #"{"email":"ben@acme.example.invalid"}"#, code: .emailUnverified,
            back: #"{"email":"ben@acme.example"}"#),
        Loss(name: "ben", change: #"{"email":""}"#, code: .emailMissing, back: #"{"email":"ben@acme.example"}"#),
        Loss(
            name: "ben", change: #"{"userType":"PowerPartner"}"#, code: .notAPerson,
            back: #"{"userType":"Standard"}"#),
        Loss(
            name: "toni", change: #"{"assignments":[]}"#, code: .roleMissing,
            back: #"{"assignments":[{"group":"Support_Team"}]}"#),
    ]

    /// Ann is administrator, and she and some others are in.
    private func world(
        _ names: [String] = ["ben", "toni", "uli", "cody", "olaf"], rules: [Rule] = Rule.shipped
    ) async throws -> SalesforceSyncWorld {
        let world = try await SalesforceSyncWorld(rules: rules)
        try await world.signIn("ann", role: .administrator)
        for name in names { try await world.signIn(name) }
        let report = try await world.sync()
        #expect(report.items.isEmpty, "\(codes(report))")
        return world
    }

    private func codes(_ report: SyncReport) -> [String] {
        report.items.map { "\($0.email.value.prefix { $0 != "@" }) \($0.step.name) \($0.step.code?.rawValue ?? "")" }
    }

    private func isDone(_ report: SyncReport) -> Bool {
        if case .done = report.outcome { true } else { false }
    }

    @Test("reads assignments of orgs without user access policies, which do not know what was revoked")
    func withoutAccessPolicies() async throws {
        let world = try await world()
        try world.simulator.changeOrg("acme", #"{"userAccessPolicies":false}"#)
        for everybody in [true, false] {
            let report = try await world.sync(everybody: everybody)
            #expect(isDone(report) && report.items.isEmpty, "\(report.outcome)")
        }
        try world.simulator.changeUser("ben", #"{"assignments":[]}"#)
        #expect(codes(try await world.sync(everybody: true)) == ["ben suspend role_missing"])
    }

    @Test("does not count a group that a session has to activate first, and asks no more of its sets where it need not")
    func activation() async throws {
        let world = try await world()
        try world.simulator.changeOrg("acme", #"{"groups":{"Support_Team":{"sets":["session agent"]}}}"#)
        #expect(try await world.sync(everybody: true).items.isEmpty)
        try world.simulator.changeOrg("acme", #"{"groups":{"Support_Team":{"session":true}}}"#)
        #expect(codes(try await world.sync(everybody: true)) == ["toni suspend role_missing"])
    }

    @Test("takes from whom the org refuses, and gives back what the org gives back", arguments: losses)
    func loses(loss: Loss) async throws {
        let world = try await world()
        for everybody in [false, true] {
            try world.simulator.changeUser(loss.name, loss.change)
            let report = try await world.sync(everybody: everybody, goesOn: false)
            #expect(report.isFull == everybody)
            #expect(codes(report) == ["\(loss.name) suspend \(loss.code.rawValue)"], "\(report.outcome)")
            #expect(try await world.account(loss.name)?.status == .suspended)
            try world.simulator.changeUser(loss.name, loss.back)
            #expect(codes(try await world.sync(everybody: everybody)) == ["\(loss.name) restore "])
            #expect(try await world.account(loss.name)?.status == .active)
        }
        #expect(try await world.sync().items.isEmpty, "it is done once")
    }

    @Test("lowers who is no administrator any more, and keeps the last one")
    func roles() async throws {
        let world = try await world(["ben", "toni", "uli", "cody"])
        try world.simulator.changeUser("ann", Self.agent)
        let kept = try await world.sync()
        #expect(kept.kept.map(\.email.value) == ["ann@acme.example"] && kept.items.isEmpty)
        try await world.signIn("bea", role: .administrator)
        #expect(codes(try await world.sync()) == ["ann lower "])
    }

    @Test("stops where it would suspend more than a fifth")
    func share() async throws {
        let world = try await world()
        for name in ["ben", "toni"] { try world.simulator.changeUser(name, #"{"assignments":[]}"#) }
        let report = try await world.sync(goesOn: false)
        #expect(isStopped(report), "\(report.outcome)")
        #expect(report.counts.held == 2 && report.counts.accounts == 6)
        // Whoever is out for another reason does not wait with them.
        try world.simulator.changeUser("uli", #"{"active":false}"#)
        for everybody in [false, true] {
            let report = try await world.sync(everybody: everybody, goesOn: false)
            #expect(isStopped(report) && report.counts.held == 2, "\(report.outcome)")
            #expect(codes(report) == (everybody ? [] : ["uli suspend user_inactive"]))
            #expect(try await world.account("ben")?.status == .active)
        }
        #expect(try await world.sync().items.count == 2)
    }

    @Test("stops where it would lower more than a fifth of the administrators")
    func administrators() async throws {
        let world = try await world([])
        for name in ["bea", "adam"] { try await world.signIn(name, role: .administrator) }
        for name in ["bea", "adam"] { try world.simulator.changeUser(name, Self.agent) }
        let report = try await world.sync(goesOn: false)
        #expect(isStopped(report) && report.counts.held == 2 && report.items.isEmpty, "\(report.outcome)")
        #expect(try await world.account("bea")?.role == .administrator)
        #expect(Set(codes(try await world.sync())) == ["bea lower ", "adam lower "])
        #expect(try await world.account("bea")?.role == .agent)
    }

    private func isStopped(_ report: SyncReport) -> Bool {
        if case .stopped = report.outcome { true } else { false }
    }

    @Test(
        "changes nothing where something cannot be read, says why, and goes on with the next",
        arguments: [
            ("without-setup", ReasonCode.securityRoleMissing), ("without-mfa", .securityRoleMissing),
        ])
    func rights(user: String, code: ReasonCode) async throws {
        let world = try await SalesforceSyncWorld(integrationUser: user)
        try await world.signIn("ann", role: .administrator)
        for name in ["ben", "toni", "uli"] { try await world.signIn(name) }
        try world.simulator.changeUser("ben", #"{"active":false}"#)
        guard case .failed(let error) = try await world.sync().outcome else {
            Issue.record("not failed")
            return
        }
        #expect(error.code == code, "\(error.detail)")
        #expect(try await world.account("ben")?.status == .active)
    }

    @Test("leaves frozen people alone where it may not see who is", arguments: [false, true])
    func frozenUnknown(asNoRows: Bool) async throws {
        let world =
            if asNoRows { try await SalesforceSyncWorld() } else {
                try await SalesforceSyncWorld(integrationUser: "without-users")
            }
        if asNoRows { try world.simulator.set("salesforce-api.no-rows", times: nil, matching: "FROM%20UserLogin") }
        try await world.signIn("ann", role: .administrator)
        for name in ["ben", "toni", "uli"] { try await world.signIn(name) }
        try world.simulator.changeUser("ben", #"{"frozen":true}"#)
        for everybody in [false, true] {
            let report = try await world.sync(everybody: everybody)
            #expect(isDone(report) && report.items.isEmpty, "\(report.outcome) \(codes(report))")
            #expect(try await world.account("ben")?.status == .active)
        }
    }

    @Test(
        "takes nothing by half of the rows, nor by none of them",
        arguments: ["next-page-fails", "next-url-loops", "next-url-elsewhere", "next-url-endless", "no-rows"],
        ["User", "PermissionSetAssignment", "TwoFactorMethodsInfo", "PermissionSet"])
    func paging(fault: String, object: String) async throws {
        let world = try await world()
        try world.simulator.set("salesforce-api.\(fault)", times: nil, matching: "FROM%20\(object)")
        let report = try await world.sync(everybody: true, goesOn: false)
        #expect(report.items.isEmpty, "\(codes(report))")
        #expect(!isDone(report), "\(report.outcome)")
        world.simulator.clearFaults()
        #expect(isDone(try await world.sync(everybody: true)))
    }

    @Test("gets a new session where the old one was ended")
    func session() async throws {
        let world = try await world()
        let process = world.process()
        #expect(isDone(try await world.sync(process)))
        world.simulator.endSessions()
        #expect(isDone(try await world.sync(process)))
    }

    @Test("asks little of an org in which nothing happens")
    func requests() async throws {
        let world = try await world()
        let process = world.process()
        try await world.sync(process)
        world.simulator.clearRequests()
        #expect(isDone(try await world.sync(process)))
        let count = world.simulator.requests.count
        #expect(count <= 4, "\(count)")
    }

    @Test("keeps within a tenth of what the org allows in a day, as each answer says")
    func budget() {
        for (text, limit, window) in [
            ("api-usage=25/5000", 8, 1_383), ("api-usage=1/100000", 69, 600), ("api-usage=0/1000000", 694, 600),
            ("api-usage=18/15000; per-app-api-usage=17/250(appName=bridge)", 10, 600), ("api-usage=0/3", 8, 86_400),
            ("api-usage=1/9223372036854775807", 763_549_741, 600),
        ] as [(String, Int, Int64)] {
            #expect(SalesforceSyncVendor.budget(limitInfo: text) == SyncBudget.Size(limit: limit, window: window))
            if window < 86_400, let daily = Int(text.split(separator: "/")[1].prefix { $0.isNumber }) {
                #expect(limit * 86_400 / Int(window) <= daily / 10, "\(text)")
            }
        }
        for text in ["", "api-usage=", "api-usage=1/0", "api-usage=1/x", "per-app-api-usage=1/2"] {
            #expect(SalesforceSyncVendor.budget(limitInfo: text) == nil)
        }
    }

    @Test("proposes clones, counts them once they are accepted, and says what has drifted apart")
    func clones() async throws {
        let world = try await world(["ben", "toni", "uli", "cody", "olaf", "cleo"])
        let clone = try #require(world.simulator.permissionSetID("agent clone"))
        let first = try #require(try await world.store.syncState(of: world.id)?.clones)
        #expect(first.proposals.map { "\($0.id.value) \($0.role.rawValue)" } == ["\(clone) agent"])
        let kinds = Set(first.drift.map(\.kind))
        #expect(kinds == [.cloneLacks, .unknownName, .onlyOneSet], "\(first.drift)")
        // Carla has the clone alone: she is nobody's agent until it is accepted.
        try await world.signIn("carla")
        #expect(codes(try await world.sync()) == ["carla suspend role_missing"])
        try await world.put(Rule.shipped + first.proposals.map(\.rule))
        #expect(codes(try await world.sync(everybody: true)) == ["carla restore "])
        let then = try #require(try await world.store.syncState(of: world.id)?.clones)
        #expect(then.proposals.isEmpty)
        #expect(then.drift.contains { $0.kind == .onlyOneSet && $0.detail.contains("carla@acme.example") })
        // What was found with everybody is remembered by runs that read less.
        #expect(try await !world.sync().isFull)
        #expect(try await world.store.syncState(of: world.id)?.clones == then)
    }

    @Test("counts custom permissions and profiles that rules name")
    func otherRules() async throws {
        let world = try await world(
            ["ben", "toni", "pia"],
            rules: [
                Rule(.salesforceCustomPermission("Cobrowse_Admin"), role: .administrator),
                Rule(.salesforceCustomPermission("Cobrowse_Agent"), role: .agent),
                Rule(.salesforceProfile("Cobrowse Supervisors"), role: .agent),
            ])
        // What a muting set takes away from a group is nobody's.
        try await world.signIn("mute")
        #expect(codes(try await world.sync()) == ["mute suspend role_missing"])
        try world.simulator.changeUser("pia", #"{"profile":"Standard User"}"#)
        #expect(codes(try await world.sync()) == ["pia suspend role_missing"])
    }

    @Test("reads many users page by page")
    func pages() async throws {
        let world = try await SalesforceSyncWorld(StandIns(people: 4_600))
        try await world.signIn("ann", role: .administrator)
        // Of a hundred the first eighty have the agent's set.
        let names = (0..<20).map { "person00\(1_000 + $0 * 50)" }
        for name in names { try await world.signIn(name) }
        let report = try await world.sync()
        #expect(report.counts.people > 4_600)
        #expect(report.items.isEmpty, "\(codes(report))")
        try world.simulator.changeUser("person001000", #"{"active":false}"#)
        #expect(codes(try await world.sync()) == ["person001000 suspend user_inactive"])
    }
}
