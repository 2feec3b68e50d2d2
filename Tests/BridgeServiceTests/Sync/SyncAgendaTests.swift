import AuthService
import BridgeCore
import Testing

@testable import BridgeService

@Suite("The agenda of syncs")
struct SyncAgendaTests {
    private static func ids(_ count: Int) throws -> [ConnectionID] {
        try (0..<count).map { number in
            ConnectionID(.dynamics, of: try #require(License("tenant\(number)")))
        }
    }

    private static func time(_ seconds: Int64) -> Timestamp { Timestamp(seconds: 1_000_000 + seconds) }

    @Test("begins each within five seconds of the start, and then once in an interval")
    func interval() throws {
        let ids = try Self.ids(2)
        var agenda = SyncAgenda()
        var begun: [Int64] = []
        for second in Int64(0)...130 {
            let now = agenda.begin(among: ids, at: Self.time(second), every: 60)
            #expect(now.isEmpty || now == ids)
            if !now.isEmpty { begun.append(second) }
            for id in now { agenda.end(id) }
        }
        #expect(begun == [5, 65, 125])
    }

    @Test("begins nothing that is under way, and all else in its time")
    func underWay() throws {
        let ids = try Self.ids(3)
        var agenda = SyncAgenda()
        _ = agenda.begin(among: ids, at: Self.time(0), every: 10)
        #expect(agenda.begin(among: ids, at: Self.time(5), every: 10) == ids)
        for id in ids[1...] { agenda.end(id) }
        #expect(agenda.begin(among: ids, at: Self.time(15), every: 10) == Array(ids[1...]))
        agenda.end(ids[0])
        // It has waited, and is next at once.
        #expect(agenda.begin(among: ids, at: Self.time(16), every: 10) == [ids[0]])
    }

    @Test("begins some at a time where very many are due, and leaves none for long")
    func many() throws {
        let ids = try Self.ids(120)
        var agenda = SyncAgenda()
        _ = agenda.begin(among: ids, at: Self.time(0), every: 60)
        var begun: [ConnectionID] = []
        var counts: [Int] = []
        for second in Int64(5)...8 {
            let now = agenda.begin(among: ids, at: Self.time(second), every: 60)
            counts.append(now.count)
            begun += now
        }
        #expect(counts == [50, 50, 20, 0])
        #expect(Set(begun) == Set(ids))
    }

    @Test("is not late for hours after a clock was set back, and forgets who is gone")
    func clock() throws {
        let ids = try Self.ids(1)
        var agenda = SyncAgenda()
        _ = agenda.begin(among: ids, at: Self.time(100_000), every: 60)
        #expect(agenda.begin(among: ids, at: Self.time(0), every: 60) == ids)
        agenda.end(ids[0])
        _ = agenda.begin(among: [], at: Self.time(1), every: 60)
        // Met anew.
        #expect(agenda.begin(among: ids, at: Self.time(2), every: 60).isEmpty)
        #expect(agenda.begin(among: ids, at: Self.time(7), every: 60) == ids)
    }
}
