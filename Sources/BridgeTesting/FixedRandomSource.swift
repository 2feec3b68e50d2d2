package import BridgeCrypto
internal import Synchronization

/// Random values that a test has chosen, or that count up from 1 once those are used up.
package final class FixedRandomSource: RandomSource {
    private struct State {
        var chosen: [[UInt8]]
        var count: UInt8 = 0
    }

    private let state: Mutex<State>

    /// - Parameter chosen: the values of the first calls, whatever length these ask for.
    package init(_ chosen: [[UInt8]] = []) {
        state = Mutex(State(chosen: chosen))
    }

    package func bytes(_ count: Int) throws(CryptoError) -> [UInt8] {
        state.withLock { state in
            if !state.chosen.isEmpty { return state.chosen.removeFirst() }
            state.count &+= 1
            return [UInt8](repeating: state.count, count: count)
        }
    }
}
