import AuthService
import BridgeCore
import BridgeTesting
import Connectors
import Simulators
import Synchronization
import Testing

@Suite("A sync at the stand-in")
struct SyncAgainstDataverseTests {
    /// What happens to a person, and what the sync calls it.
    struct Loss: CustomTestStringConvertible, Sendable {
        let name: String
        let row: String
        let code: ReasonCode
        var testDescription: String { "\(name) \(row)" }
    }

    static let losses = [
        Loss(name: "ben", row: #"{"disabled":true}"#, code: .userInactive),
        Loss(name: "ben", row: #"{"roles":["Basic User"]}"#, code: .roleMissing),
        Loss(name: "ben", row: #"{"emailStatus":2}"#, code: .emailUnverified),
        Loss(name: "ben", row: #"{"emailStatus":3}"#, code: .emailUnverified),
        Loss(name: "ben", row: #"{"email":""}"#, code: .emailMissing),
        Loss(name: "ben", row: #"{"accessMode":4}"#, code: .notAPerson),
        Loss(name: "toni", row: #"{"teams":[]}"#, code: .roleMissing),
        Loss(name: "uma", row: #"{"roles":[]}"#, code: .roleMissing),
    ]

    /// Ann is administrator, and she and some others are in.
    private func world(_ names: [String] = ["ben", "toni", "uma", "frida", "bea", "ann"]) async throws -> SyncWorld {
        let world = try await SyncWorld()
        for name in names {
            let account = try await world.signIn(name)
            #expect(throws: Never.self, "\(name)") { try account.get() }
        }
        try await world.sync()
        return world
    }

    private func codes(_ report: SyncReport) -> [String] {
        report.items.map { "\($0.email.value.prefix { $0 != "@" }) \($0.step.name) \($0.step.code?.rawValue ?? "")" }
    }

    @Test("takes account and tokens from whom the environment refuses, and nobody else's", arguments: losses)
    func loses(loss: Loss) async throws {
        let world = try await world()
        let email = "\(loss.name)@contoso.example"
        let token = try world.token(email)
        #expect(try await world.works(token))
        try world.change(loss.name, loss.row)
        let report = try await world.sync()
        #expect(codes(report) == ["\(loss.name) suspend \(loss.code.rawValue)"])
        #expect(try await world.account(email)?.status == .suspended)
        #expect(try await !world.works(token))
        #expect(try await !world.works(try world.token(email)), "signed by the tenant after that")
        #expect(report.delays.allSatisfy { $0 <= 61_000 } && report.delays.count == 1)
        let decisions = try await world.store.decisions(of: world.license, email: email, before: nil, limit: 9)
        let document = try #require(decisions.first { $0.document.contains(#""source":"sync""#) }?.document)
        #expect(document.contains(#""code":"\#(loss.code.rawValue)""#))
        #expect(document.contains(#""facts":"#))
        #expect(try await world.sync().items.isEmpty, "it is done once")
    }

    @Test("gives back what it took as soon as the environment does, by a sync or by a login", arguments: losses)
    func comesBack(loss: Loss) async throws {
        let world = try await world()
        let before = try await world.standInsRow(loss.name)
        let email = "\(loss.name)@contoso.example"
        for bySync in [true, false] {
            try world.change(loss.name, loss.row)
            try await world.sync()
            #expect(try await world.account(email)?.status == .suspended)
            try world.change(loss.name, before)
            world.clock.advance(seconds: 2)
            if bySync { try await world.sync() } else { _ = try await world.signIn(loss.name).get() }
            #expect(try await world.account(email)?.status == .active)
            #expect(try await world.works(try world.token(email)))
        }
    }

    @Test("never touches an account that somebody has disabled by name")
    func disabledByName() async throws {
        let world = try await world()
        let ben = try #require(try await world.account("ben@contoso.example"))
        _ = try await world.store.change(
            ben.id, of: world.license, AccountPatch(status: .disabled), allowsLastAdministrator: false,
            audit: AuditStamp(.bridge, at: world.clock.now))
        for row in [#"{"disabled":true}"#, #"{"disabled":false}"#] {
            try world.change("ben", row)
            #expect(try await world.sync().items.isEmpty)
            #expect(try await world.status("ben") == .disabled)
        }
        await #expect(throws: LoginRefusal.self) { try await world.signIn("ben").get() }
    }

    @Test("asks Entra's groups who their members are: a fresh one stays, one who has left goes")
    func entraGroups() async throws {
        let world = try await world(["ben", "toni", "uma", "frida", "bea", "ann"])
        #expect(try await world.status("frida") == .active)
        // Lars was in while he was in the group, too.
        try world.standIns.simulator.changePerson("lars", #"{"groups":["cobrowse-agents"]}"#)
        _ = try await world.signIn("lars").get()
        #expect(try await world.sync().items.isEmpty)
        try world.standIns.simulator.changePerson("lars", #"{"groups":[]}"#)
        #expect(codes(try await world.sync()) == ["lars suspend role_missing"])
        #expect(try await world.status("frida") == .active)
    }

    @Test("lowers who is no administrator any more, and leaves a higher role to the next login")
    func roles() async throws {
        let world = try await world()
        let token = try world.token("bea@contoso.example", role: .administrator)
        try world.change("bea", #"{"roles":["Basic User","Cobrowse.io - Agent"]}"#)
        try world.change("ben", #"{"roles":["Basic User","Cobrowse.io - Administrator"]}"#)
        #expect(codes(try await world.sync()) == ["bea lower "])
        #expect(try await world.account("bea@contoso.example")?.role == .agent)
        #expect(try await world.account("ben@contoso.example")?.role == .agent)
        #expect(try await !world.works(token))
        #expect(try await world.signIn("ben").get().role == .administrator)
        #expect(try await world.sync().items.isEmpty)
    }

    @Test("keeps the last administrator, and says so")
    func lastAdministrator() async throws {
        let world = try await world(["ann", "ben", "toni", "uma", "frida"])
        for row in [#"{"disabled":true}"#, #"{"disabled":false,"roles":["Basic User","Cobrowse.io - Agent"]}"#] {
            try world.change("ann", row)
            let report = try await world.sync()
            #expect(report.items.isEmpty && report.kept.map(\.email.value) == ["ann@contoso.example"])
            let ann = try await world.account("ann@contoso.example")
            #expect(ann?.status == .active && ann?.role == .administrator)
        }
    }

    @Test("stops where it would suspend more than a fifth, until somebody says that it is meant")
    func share() async throws {
        let world = try await world()
        for name in ["ben", "uma"] { try world.change(name, #"{"disabled":true}"#) }
        for everybody in [false, true] {
            let report = try await world.sync(everybody: everybody)
            guard case .stopped = report.outcome else {
                Issue.record("\(report.outcome)")
                return
            }
            #expect(report.counts.held == 2 && report.held.count == 2 && report.counts.accounts == 6)
            #expect(report.counts.suspended == 0 && report.items.isEmpty)
            #expect(try await world.status("ben") == .active)
            #expect(try await world.store.syncState(of: world.id)?.outcome == .stopped)
        }
        let seen = try await world.sync(goesOn: true, isDryRun: true)
        #expect(seen.counts.suspended == 2)
        #expect(try await world.status("ben") == .active)
        let report = try await world.sync(goesOn: true)
        #expect(report.counts.suspended == 2)
        #expect(try await world.status("ben") == .suspended)
        guard case .done = try await world.sync().outcome else {
            Issue.record("it has stopped again")
            return
        }
    }

    @Test(
        "changes nothing where something cannot be read, says why, and goes on with the next",
        arguments: [
            ("dataverse.0x80072322", "/systemusers", ReasonCode.upstreamThrottled),
            ("dataverse.next-page-fails", "/systemusers", .upstreamUnavailable),
            ("dataverse.next-link-elsewhere", "/systemusers", .upstreamUnavailable),
            ("dataverse.next-link-loops", "/systemusers", .upstreamUnavailable),
            ("dataverse.next-link-endless", "/systemusers", .upstreamUnavailable),
            ("dataverse.0x80040220", "/roles", .securityRoleMissing),
            ("dataverse.server-error", "systemuserroles_association", .upstreamUnavailable),
            ("dataverse.truncated", "teammembership_association", .upstreamUnavailable),
            ("dataverse.html", "teamroles_association", .environmentNotFound),
            ("token.AADSTS7000222", "", .credentialsExpired),
        ])
    func faults(name: String, place: String, code: ReasonCode) async throws {
        let world = try await world()
        try world.change("ben", #"{"disabled":true}"#)
        try world.standIns.simulator.set(name, times: nil, matching: place.isEmpty ? nil : place)
        let report = try await world.sync(everybody: true)
        guard case .failed(let error) = report.outcome else {
            Issue.record("\(report.outcome)")
            return
        }
        #expect(error.code == code, "\(error.detail)")
        #expect(try await world.status("ben") == .active)
        let state = try await world.store.syncState(of: world.id)
        #expect(state?.success?.at == world.clock.now.adding(seconds: -60))
        world.standIns.simulator.clearFaults()
        #expect(codes(try await world.sync()) == ["ben suspend user_inactive"])
    }

    @Test("reads what was modified and who has the roles, in few requests, and everybody once an hour")
    func requests() async throws {
        let world = try await world()
        let process = world.process()
        try await world.sync(process)
        world.standIns.simulator.clearRequests()
        let report = try await world.sync(process)
        #expect(!report.isFull)
        let delta = world.standIns.simulator.requests.count
        #expect(delta <= 30, "\(delta)")
        world.clock.advance(seconds: 3_600)
        #expect(try await world.sync(process).isFull)
    }

    @Test("waits within its budget, and says meanwhile that it is still there")
    func budget() async throws {
        let world = try await SyncWorld()
        _ = try await world.signIn("ben").get()
        let waits = Mutex<[Int64]>([])
        let clock = world.clock
        let process = world.process(budget: 4) { seconds in
            waits.withLock { $0.append(seconds) }
            clock.advance(seconds: seconds)
        }
        guard case .done = try await world.sync(process).outcome else {
            Issue.record("not done")
            return
        }
        #expect(waits.withLock { $0.reduce(0, +) } >= 300)
        #expect(waits.withLock { $0.allSatisfy { $0 <= 10 } })
    }

    @Test("is done by one of two processes, and by the other one once the first is gone")
    func twoProcesses() async throws {
        let world = try await world()
        let until = world.clock.now.adding(seconds: 120)
        #expect(try await world.store.beginSync(of: world.id, by: "killed", until: until, at: world.clock.now))
        try world.change("ben", #"{"disabled":true}"#)
        guard case .busy = try await world.sync().outcome else {
            Issue.record("not busy")
            return
        }
        #expect(try await world.status("ben") == .active)
        world.clock.advance(seconds: 60)
        #expect(codes(try await world.sync()) == ["ben suspend user_inactive"])
        // The interval of the other one's last sync has not gone by.
        let order = SyncOrder(actor: .bridge, interval: 60)
        guard case .notDue = try await world.process().run(world.id, order).outcome else {
            Issue.record("due")
            return
        }
    }

    @Test("counts everybody of a large environment page by page")
    func pages() async throws {
        let world = try await SyncWorld(StandIns(people: 2_600))
        let names = (0..<20).map { "person00\(1_000 + $0 * 50)" } + ["ann"]
        for name in names { _ = try await world.signIn(name) }
        let report = try await world.sync()
        #expect(report.counts.people > 2_600)
        #expect(report.items.isEmpty, "\(codes(report))")
        try world.change("person001000", #"{"disabled":true}"#)
        #expect(codes(try await world.sync()) == ["person001000 suspend user_inactive"])
    }

    /// Whatever happens to people: whom a login would refuse has no working token after a sync, and whom it would let in
    /// can come back.
    @Test("leaves nobody a working token whom a login would refuse", arguments: 0..<6)
    func property(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let names = ["ben", "bea", "toni", "uma", "frida", "omar"]
        let world = try await world(["ann"] + names)
        let rows = [
            #"{"disabled":true}"#, #"{"disabled":false}"#, #"{"emailStatus":2}"#, #"{"emailStatus":1}"#,
            #"{"roles":["Basic User"]}"#, #"{"roles":["Cobrowse.io - Agent"]}"#,
            #"{"roles":["Cobrowse.io - Administrator"]}"#, #"{"teams":[]}"#, #"{"teams":["Support team"]}"#,
            #"{"accessMode":4}"#, #"{"accessMode":0}"#,
        ]
        for _ in 0..<8 {
            var tokens: [String: String] = [:]
            for name in names { tokens[name] = try world.token("\(name)@contoso.example") }
            for _ in 0..<3 {
                try world.change(names.randomElement(using: &random) ?? "", rows.randomElement(using: &random) ?? "")
            }
            guard case .done = try await world.sync(goesOn: true).outcome else {
                Issue.record("not done")
                return
            }
            for name in names {
                let works = try await world.works(tokens[name] ?? "")
                let later = try await world.works(try world.token("\(name)@contoso.example"))
                world.clock.advance(seconds: 1)
                let login = try await world.signIn(name)
                switch login {
                case .success: #expect(later, "\(seed) \(name) is let in, and suspended")
                case .failure: #expect(!works && !later, "\(seed) \(name) is refused, and has a token that works")
                }
            }
        }
    }
}

extension SyncWorld {
    /// What the stand-in says of a person's row now, as JSON to change it back with.
    fileprivate func standInsRow(_ name: String) async throws -> String {
        let person = try standIns.get("\(standIns.simulator.sites[.control])/simulator/people/\(name)").json
        let row = person["environments"]?["contoso"]
        let usual = JSONValue.object([
            JSONMember(name: "disabled", value: .bool(false)),
            JSONMember(name: "emailStatus", value: .number(.integer(1))),
            JSONMember(name: "accessMode", value: .number(.integer(0))), JSONMember(name: "email", value: .null),
        ])
        var members = usual.objectValue ?? []
        for member in row?.objectValue ?? [] where member.name == "roles" || member.name == "teams" {
            members.append(member)
        }
        var writer = JSONWriter()
        writer.value(.object(members))
        return writer.text
    }
}
