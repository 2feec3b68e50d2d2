import BridgeTesting
import Dispatch
import EventLoop
import Glibc
import Synchronization
import Testing

@Suite(.serialized, .blocking) struct EventLoopTests {
    @Test func `runs work in order on its own thread`() async throws {
        let loop = try EventLoop(name: "order")
        let seen = Mutex<[Int]>([])
        #expect(!loop.isCurrent)
        for index in 0..<1000 { loop.execute { seen.withLock { $0.append(loop.isCurrent ? index : -1) } } }
        loop.stop()
        #expect(seen.withLock { $0 } == Array(0..<1000))
    }

    @Test func `takes work from many threads at once`() async throws {
        let loop = try EventLoop(name: "many")
        let count = Counter()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { for _ in 0..<2000 { loop.execute { count.increment() } } }
            }
        }
        loop.stop()
        #expect(count.value == 16_000)
    }

    @Test func `keeps tasks that prefer it, and actors that live on it, on its thread`() async throws {
        let loop = try EventLoop(name: "tasks")
        let stayed = await Task(executorPreference: loop) {
            var stayed = loop.isCurrent
            for _ in 0..<100 {
                await Task.yield()
                stayed = stayed && loop.isCurrent
            }
            return stayed
        }.value
        #expect(stayed)
        #expect(await Resident(on: loop).isAtHome)
        loop.stop()
    }

    @Test func `lets timers run between jobs that make jobs`() async throws {
        let loop = try EventLoop(name: "fair")
        let ended = Counter()
        await withCheckedContinuation { continuation in
            loop.schedule(after: .milliseconds(10)) {
                ended.increment()
                continuation.resume()
            }
            Self.spin(on: loop, until: { ended.value > 0 })
        }
        loop.stop()
    }

    @Test func `runs timers once, again and again, and not after they were cancelled`() async throws {
        let loop = try EventLoop(name: "timers")
        let ticks = Counter()
        let cancelled = loop.schedule(after: .milliseconds(1)) { Issue.record("a cancelled timer has run") }
        cancelled.cancel()
        let ticked = DispatchSemaphore(value: 0)
        let repeating = loop.schedule(after: .milliseconds(2), repeats: true) {
            ticks.increment()
            ticked.signal()
        }
        for _ in 0..<4 { #expect(ticked.wait(timeout: .now() + 10) == .success) }
        repeating.cancel()
        await loop.turn()
        let counted = ticks.value
        await withCheckedContinuation { continuation in
            loop.schedule(after: .milliseconds(20)) { continuation.resume() }
        }
        #expect(ticks.value == counted)
        loop.stop()
    }

    @Test func `lets timers and watches be cancelled when it is gone`() async throws {
        var loop: EventLoop? = try EventLoop(name: "gone")
        weak let former = loop
        let timer = loop?.schedule(after: .seconds(60)) {}
        let watch = loop?.onSignal(SIGUSR1) {}
        loop?.stop()
        loop = nil
        #expect(former == nil)
        timer?.cancel()
        watch?.cancel()
    }

    @Test func `watches sockets of others`() async throws {
        let loop = try EventLoop(name: "sockets")
        var pair: [CInt] = [0, 0]
        #expect(socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &pair) == 0)
        let (ours, theirs) = (pair[0], pair[1])
        let readiness = await withCheckedContinuation { continuation in
            loop.execute {
                let holder = WatchHolder()
                holder.watch = try? SocketWatch(ours, for: [.read, .write], on: loop) { ready in
                    if ready.contains(.read) {
                        holder.watch?.cancel()
                        holder.watch = nil
                        continuation.resume(returning: ready)
                    } else {
                        _ = write(theirs, "x", 1)
                    }
                }
            }
        }
        #expect(readiness.contains(.read))
        loop.stop()
        close(ours)
        close(theirs)
    }

    @Test func `hears signals`() async throws {
        let loop = try EventLoop(name: "signals")
        let heard = DispatchSemaphore(value: 0)
        let watch = loop.onSignal(SIGUSR2) { heard.signal() }
        await loop.turn()
        kill(getpid(), SIGUSR2)
        #expect(heard.wait(timeout: .now() + 10) == .success)
        watch.cancel()
        loop.stop()
    }

    private static func spin(on loop: EventLoop, until isDone: @escaping @Sendable () -> Bool) {
        loop.execute { if !isDone() { spin(on: loop, until: isDone) } }
    }
}

private final class WatchHolder {
    var watch: SocketWatch?
}

private actor Resident {
    private let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(on loop: EventLoop) { self.loop = loop }

    var isAtHome: Bool { loop.isCurrent }
}
