import BridgeCore
import EventLoop
import HTTPMessage
import HTTPServer
import Synchronization

/// A server on loopback with loops of its own, for the time of one test.
final class TestServer: Sendable {
    let server: HTTPServer
    let port: UInt16
    let loops: [EventLoop]

    init(
        loops count: Int = 1,
        configure: (inout HTTPServer.Configuration) -> Void = { _ in },
        respond: @escaping @Sendable (borrowing HTTPRequestView) -> HTTPReply
    ) throws {
        var configuration = HTTPServer.Configuration(host: "127.0.0.1", port: 0) { refusal in
            HTTPResponse(refusal.status, contentType: "application/problem+json", body: Array(refusal.detail.utf8))
        }
        configure(&configuration)
        loops = try (0..<count).map { try EventLoop(name: "test-\($0)") }
        server = try HTTPServer(configuration, on: loops) { _ in ClosureResponder(respond) }
        port = try server.start()
    }

    /// One that answers with what it was asked.
    convenience init(loops count: Int = 1, configure: (inout HTTPServer.Configuration) -> Void = { _ in }) throws {
        try self.init(loops: count, configure: configure, respond: { TestServer.echo($0) })
    }

    /// Stops everything and says how many connections had to be cut off.
    @discardableResult
    func stop(within limit: Duration = .seconds(5)) async -> Int {
        let cut = await server.drain(within: limit)
        for loop in loops { loop.stop() }
        return cut
    }

    /// Asks every loop to stop, and returns when each has been asked; the task ends when all have stopped.
    func askToStop() async throws -> Task<Int, Never> {
        let asker = try EventLoop(name: "asker")
        let cut = Task(executorPreference: asker) {
            defer { asker.stop() }
            return await self.stop()
        }
        // `drain` hands over to a child task for each loop. All run on the asker's thread, one after the other: by the
        // end of the first turn the children are in its queue, by the end of the second they have told the loops.
        for _ in 0..<2 { await asker.turn() }
        return cut
    }

    /// Asks every loop to stop, and returns when each has begun with it.
    func beginToStop() async throws -> Task<Int, Never> {
        let cut = try await askToStop()
        for loop in loops { await loop.turn() }
        return cut
    }

    /// Whether nobody can connect, at the latest after ten seconds.
    ///
    /// Asked again and again: a process that another test is starting has a copy of the listening socket, which keeps
    /// that open until its program begins.
    func turnsClientsAway() -> Bool {
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            if (try? client()) == nil { return true }
        }
        return false
    }

    func client() throws -> RawClient { try RawClient(port: port) }

    /// Answers with method, path, query and body.
    static func echo(_ request: borrowing HTTPRequestView) -> HTTPReply {
        var body = Array("\(request.method.rawValue) \(text(request.path))".utf8)
        if let query = request.query { body += Array("?\(text(query))".utf8) }
        body += [UInt8(ascii: " ")]
        let content = request.body
        for index in content.indices { body.append(content[index]) }
        return .now(HTTPResponse(.ok, contentType: "text/plain", body: body))
    }

    private static func text(_ bytes: Span<UInt8>) -> String {
        var copy: [UInt8] = []
        for index in bytes.indices { copy.append(bytes[index]) }
        return String(decoding: copy, as: UTF8.self)
    }
}

private final class ClosureResponder: HTTPResponder {
    private let closure: @Sendable (borrowing HTTPRequestView) -> HTTPReply

    init(_ closure: @escaping @Sendable (borrowing HTTPRequestView) -> HTTPReply) { self.closure = closure }

    func respond(to request: borrowing HTTPRequestView) -> HTTPReply { closure(request) }
}

extension EventLoop {
    /// Returns when what the loop was given so far has run.
    func turn() async {
        await withCheckedContinuation { continuation in execute { continuation.resume() } }
    }
}

/// Holds tasks back until it is opened, and tells when some have come.
///
/// No actor: an actor that a loop's task enters may run its other callers on the loop's thread, and tests block theirs.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var arrivals = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    /// Waits until the gate is open.
    func pass() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                state.arrivals += 1
                for watcher in state.watchers where watcher.count <= state.arrivals { watcher.continuation.resume() }
                state.watchers.removeAll { $0.count <= state.arrivals }
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    /// Waits until `count` have come.
    func arrived(_ count: Int = 1) async {
        await withCheckedContinuation { continuation in
            state.withLock { state in
                guard state.arrivals < count else { return continuation.resume() }
                state.watchers.append((count, continuation))
            }
        }
    }

    func open() {
        state.withLock { state in
            state.isOpen = true
            for continuation in state.waiting { continuation.resume() }
            state.waiting = []
        }
    }
}
