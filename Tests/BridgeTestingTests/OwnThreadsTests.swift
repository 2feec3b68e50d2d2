import BridgeTesting
import Dispatch
import Testing

@Suite("Tests that block")
struct OwnThreadsTests {
    @Test("have threads enough, however many cores there are")
    func many() async {
        let count = 64
        let (arrival, departure) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let met = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<count {
                group.addTask {
                    await onThread {
                        arrival.signal()
                        return departure.wait(timeout: .now() + 30) == .success
                    }
                }
            }
            group.addTask {
                await onThread {
                    let allCame = (0..<count).allSatisfy { _ in arrival.wait(timeout: .now() + 30) == .success }
                    for _ in 0..<count { departure.signal() }
                    return allCame
                }
            }
            return await group.reduce(true) { $0 && $1 }
        }
        #expect(met)
    }

    @Test("and wait for their children leave the children threads")
    func children() async {
        await onThread {
            let isDone = DispatchSemaphore(value: 0)
            async let child: Void = { _ = isDone.signal() }()
            #expect(isDone.wait(timeout: .now() + 30) == .success)
            await child
        }
    }

    @Test("get what their code returns or throws")
    func outcome() async {
        #expect(await onThread { 7 } == 7)
        await #expect(throws: MissingFixture.self) {
            try await onThread { () throws(MissingFixture) in throw MissingFixture(name: "fixture") }
        }
    }

    @Test("know whether they may")
    func areCurrent() async {
        #expect(throws: NotOnOwnThread.self) { try OwnThreads.require() }
        #expect(!OwnThreads.areCurrent)
        #expect(await onThread { OwnThreads.areCurrent })
        #expect(!OwnThreads.areCurrent)
    }

    @Test("may when they have the trait", .blocking, arguments: [1, 2])
    func trait(_: Int) async {
        #expect(OwnThreads.areCurrent)
        await Task.yield()
        #expect(OwnThreads.areCurrent)
    }
}
