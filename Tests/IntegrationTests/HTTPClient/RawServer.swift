import BridgeTesting
import Dispatch
import Glibc
import Synchronization

/// A server on loopback that does with each connection what the test says, on a thread of its own.
final class RawServer: Sendable {
    let port: UInt16
    private let descriptor: CInt
    private let handle: @Sendable (RawConnection) -> Void
    private let accepted = Mutex(0)
    private let work = DispatchGroup()

    /// - Parameter handle: gets each connection; it is closed when this returns.
    init(_ handle: @escaping @Sendable (RawConnection) -> Void) throws {
        self.handle = handle
        let bound = try Self.bind()
        (descriptor, port) = bound
        guard listen(descriptor, 4096) == 0 else { throw ClientError("listen", errno) }
        run { [self] in serve() }
    }

    /// How many connections have been accepted.
    var connectionCount: Int { accepted.withLock { $0 } }

    /// Stops accepting, and waits for the end of every connection. Blocks.
    func stop() {
        shutdown(descriptor, CInt(SHUT_RDWR))
        work.wait()
        close(descriptor)
    }

    /// A port on which nobody listens: whoever connects is refused.
    static func deadPort() throws -> UInt16 {
        let (descriptor, port) = try bind()
        close(descriptor)
        return port
    }

    private func serve() {
        while case let connection = accept(descriptor, nil, nil), connection >= 0 {
            accepted.withLock { $0 += 1 }
            run { [self] in
                handle(RawConnection(connection))
                close(connection)
            }
        }
    }

    private func run(_ body: @escaping @Sendable () -> Void) {
        // A queue of its own gets a thread however many others are blocked.
        DispatchQueue(label: "cobrowse-sso.testing.raw-server").async(group: work, execute: body)
    }

    private static func bind() throws -> (descriptor: CInt, port: UInt16) {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw ClientError("socket", errno) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else {
            close(descriptor)
            throw ClientError("bind", errno)
        }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }
}

/// A connection of a `RawServer`.
struct RawConnection {
    private let descriptor: CInt

    init(_ descriptor: CInt) {
        self.descriptor = descriptor
        // Against a hang and nothing else.
        var timeout = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    }

    /// The next bytes; empty when the other side has closed.
    func receive() -> [UInt8] {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        var count = 0
        repeat { count = recv(descriptor, &chunk, chunk.count, 0) } while count < 0 && errno == EINTR
        return Array(chunk.prefix(max(0, count)))
    }

    /// The next request, head and the body whose length it says, which nothing may follow; `nil` when the other side
    /// has closed.
    func request() -> String? {
        var bytes: [UInt8] = []
        while true {
            let chunk = receive()
            guard !chunk.isEmpty else { return nil }
            bytes += chunk
            guard let end = RawResponse.endOfHead(bytes) else { continue }
            let lengths = RawResponse(head: Array(bytes[..<end]))
            if bytes.count >= end + (lengths["content-length"].flatMap { Int($0) } ?? 0) {
                return String(decoding: bytes, as: UTF8.self)
            }
        }
    }

    /// Sends all of `bytes`; `false` when the other side has closed.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Sends `text`, in which `\n` stands for CRLF.
    @discardableResult
    func send(_ text: String) -> Bool { send(wire(text)) }

    /// Waits until the other side closes.
    func waitForEnd() { while !receive().isEmpty {} }

    /// Passes bytes on to `port` and back until one side closes, or `limit` bytes have come back.
    func relay(to port: UInt16, limit: Int = .max) throws {
        let target = try TargetSocket(port: port)
        var left = limit
        while left > 0 {
            var sockets = [
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: target.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&sockets, 2, 60_000) > 0 else { return }
            if sockets[0].revents != 0 {
                let bytes = receive()
                guard !bytes.isEmpty, RawConnection(target.descriptor).send(bytes) else { return }
            }
            if sockets[1].revents != 0 {
                let bytes = RawConnection(target.descriptor).receive().prefix(left)
                guard !bytes.isEmpty, send(Array(bytes)) else { return }
                left -= bytes.count
            }
        }
    }
}

/// A connection to another server of the test.
private final class TargetSocket {
    let descriptor: CInt

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw ClientError("connect", errno) }  // `deinit` closes
    }

    deinit { close(descriptor) }
}
