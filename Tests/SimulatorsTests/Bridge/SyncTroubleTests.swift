import AuthService
import BridgeCore
import BridgeTesting
import Connectors
import Simulators
import Synchronization
import Testing

@Suite("A sync that meets trouble")
struct SyncTroubleTests {
    private func world(_ names: [String]) async throws -> SyncWorld {
        let world = try await SyncWorld()
        for name in names { _ = try await world.signIn(name).get() }
        try await world.sync()
        return world
    }

    private func names(_ report: SyncReport) -> [String] {
        report.items.map { "\($0.email.value.prefix { $0 != "@" }) \($0.step.name)" }
    }

    private func isDone(_ report: SyncReport) -> Bool {
        if case .done = report.outcome { true } else { false }
    }

    /// The requests that only the inquiry about one person makes.
    private func roles(of name: String, in world: SyncWorld) throws -> String {
        "RetrieveAadUserRoles(DirectoryObjectId=\(try world.standIns.person(name)))"
    }

    @Test("does not count a last administrator whom it keeps among those it would suspend")
    func keptIsNotCounted() async throws {
        let world = try await world(["ann", "ben", "toni", "uma", "frida"])
        for name in ["ann", "ben"] { try world.change(name, #"{"disabled":true}"#) }
        let report = try await world.sync()
        #expect(isDone(report) && names(report) == ["ben suspend"])
        #expect(report.kept.map(\.email.value) == ["ann@contoso.example"])
    }

    @Test("says beforehand that the last of several administrators who go is kept")
    func lastOfSeveral() async throws {
        let world = try await world(["ann", "bea", "ben", "toni", "uma", "frida"])
        for name in ["ann", "bea"] { try world.change(name, #"{"disabled":true}"#) }
        for isDryRun in [true, false] {
            let report = try await world.sync(goesOn: true, isDryRun: isDryRun)
            #expect(isDone(report) && names(report).count == 1 && report.kept.count == 1, "\(isDryRun)")
        }
    }

    @Test("goes on with everybody else where one person's roles cannot be read")
    func rolesOfOne() async throws {
        let world = try await world(["ann", "ben", "bea", "toni", "uma", "frida"])
        try world.change("ben", #"{"roles":["Basic User"]}"#)
        try world.change("bea", #"{"disabled":true}"#)
        try world.standIns.simulator.set(
            "dataverse.server-error", times: nil, matching: try roles(of: "ben", in: world))
        let report = try await world.sync(goesOn: true)
        #expect(isDone(report) && names(report) == ["bea suspend"])
        #expect(report.counts.postponed == 1)
        let state = try await world.store.syncState(of: world.id)
        #expect(state?.success?.at == world.clock.now)
        #expect(try await world.status("ben") == .active)
        world.standIns.simulator.clearFaults()
        #expect(names(try await world.sync()) == ["ben suspend"])
    }

    @Test("goes on with everybody else where one person's row cannot be read", arguments: [false, true])
    func rowOfOne(everybody: Bool) async throws {
        let world = try await world(["ann", "ben", "bea", "toni", "uma", "frida"])
        for name in ["ben", "bea"] { try world.change(name, #"{"disabled":true}"#) }
        let report = try await world.sync(
            everybody: everybody, world.process(unreadable: ["ben@contoso.example"]))
        #expect(isDone(report) && names(report) == ["bea suspend"])
        #expect(report.counts.postponed == 1)
        #expect(try await world.status("ben") == .active)
        #expect(names(try await world.sync()) == ["ben suspend"])
    }

    @Test("goes on behind three who cannot be read, and fails where nobody can", arguments: [3, 4])
    func nobody(count: Int) async throws {
        let names = ["ben", "toni", "uma", "omar"]
        let world = try await world(["ann"] + names)
        for name in names { try world.change(name, #"{"roles":["Basic User"],"teams":[]}"#) }
        let inOrder = try names.sorted { try world.standIns.person($0) < world.standIns.person($1) }
        for name in inOrder.prefix(count) {
            try world.standIns.simulator.set(
                "dataverse.server-error", times: nil, matching: try roles(of: name, in: world))
        }
        let report = try await world.sync(goesOn: true)
        if count == 3 {
            #expect(isDone(report) && self.names(report) == ["\(inOrder[3]) suspend"])
            #expect(report.counts.postponed == 3)
        } else if case .failed(let error) = report.outcome {
            #expect(error.code == .rolesUnavailable)
        } else {
            Issue.record("\(report.outcome)")
        }
    }

    @Test("asks about no more than ten who cannot be read, and begins with others the next time")
    func manyUnread() async throws {
        let names = (0..<14).map { "fresh\($0)" }
        let world = try await freshMembers(names)
        // Their turn comes in the order of their ids.
        let inOrder = try names.sorted { try world.standIns.person($0) < world.standIns.person($1) }
        for name in inOrder.dropFirst() {
            try world.standIns.simulator.set(
                "dataverse.server-error", times: nil, matching: try roles(of: name, in: world))
        }
        try world.standIns.simulator.changePerson(inOrder[0], #"{"groups":[]}"#)
        world.standIns.simulator.clearRequests()
        let report = try await world.sync(goesOn: true)
        #expect(isDone(report) && self.names(report) == ["\(inOrder[0]) suspend"])
        #expect(report.counts.postponed == 13)
        let asked = try inOrder.filter { try isAskedAbout($0, in: world) }
        #expect(asked == Array(inOrder.prefix(11)))
        world.standIns.simulator.clearFaults()
        world.standIns.simulator.clearRequests()
        _ = try await world.sync()
        #expect(try isAskedAbout(inOrder[13], in: world))
    }

    private func isAskedAbout(_ name: String, in world: SyncWorld) throws -> Bool {
        let request = try roles(of: name, in: world)
        return world.standIns.simulator.requests.contains { "\($0)".contains(request) }
    }

    /// Members of the group who have never opened the environment: no stored row knows of their role.
    private func freshMembers(_ names: [String]) async throws -> SyncWorld {
        let world = try await world(["ann"])
        for name in names {
            try world.standIns.simulator.changePerson(
                name,
                #"{"tenant":"contoso","groups":["cobrowse-agents"],"environments":{"contoso":{"roles":["Basic User"]}}}"#
            )
            _ = try await world.signIn(name).get()
        }
        return world
    }

    @Test(
        "asks about few whose stored roles are in doubt while half of the budget is used up",
        arguments: [(2, 5), (1_000_000, 24)])
    func doubtful(budget: Int, count: Int) async throws {
        let world = try await world(["ann"])
        let names = (0..<24).map { "member\($0)" }
        for name in names {
            try world.standIns.simulator.changePerson(
                name,
                #"{"tenant":"contoso","groups":["cobrowse-agents"],"environments":{"contoso":{"roles":["Basic User"],"teams":["Cobrowse agents"]}}}"#
            )
            _ = try await world.signIn(name).get()
        }
        world.standIns.simulator.clearRequests()
        let clock = world.clock
        let report = try await world.sync(
            everybody: true, world.process(budget: budget) { clock.advance(seconds: $0) })
        #expect(isDone(report) && self.names(report).isEmpty)
        let asked = try names.filter { try isAskedAbout($0, in: world) }
        #expect(asked.count == count)
        #expect(report.counts.postponed == 24 - count)
    }

    @Test("leaves whoever signs in while they are read to the next sync")
    func signsInMeanwhile() async throws {
        let world = try await world(["ann", "ben", "toni", "uma", "frida"])
        try world.change("ben", #"{"disabled":true}"#)
        // With the last request about Ben's row all has been read that speaks against him.
        let isOver = Mutex(false)
        let process = world.process(afterRequest: { request in
            guard request.contains("systemusers"), request.contains(try world.standIns.person("ben")),
                !isOver.withLock({ over in
                    defer { over = true }
                    return over
                })
            else { return }
            try world.change("ben", #"{"disabled":false}"#)
            world.clock.advance(seconds: 1)
            _ = try await world.signIn("ben").get()
            try world.change("ben", #"{"disabled":true}"#)
        })
        let report = try await world.sync(process)
        #expect(isOver.withLock { $0 })
        #expect(isDone(report) && names(report).isEmpty && report.counts.postponed == 1)
        #expect(try await world.status("ben") == .active)
        #expect(names(try await world.sync()) == ["ben suspend"])
    }

    @Test("changes nothing where the rules are changed while it reads, and remembers nothing")
    func rulesMeanwhile() async throws {
        let world = try await world(["ann", "ben", "toni", "uma", "frida"])
        let before = try await world.store.syncState(of: world.id)
        try world.change("ben", #"{"disabled":true}"#)
        let process = world.process(afterRequest: { request in
            guard request.contains("systemusers") else { return }
            let tenant = try await world.store.tenant(world.license).unwrapped("tenant")
            _ = try await world.store.update(
                tenant, expectedVersion: nil, audit: .created(tenant, AuditStamp(.bridge, at: world.clock.now)))
        })
        guard case .outdated = try await world.sync(process).outcome else {
            Issue.record("not outdated")
            return
        }
        #expect(try await world.status("ben") == .active)
        #expect(try await world.store.syncState(of: world.id) == before)
        #expect(names(try await world.sync()) == ["ben suspend"])
    }

    @Test("fails at once where what is wrong concerns everybody")
    func throttled() async throws {
        let world = try await world(["ann", "ben", "toni", "uma", "frida"])
        try world.change("ben", #"{"disabled":true}"#)
        try world.standIns.simulator.set(
            "dataverse.0x80072322", times: nil, matching: try world.standIns.person("ben"))
        guard case .failed(let error) = try await world.sync().outcome else {
            Issue.record("not failed")
            return
        }
        #expect(error.code == .upstreamThrottled)
    }

    @Test("stops for nobody who only seems to have no role, and asks about those in doubt in between")
    func membersWhoNeverCame() async throws {
        let world = try await world(["ann"])
        for number in 0..<80 {
            // Members of the group who have never opened the environment: no stored row knows of their role.
            try world.standIns.simulator.changePerson(
                "fresh\(number)",
                #"{"tenant":"contoso","groups":["cobrowse-agents"],"environments":{"contoso":{"roles":["Basic User"]}}}"#
            )
            _ = try await world.signIn("fresh\(number)").get()
        }
        try world.standIns.simulator.changePerson("lars", #"{"groups":["cobrowse-agents"]}"#)
        _ = try await world.signIn("lars").get()
        let first = try await world.sync()
        #expect(isDone(first) && names(first).isEmpty)
        #expect(first.counts.postponed == 80 - 49)
        try world.standIns.simulator.changePerson("lars", #"{"groups":[]}"#)
        let second = try await world.sync()
        #expect(isDone(second) && names(second) == ["lars suspend"])
        // Nobody waits for ever: three runs ask about all of them.
        try world.standIns.simulator.changePerson("fresh7", #"{"groups":[]}"#)
        var found: [String] = []
        for _ in 0..<3 { found += names(try await world.sync()) }
        #expect(found == ["fresh7 suspend"])
    }

    @Test("lets another process go on where its own ends, and remembers nothing of the attempt")
    func interrupted() async throws {
        let world = try await world(["ann", "ben", "toni", "uma", "frida"])
        let before = try await world.store.syncState(of: world.id)
        try world.change("ben", #"{"disabled":true}"#)
        let process = world.process(budget: 2) { _ in throw CancellationError() }
        guard case .interrupted = try await world.sync(process).outcome else {
            Issue.record("not interrupted")
            return
        }
        #expect(try await world.store.syncState(of: world.id) == before)
        let report = try await world.process().run(world.id, SyncOrder(actor: .bridge))
        #expect(names(report) == ["ben suspend"])
    }

    @Test("is never due for a connection that reads as the agent, and says so to whoever asks for it by name")
    func readsAsAgent() async throws {
        let world = try await SyncWorld(readAs: .agent)
        guard case .notDue = try await world.process().run(world.id, SyncOrder(actor: .bridge, interval: 60)).outcome
        else {
            Issue.record("due")
            return
        }
        #expect(try await world.store.syncState(of: world.id) == nil)
        guard case .failed(let error) = try await world.sync().outcome else {
            Issue.record("not failed")
            return
        }
        #expect(error.code == .configurationInvalid)
    }

    @Test("sends nothing more once its task is cancelled")
    func cancelled() async throws {
        let world = try await world(["ann", "ben"])
        world.standIns.simulator.clearRequests()
        let (process, id) = (world.process(), world.id)
        let outcome = try await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await process.run(id, SyncOrder(actor: .bridge)).outcome
        }.value
        guard case .interrupted = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(!world.standIns.simulator.requests.contains { "\($0)".contains("systemusers") })
    }
}
