import BridgeCore
internal import CCurl
import Glibc

/// Opens the sockets of one transfer, to addresses that its rule allows.
struct SocketOpener {
    private let rule: AddressRule
    /// Whether a connection was tried.
    private(set) var hasOpened = false
    /// An address that was not allowed.
    private(set) var refused: IPAddress?
    /// The error number where the system gave no socket.
    private(set) var failure: CInt?

    init(_ rule: AddressRule) {
        self.rule = rule
    }

    /// A socket for `address`, or `CURL_SOCKET_BAD`.
    mutating func open(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        guard let peer = Self.address(of: address), rule.allows(peer) else {
            refused = Self.address(of: address)
            return -1
        }
        let type = address.pointee.socktype | CInt(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(address.pointee.family, type, address.pointee.protocol)
        if descriptor < 0 { failure = errno } else { hasOpened = true }
        return descriptor
    }

    /// `nil` for anything but IPv4 and IPv6.
    private static func address(of address: UnsafeMutablePointer<curl_sockaddr>) -> IPAddress? {
        guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return nil }
        // `addr` has the length of `addrlen`, more than its type: read in place.
        let bytes = UnsafeRawPointer(address).advanced(by: offset)
        switch address.pointee.family {
        case AF_INET where address.pointee.addrlen >= UInt32(MemoryLayout<sockaddr_in>.size):
            return .ipv4(UInt32(bigEndian: bytes.loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr))
        case AF_INET6 where address.pointee.addrlen >= UInt32(MemoryLayout<sockaddr_in6>.size):
            let octets = bytes.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            return withUnsafeBytes(of: octets) { raw in
                let halves = raw.bindMemory(to: UInt64.self)
                return IPAddress(upper: UInt64(bigEndian: halves[0]), lower: UInt64(bigEndian: halves[1]))
            }
        default: return nil
        }
    }
}
