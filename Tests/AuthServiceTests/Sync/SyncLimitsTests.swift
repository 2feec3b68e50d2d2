import AuthService
import BridgeCore
import Testing

@Suite("The limits of a sync")
struct SyncLimitsTests {
    @Test(
        "stop it where it would suspend more than a fifth",
        arguments: [
            (0, 0, false), (1, 1, false), (1, 4, false), (2, 5, true), (2, 9, true), (2, 10, false), (3, 15, false),
            (3, 14, true), (20_000, 100_000, false), (20_001, 100_000, true),
        ])
    func share(count: Int, accounts: Int, stops: Bool) {
        #expect(SyncShare.stops(takingFrom: count, of: accounts) == stops)
    }

    @Test(
        "expect of those who wait what was true of those who were asked about",
        arguments: [(120, 0, 30, 0), (120, 30, 30, 120), (90, 1, 30, 3), (7, 0, 0, 0), (0, 5, 5, 0)])
    func expected(waiting: Int, confirmed: Int, asked: Int, count: Int) {
        #expect(SyncShare.expected(of: waiting, where: confirmed, of: asked) == count)
    }

    @Test("let it send a tenth of what an application user may, within any five minutes")
    func budget() {
        var budget = SyncBudget(.dataverse)
        for second in 0..<600 { #expect(budget.take(at: now.adding(seconds: Int64(second / 3))) == 0) }
        #expect(budget.take(at: now.adding(seconds: 200)) == 100)
        #expect(budget.take(3, at: now.adding(seconds: 299)) == 1)
        #expect(budget.take(3, at: now.adding(seconds: 300)) == 0)
        #expect(budget.take(at: now.adding(seconds: 300)) == 1)
    }

    @Test("keep half of that for what cannot wait")
    func plenty() {
        var budget = SyncBudget(SyncBudget.Size(limit: 10, window: 300))
        for (count, isPlenty) in [(4, true), (1, false), (1, false)] {
            _ = budget.take(count, at: now)
            #expect(budget.isPlenty(at: now) == isPlenty)
        }
        let isPlentyAgain = budget.isPlenty(at: now.adding(seconds: 300))
        #expect(isPlentyAgain)
    }

    @Test("are remembered for other processes: what was sent, and never as less than it was")
    func sent() {
        let size = SyncBudget.Size(limit: 100, window: 600)
        var one = SyncBudget(size)
        for second in 0..<90 { #expect(one.take(at: now.adding(seconds: Int64(second))) == 0) }
        let end = now.adding(seconds: 90)
        let memory = one.memory(at: end)
        #expect(memory.sent.count <= 20 && memory.sent.reduce(0) { $0 + $1.count } == 90)
        // One that has not heard yet how much the CRM allows.
        var other = SyncBudget(SyncBudget.Size(limit: 8, window: 600))
        for _ in 0..<2 {
            other.takeOver(memory, by: end)
            #expect(other.take(10, at: end) == 0)
            #expect(other.take(at: end) > 500)
        }
        // What the first has sent since is not in there.
        #expect(one.take(7, at: end.adding(seconds: 5)) == 0)
        one.takeOver(other.memory(at: end), by: end)
        #expect(one.take(at: end.adding(seconds: 6)) > 0)
        #expect(one.memory(at: end.adding(seconds: 700)).sent.isEmpty)
    }

    @Test("are those of both where one has not heard of the other, oldest first, as far as they count still")
    func both() {
        let size = SyncBudget.Size(limit: 10, window: 600)
        let sent = { (second: Int64, count: Int) in SyncBudget.Sent(second: now.seconds + second, count: count) }
        let service = SyncBudget.Memory(size: size, sent: [sent(-600, 5), sent(-10, 6)])
        let command = SyncBudget.Memory(size: size, sent: [sent(-20, 3)])
        let all = command.adding(service, at: now)
        #expect(all == SyncBudget.Memory(size: size, sent: [sent(-20, 3), sent(-10, 6)]))
        #expect(command.adding(nil, at: now) == command)
        var budget = SyncBudget(size)
        budget.takeOver(all, by: now)
        #expect(budget.take(at: now) == 0)
        #expect(budget.take(at: now) > 0)
    }

    @Test("never keep it from going on: a clock that is set back, and one question that is larger than all of it")
    func alwaysGoesOn() {
        var budget = SyncBudget(SyncBudget.Size(limit: 2, window: 300))
        #expect(budget.take(3, at: now) == 0)
        #expect(budget.take(at: now) == 300)
        #expect(budget.take(at: now.adding(seconds: -3_600)) == 0)
    }
}

@Suite("The schedule of syncs")
struct SyncScheduleTests {
    private static func state(
        startedAgo: Int64 = 60, fullAgo: Int64 = 600, rolesAgo: Int64 = 60, roleRequests: Int = 10,
        retryIn: Int64? = nil, version: Int64 = 0, hasSucceeded: Bool = true
    ) -> SyncState {
        let started = now.adding(seconds: -startedAgo)
        return SyncState(
            connectionVersion: version, startedAt: started, finishedAt: started, outcome: .done, isFull: false,
            counts: SyncCounts(),
            success: hasSucceeded
                ? .init(
                    at: started, fullAt: now.adding(seconds: -fullAgo), readTo: started,
                    rolesAt: now.adding(seconds: -rolesAgo), roleRequests: roleRequests) : nil,
            retryAt: retryIn.map { now.adding(seconds: $0) })
    }

    @Test("is due an interval after the last one began, sooner after a change, later where it was asked to wait")
    func due() throws {
        for (state, isDue) in [
            (nil, true), (Self.state(), true), (Self.state(startedAgo: 53), false), (Self.state(startedAgo: 54), true),
            (Self.state(startedAgo: 5, version: 7), true), (Self.state(startedAgo: -5), true),
            (Self.state(retryIn: 1), false), (Self.state(retryIn: 0), true), (Self.state(retryIn: 86_400), true),
        ] as [(SyncState?, Bool)] {
            #expect(
                SyncSchedule.isDue(state, of: try .test(), every: 60, at: now) == isDue, "\(String(describing: state))")
        }
    }

    @Test("reads what was modified, everybody once an hour, and roles as often as they cost little")
    func reading() throws {
        let full = SyncSchedule.Reading(isFull: true, looksAtRoles: true)
        let (both, rows) = (
            SyncSchedule.Reading(isFull: false, looksAtRoles: true),
            SyncSchedule.Reading(isFull: false, looksAtRoles: false)
        )
        for (state, expected) in [
            (nil, full), (Self.state(), both), (Self.state(hasSucceeded: false), full), (Self.state(version: 7), full),
            (Self.state(fullAgo: 3_599), both), (Self.state(fullAgo: 3_600), full), (Self.state(startedAgo: -1), full),
            (Self.state(rolesAgo: 60, roleRequests: 60), both), (Self.state(rolesAgo: 60, roleRequests: 61), rows),
        ] as [(SyncState?, SyncSchedule.Reading)] {
            for (everybody, expected) in [(false, expected), (true, full)] {
                #expect(
                    SyncSchedule.reading(state, of: try .test(), everybody: everybody, within: .dataverse, at: now)
                        == expected)
            }
        }
    }

