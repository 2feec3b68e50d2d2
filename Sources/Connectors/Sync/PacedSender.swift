internal import AuthService
internal import BridgeCore
internal import HTTPMessage
internal import Synchronization

/// Sends the requests of one sync: each within the budget, each while the connection is held for longer than it can take.
final class PacedSender: HTTPSender {
    private let sender: any HTTPSender
    private let pacer: SyncPacer
    private let hold: SyncHold
    private let budget: @Sendable (IncomingResponse) -> SyncBudget.Size?
    private let state = Mutex(State())

    private struct State {
        var count = 0
        var stoppage: (any Error)?
    }

    /// - Parameter budget: how often may be asked after a response; `nil` for as often as before.
    init(
        _ sender: any HTTPSender, within pacer: SyncPacer, _ hold: SyncHold,
        budget: @escaping @Sendable (IncomingResponse) -> SyncBudget.Size? = { _ in nil }
    ) {
        self.sender = sender
        self.pacer = pacer
        self.hold = hold
        self.budget = budget
    }

    /// How many requests were sent.
    var count: Int { state.withLock(\.count) }

    /// Why no request is sent any more: the task was cancelled, or somebody else holds the connection.
    var stoppage: (any Error)? { state.withLock(\.stoppage) }

    func send(_ request: OutgoingRequest) async throws(SendError) -> IncomingResponse {
        do {
            if let stoppage { throw stoppage }
            try Task.checkCancellation()
            try await pacer.wait(of: hold.id) { try await hold.extend() }
            try await hold.extend()
        } catch {
            state.withLock { $0.stoppage = error }
            throw SendError(.cancelled, .internal, "the sync has ended")
        }
        state.withLock { $0.count += 1 }
        let response = try await sender.send(request)
        if let size = budget(response) { pacer.resize(hold.id, to: size) }
        return response
    }
}
