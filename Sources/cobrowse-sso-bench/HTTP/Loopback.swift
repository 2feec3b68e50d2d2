internal import Glibc

/// Ports of 127.0.0.1.
enum Loopback {
    /// A port that nobody listens on at the moment.
    static func freePort() throws(BenchError) -> UInt16 {
        let socket = try tcpSocket()
        defer { close(socket) }
        var address = address(port: 0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(socket, pointer, size) == 0 ? getsockname(socket, pointer, &size) : -1
            }
        }
        guard status == 0 else { throw .wrong("no free port: \(systemMessage(errno))") }
        return UInt16(bigEndian: address.sin_port)
    }

    /// Waits until `process` accepts connections on `port`, at most five seconds.
    ///
    /// - Parameter log: where `process` says why it does not.
    static func waitUntilListening(_ port: UInt16, _ process: ChildProcess, log: String) throws(BenchError) {
        let deadline = Monotonic.seconds + 5
        while Monotonic.seconds < deadline {
            if try isListening(port) { return }
            if process.hasEnded { throw .wrong("a server ended at once: \(TextLog.lastLine(log))") }
            usleep(10_000)
        }
        throw .wrong("a server did not listen within 5 s: \(TextLog.lastLine(log))")
    }

    private static func isListening(_ port: UInt16) throws(BenchError) -> Bool {
        let socket = try tcpSocket()
        defer { close(socket) }
        var address = address(port: port)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                connect(socket, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private static func tcpSocket() throws(BenchError) -> Int32 {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw .wrong("no socket: \(systemMessage(errno))") }
        return socket
    }

    private static func address(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
