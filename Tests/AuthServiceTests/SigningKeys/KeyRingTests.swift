import AuthService
import BridgeCore
import Testing

@Suite("A change of the signing keys")
struct KeyRingTests {
    private static let start = Timestamp(seconds: 1_800_000_000)
    private static let day: Int64 = 86_400

    private func change(
        _ ring: KeyRing, _ event: KeyRing.Event, after seconds: Int64
    ) throws(KeyRingRefusal) -> KeyRing {
        try ring.change(by: event, at: Self.start.adding(seconds: seconds), promoteAfter: Self.day).after
    }

    private func refusal(_ ring: KeyRing, _ event: KeyRing.Event, after seconds: Int64) -> KeyRingRefusal? {
        #expect(throws: KeyRingRefusal.self) { try change(ring, event, after: seconds) }
    }

    /// A ring with a next key that has been published since the start.
    private func rotated() throws -> KeyRing {
        try change(KeyRing(current: .init(id: "a", since: Self.start)), .rotate(newKey: "b"), after: 0)
    }

    @Test("leads a key from next to current to previous and away")
    func life() throws {
        var ring = try rotated()
        #expect(ring.next?.id == "b" && ring.current?.id == "a" && ring.previous == nil)
        ring.noteSigned(lasting: 900)
        ring = try change(ring, .promote(isEmergency: false), after: Self.day)
        #expect(ring.next == nil && ring.current?.id == "b")
        #expect(
            ring.previous == .init(id: "a", since: Self.start.adding(seconds: Self.day), longestToken: 900))
        ring = try change(ring, .retire(isEmergency: false), after: Self.day + 900 + KeyRing.margin)
        #expect(ring.places.map(\.key.id) == ["b"])
    }

    @Test("makes the first key sign at once: nobody knows another one")
    func first() throws {
        let ring = try change(KeyRing(), .rotate(newKey: "a"), after: 0)
        #expect(ring.current?.id == "a" && ring.next == nil)
    }

    @Test("is refused to the millisecond before its time, with the time and who may override it")
    func tooEarly() throws {
        let early = Timestamp(milliseconds: Self.start.adding(seconds: Self.day).milliseconds - 1)
        let refusal = try #require(throws: KeyRingRefusal.self) {
            try rotated().change(by: .promote(isEmergency: false), at: early, promoteAfter: Self.day)
        }
        #expect(refusal.code == .conflict)
        #expect(refusal.allowedFrom == Self.start.adding(seconds: Self.day))
        #expect(refusal.detail.contains("2027-01-16T08:00:00Z"))
        #expect(refusal.hint?.contains("operator of the bridge") == true)
        #expect(refusal.hint?.contains("--emergency") == true)
    }

    @Test("does not remove a key whose tokens live")
    func tokensLive() throws {
        var ring = try rotated()
        ring.noteSigned(lasting: Self.day)
        ring.noteSigned(lasting: 60)
        ring = try change(ring, .promote(isEmergency: false), after: Self.day)
        let end = 2 * Self.day + KeyRing.margin
        #expect(
            refusal(ring, .retire(isEmergency: false), after: end - 1)?.allowedFrom
                == Self.start.adding(seconds: end))
        #expect(try change(ring, .retire(isEmergency: false), after: end).previous == nil)
    }

    @Test("can be taken back: the key that signed before signs again, and the other one stays accepted")
    func stepBack() throws {
        var ring = try change(try rotated(), .promote(isEmergency: false), after: Self.day)
        ring.noteSigned(lasting: 900)
        ring = try change(ring, .stepBack, after: Self.day + 60)
        #expect(ring.current?.id == "a")
        #expect(ring.previous?.id == "b" && ring.previous?.longestToken == 900)
        ring = try change(ring, .stepBack, after: Self.day + 120)
        #expect(ring.current?.id == "b" && ring.previous?.id == "a")
    }

    @Test("that does not fit is refused, and says what to do first")
    func unfit() throws {
        let rotated = try rotated()
        #expect(refusal(rotated, .rotate(newKey: "c"), after: 1)?.code == .conflict)
        #expect(refusal(rotated, .stepBack, after: 1)?.code == .notFound)
        #expect(refusal(rotated, .retire(isEmergency: true), after: 1)?.code == .notFound)
        #expect(refusal(KeyRing(), .promote(isEmergency: true), after: 1)?.code == .notFound)
        let promoted = try change(rotated, .promote(isEmergency: false), after: Self.day)
        let third = try change(promoted, .rotate(newKey: "c"), after: Self.day)
        let blocked = try #require(refusal(third, .promote(isEmergency: false), after: 3 * Self.day))
        #expect(blocked.code == .conflict)
        #expect(blocked.hint?.contains("key retire") == true)
    }

    @Test("in an emergency waits for nothing, and says that it was one")
    func emergency() throws {
        let actor = Actor("cli:root")
        var ring = try rotated()
        ring.noteSigned(lasting: Self.day)
        let promotion = try ring.change(by: .promote(isEmergency: true), at: Self.start, promoteAfter: Self.day)
        #expect(promotion.after.current?.id == "b" && promotion.removed == [])
        let retirement = try promotion.after.change(
            by: .retire(isEmergency: true), at: Self.start, promoteAfter: Self.day)
        #expect(retirement.removed == ["a"])
        let replacement = try ring.change(by: .replace(newKey: "z"), at: Self.start, promoteAfter: Self.day)
        #expect(Set(replacement.removed) == ["a", "b"])
        #expect(replacement.added?.key.id == "z" && replacement.added?.state == .current)
        for change in [promotion, retirement, replacement] {
            let entry = change.auditEntry(by: actor)
            #expect(entry.after?["emergency"]?.boolValue == true)
            #expect(entry.before?["current"]?["keyId"]?.stringValue != nil)
            #expect(entry.time == Self.start)
        }
        let quiet = try ring.change(by: .promote(isEmergency: false), at: Self.start, promoteAfter: 0)
        #expect(quiet.auditEntry(by: actor).after?["emergency"] == nil)
        #expect(quiet.auditEntry(by: actor).action == "signingKey.promote")
    }
}
