/// Lets a few of the tests that wait for sockets and processes run at once, the others in the order in which they came.
///
/// The testing library starts all tests at once. Hundreds of servers, browsers and shells would then share two cores,
/// and limits of seconds, which some tests are about, would pass before a process has had its turn.
package actor Turns {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    package init(atOnce: Int) { free = atOnce }

    /// Runs `body` as soon as it is its turn, and passes the turn on however that ends.
    package nonisolated func run(_ body: () async throws -> Void) async rethrows {
        await take()
        do {
            try await body()
        } catch {
            await pass()
            throw error
        }
        await pass()
    }

    private func take() async {
        guard free == 0 else { return free -= 1 }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func pass() {
        guard !waiting.isEmpty else { return free += 1 }
        waiting.removeFirst().resume()
    }
}
