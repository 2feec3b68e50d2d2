import BridgeTesting
import Testing

@Suite("Turns")
struct TurnsTests {
    @Test("are taken by so many at once, and by all in the end")
    func atOnce() async {
        let (turns, crowd) = (Turns(atOnce: 3), Crowd())
        await withTaskGroup { group in
            for _ in 0..<50 {
                group.addTask {
                    await turns.run {
                        await crowd.enter()
                        for _ in 0..<10 { await Task.yield() }
                        await crowd.leave()
                    }
                }
            }
        }
        #expect(await crowd.entered == 50)
        #expect(await crowd.largest <= 3)
    }

    @Test("are passed on by one that fails")
    func failing() async {
        struct Failure: Error {}
        let turns = Turns(atOnce: 1)
        for _ in 0..<2 { await #expect(throws: Failure.self) { try await turns.run { throw Failure() } } }
        await turns.run {}
    }
}

/// Who is in, and how many there ever were.
private actor Crowd {
    private var present = 0
    private(set) var largest = 0
    private(set) var entered = 0

    func enter() {
        (present, entered) = (present + 1, entered + 1)
        largest = max(largest, present)
    }

    func leave() { present -= 1 }
}
