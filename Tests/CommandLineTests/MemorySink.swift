import Synchronization

@testable import cobrowse_sso

/// Ours: the testing library has a type of that name too.
typealias ExitStatus = cobrowse_sso.ExitStatus

/// Keeps what is written, each write apart, or fails with a given error.
final class MemorySink: ByteSink {
    private let written = Mutex<[[UInt8]]>([])
    private let failure: SystemError?

    init(failingWith failure: SystemError? = nil) {
        self.failure = failure
    }

    func write(_ bytes: [UInt8]) throws(SystemError) {
        if let failure { throw failure }
        written.withLock { $0.append(bytes) }
    }

    var writes: [[UInt8]] { written.withLock { $0 } }
    var text: String { String(decoding: writes.joined(), as: UTF8.self) }
}
