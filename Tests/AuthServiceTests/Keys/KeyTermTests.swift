import AuthService
import BridgeCore
import Testing

@Suite("Whether a trusted key is in force")
struct KeyTermTests {
    struct Row: CustomTestStringConvertible {
        let key: TrustedKey
        let grace: Int64?
        let state: KeyTerm.State
        let daysLeft: Int64?
        let refusedInDays: Int64?
        var testDescription: String { "\(key.id) is \(state)" }

        init(
            _ name: String, begins: Int64? = nil, ends: Int64? = nil, retired: Int64? = nil, grace: Int64? = nil,
            _ state: KeyTerm.State, daysLeft: Int64? = nil, refusedInDays: Int64? = nil
        ) throws {
            key = try .made(name, begins: begins, ends: ends, retired: retired)
            self.grace = grace.map { $0 * 86_400 }
            self.state = state
            self.daysLeft = daysLeft
            self.refusedInDays = refusedInDays
        }
    }

    @Test("is told by its times, and by what the tenant makes of an expired certificate")
    func table() throws {
        let rows = [
            try Row("a bare key", grace: 0, .valid),
            try Row("one with time", begins: -1, ends: 61, .valid, daysLeft: 61),
            try Row("one with sixty days", begins: -1, ends: 60, .expiring, daysLeft: 60),
            try Row("one that ends now", ends: 0, .expiring, daysLeft: 0),
            try Row("one that ended yesterday", ends: -1, .expired, daysLeft: -1),
            try Row("one of the future", begins: 1, ends: 400, .notYetValid, daysLeft: 400),
            try Row("one within its grace", ends: -29, grace: 30, .expired, daysLeft: -29, refusedInDays: 1),
            try Row("one at the end of its grace", ends: -30, grace: 30, .refused, daysLeft: -30, refusedInDays: 0),
            try Row("one without grace", ends: 0, grace: 0, .refused, daysLeft: 0, refusedInDays: 0),
            try Row("one whose grace is to come", ends: 10, grace: 30, .expiring, daysLeft: 10, refusedInDays: 40),
            try Row("a retired one", ends: 61, retired: 0, .retired, daysLeft: 61, refusedInDays: 0),
            try Row("one to be retired", ends: 61, retired: 1, .valid, daysLeft: 61, refusedInDays: 1),
            try Row(
                "a retired one that ended", ends: -9, retired: -1, grace: 3, .retired, daysLeft: -9, refusedInDays: -6),
        ]
        for row in rows {
            let term = KeyTerm(of: row.key, at: keyNow, refusedAfterEnd: row.grace)
            #expect(term.state == row.state, "\(row)")
            #expect(term.daysLeft == row.daysLeft, "\(row)")
            #expect(term.refusedFrom == row.refusedInDays.map { keyNow.adding(seconds: $0 * 86_400) }, "\(row)")
            #expect(term.state.isInForce == ![.refused, .retired].contains(row.state))
        }
    }
}
