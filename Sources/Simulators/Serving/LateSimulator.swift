import Synchronization

/// A simulator that is there only once all ports are known, which are a part of every URL it writes.
final class LateSimulator: Sendable {
    private let simulator = Mutex<Simulator?>(nil)

    func set(_ simulator: Simulator) { self.simulator.withLock { $0 = simulator } }

    /// `nil` for the moment between the first port and the last.
    var value: Simulator? { simulator.withLock { $0 } }
}