    @Test("reads roles as often as half of a budget of any size lets it")
    func budgets() throws {
        for (limit, window, requests, seconds) in [
            (600, 300, 60, 60), (10, 600, 3, 360), (694, 600, 250, 432), (0, 600, 1, 1_200),
        ] as [(Int, Int64, Int, Int64)] {
            let size = SyncBudget.Size(limit: limit, window: window)
            for (ago, isTime) in [(seconds - 1, false), (seconds, true)] {
                let reading = SyncSchedule.reading(
                    Self.state(rolesAgo: ago, roleRequests: requests), of: try .test(), everybody: false, within: size,
                    at: now)
                #expect(reading.looksAtRoles == isTime)
            }
        }
    }

    @Test("is remembered as it was", arguments: ["done", "stopped", "failed"])
    func document(outcome: String) throws {
        var state = Self.state(retryIn: 9)
        state.cursor = SyncCursor(findings: "o", doubtful: "d")
        state.counts.people = 1
        state.counts.postponed = 7
        (state.counts.held, state.counts.notShown) = (3, 2)
        state.budget = SyncBudget.Memory(
            size: SyncBudget.Size(limit: 8, window: 1_383),
            sent: [SyncBudget.Sent(second: 5, count: 1), SyncBudget.Sent(second: 9, count: 2)])
        let id = try #require(SalesforceID("0PS000000000001"))
        state.clones = CloneReport(
            accepted: [
                AcceptedClone(id: id, label: "Support desk", original: "cobrowseio__A"),
                AcceptedClone(id: id, label: "Other", original: nil),
            ], unreadable: "why")
        state.clones?.omittedCount = 4
        state.outcome =
            switch outcome {
            case "done": .done
            case "stopped": .stopped
            default: .failed(code: .upstreamThrottled, detail: "too many", hint: nil)
            }
        #expect(SyncState(parsing: state.json) == state)
        #expect(SyncState(parsing: Self.state(hasSucceeded: false).json) == Self.state(hasSucceeded: false))
        #expect(SyncState(parsing: "{}") == nil)
        #expect(SyncState(parsing: "") == nil)
    }
}
