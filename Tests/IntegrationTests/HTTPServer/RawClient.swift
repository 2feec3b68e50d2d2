import BridgeTesting
import Glibc

/// A client that sends bytes as they are and reads what comes back; what takes a minute hangs.
///
/// Blocks, so it is for tests with the trait `.blocking`.
final class RawClient: @unchecked Sendable {  // used by one test at a time
    private let descriptor: CInt
    private var buffered: [UInt8] = []

    init(port: UInt16, receiveBuffer: CInt? = nil) throws {
        try OwnThreads.require()
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw ClientError("socket", errno) }
        // Against a hang and nothing else: a sanitizer on a busy machine takes its time.
        var timeout = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        if var receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<CInt>.size))
        }
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

    /// Sends all of `bytes`; `false` when the server has closed.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                Glibc.send(descriptor, raw.baseAddress?.advanced(by: sent), raw.count - sent, CInt(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Sends what goes out within half a second, and says how much it was.
    func sendWithoutWaiting(_ bytes: [UInt8]) -> Int {
        var descriptors = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&descriptors, 1, 500) > 0 else { return 0 }
        return Glibc.send(descriptor, bytes, bytes.count, CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT))
    }

    /// Sends `text`, in which `\n` stands for CRLF.
    @discardableResult
    func send(_ text: String) -> Bool { send(wire(text)) }

    /// Says that nothing more is going to be sent.
    func finishSending() { shutdown(descriptor, CInt(SHUT_WR)) }

    /// Closes with a reset instead of a farewell.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        shutdown(descriptor, CInt(SHUT_RDWR))
    }

    /// The next response; its body has to have a `Content-Length`.
    func response(toHead: Bool = false) throws(ClientError) -> RawResponse {
        while true {
            if let end = RawResponse.endOfHead(buffered) {
                var response = RawResponse(head: Array(buffered[..<end]))
                let length = toHead ? 0 : response["content-length"].flatMap { Int($0) } ?? 0
                if buffered.count >= end + length {
                    response.body = Array(buffered[end..<end + length])
                    buffered.removeFirst(end + length)
                    return response
                }
            }
            guard try receive() else { throw ClientError("closed before the response", 0) }
        }
    }

    /// Everything until the server closes.
    func rest() throws(ClientError) -> [UInt8] {
        while try receive() {}
        defer { buffered = [] }
        return buffered
    }

    /// Whether the server closes without another byte.
    func isClosed() throws(ClientError) -> Bool { try rest().isEmpty }

    /// Whether something to read comes within `milliseconds`.
    func hasInput(within milliseconds: CInt) throws(ClientError) -> Bool {
        var descriptors = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&descriptors, 1, milliseconds) > 0
    }

    private func receive() throws(ClientError) -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65536)
        var count = 0
        // With a timeout a signal that another test is sent ends the call, whatever its handler was set up with.
        repeat { count = recv(descriptor, &chunk, chunk.count, 0) } while count < 0 && errno == EINTR
        if count < 0 { throw ClientError("recv", errno) }
        buffered.append(contentsOf: chunk.prefix(count))
        return count > 0
    }
}

/// What a client could not do.
struct ClientError: Error, CustomStringConvertible {
    let description: String
    let number: CInt

    init(_ call: String, _ number: CInt) {
        self.description = number == 0 ? call : "\(call): \(String(cString: strerror(number)))"
        self.number = number
    }
}

/// A response as it came.
struct RawResponse {
    let status: Int
    let statusLine: String
    private(set) var fields: [(name: String, value: String)] = []
    var body: [UInt8] = []

    init(head: [UInt8]) {
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: true)
        statusLine = lines.first.map(String.init) ?? ""
        status = statusLine.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            fields.append((parts[0].lowercased(), String(parts[1].drop { $0 == " " })))
        }
    }

    /// The first value of the field, whose name is given in lower case.
    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    var text: String { String(decoding: body, as: UTF8.self) }

    static func endOfHead(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        for index in 0...(bytes.count - 4) where bytes[index..<(index + 4)].elementsEqual([13, 10, 13, 10]) {
            return index + 4
        }
        return nil
    }
}

/// Text in which `\n` stands for CRLF.
func wire(_ text: String) -> [UInt8] {
    text.utf8.flatMap { $0 == UInt8(ascii: "\n") ? [0x0D, 0x0A] : [$0] }
}
