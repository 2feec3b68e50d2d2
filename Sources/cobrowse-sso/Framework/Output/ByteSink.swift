/// Where bytes go: a file descriptor, or memory in tests.
protocol ByteSink: Sendable {
    /// Writes all of `bytes` or fails; some may have been written then.
    func write(_ bytes: [UInt8]) throws(SystemError)
}
