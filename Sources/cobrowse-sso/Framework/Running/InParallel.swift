internal import Dispatch
internal import Glibc
internal import Synchronization

/// Spreads work over the cores of the machine.
enum InParallel {
    /// `body` of every input, in the order of the inputs; on this thread alone where there are few.
    static func map<Input: Sendable, Output: Sendable>(
        _ inputs: [Input], _ body: @Sendable (Input) -> Output
    ) -> [Output] {
        let workers = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        // Some pieces for each worker, so that none is left with the longest.
        let size = max(16, inputs.count / (workers * 4))
        let starts = Array(stride(from: 0, to: inputs.count, by: size))
        guard workers > 1, starts.count > 1 else { return inputs.map(body) }
        let pieces = Mutex([[Output]](repeating: [], count: starts.count))
        DispatchQueue.concurrentPerform(iterations: starts.count) { number in
            let start = starts[number]
            let piece = inputs[start..<min(start + size, inputs.count)].map(body)
            pieces.withLock { $0[number] = piece }
        }
        return pieces.withLock { Array($0.joined()) }
    }
}
