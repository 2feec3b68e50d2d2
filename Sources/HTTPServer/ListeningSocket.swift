import BridgeCore
import Glibc

/// A bound and listening TCP socket; closed with the value unless given away.
struct ListeningSocket: ~Copyable {
    private let descriptor: CInt
    /// The port it listens on.
    let port: UInt16

    /// Listens on the first address that `host` stands for.
    ///
    /// - Parameter sharing: whether other sockets of ours listen on the same address. The first one of a server binds
    ///   alone, so that a second server on the same port is an error instead of a rival for its connections.
    init(host: String, port: UInt16, sharing: Bool) throws(HTTPServerError) {
        let name = Self.describe(host: host, port: port)
        let address = try SocketAddress(host: host, port: port)
        let type = CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(address.family, type, 0)
        guard descriptor >= 0 else { throw .listening(on: name, number: errno) }
        do {
            try Self.bind(descriptor, to: address, sharing: sharing, name: name)
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
        self.port = SocketAddress.port(of: descriptor)
    }

    deinit { close(descriptor) }

    /// Gives the descriptor to someone who closes it.
    consuming func take() -> CInt {
        let descriptor = descriptor
        discard self
        return descriptor
    }

    private static func bind(
        _ descriptor: CInt, to address: SocketAddress, sharing: Bool, name: String
    ) throws(HTTPServerError) {
        set(SO_REUSEADDR, on: descriptor, level: SOL_SOCKET)
        if sharing { set(SO_REUSEPORT, on: descriptor, level: SOL_SOCKET) }
        set(Glibc.TCP_NODELAY, on: descriptor, level: CInt(IPPROTO_TCP))  // accepted sockets inherit it
        guard address.bind(descriptor) == 0 else { throw .listening(on: name, number: errno) }
        if !sharing { set(SO_REUSEPORT, on: descriptor, level: SOL_SOCKET) }
        guard listen(descriptor, 4096) == 0 else { throw .listening(on: name, number: errno) }
    }

    private static func set(_ option: CInt, on descriptor: CInt, level: CInt) {
        var on: CInt = 1
        setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<CInt>.size))
    }

    private static func describe(host: String, port: UInt16) -> String {
        host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}

/// An address to bind to, IPv4 or IPv6.
private struct SocketAddress {
    private var storage = sockaddr_storage()
    private var length: socklen_t = 0

    init(host: String, port: UInt16) throws(HTTPServerError) {
        var hints = addrinfo()
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let result = getaddrinfo(host, String(port), &hints, &list)
        defer { if let list { freeaddrinfo(list) } }
        guard result == 0, let first = list?.pointee, let address = first.ai_addr,
            first.ai_addrlen <= MemoryLayout<sockaddr_storage>.size
        else {
            throw HTTPServerError(
                .configurationInvalid,
                "cannot listen on \(host): \(String(cString: gai_strerror(result)).lowercased())",
                hint: "give an address of this machine, such as 127.0.0.1 or ::"
            )
        }
        length = first.ai_addrlen
        withUnsafeMutableBytes(of: &storage) {
            $0.copyMemory(from: UnsafeRawBufferPointer(start: address, count: Int(first.ai_addrlen)))
        }
    }

    var family: CInt { CInt(storage.ss_family) }

    func bind(_ descriptor: CInt) -> CInt {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.bind(descriptor, $0, length) }
        }
    }

    /// The port a socket is bound to.
    static func port(of descriptor: CInt) -> UInt16 {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        withUnsafeMutablePointer(to: &storage) { pointer in
            _ = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        // The port stands at the same place in both families, in network order.
        return withUnsafeBytes(of: storage) { UInt16(bigEndian: $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self)) }
    }
}
