import EventLoop

/// Repeats a step on a loop until it has a result.
final class Drainer: @unchecked Sendable {  // touched on the loop's thread only
    private let step: () -> Int?
    private var timer: LoopTimer?

    init(step: @escaping () -> Int?) { self.step = step }

    /// Takes the step now and then every 5 ms; the first result goes to `done`.
    func start(on loop: EventLoop, done: @escaping @Sendable (Int) -> Void) {
        if let result = step() { return done(result) }
        timer = loop.schedule(after: .milliseconds(5), repeats: true) { [self] in
            guard let result = step() else { return }
            timer?.cancel()
            timer = nil
            done(result)
        }
    }
}
