import Glibc
import Synchronization

/// An application behind a gateway: it answers every request with 200 and keeps what it was sent, byte for byte.
///
/// Blocks, so it is for tests with the trait `.blocking`.
final class RecordingApplication: Sendable {
    private let descriptor: CInt
    private let recorded = Mutex<[String]>([])

    /// The requests since the last time they were taken, heads and bodies.
    func takeRequests() -> [String] {
        recorded.withLock { requests in
            defer { requests = [] }
            return requests
        }
    }

    /// Listens at `path`, a socket of the file system, to have no port that another test may take.
    init(path: String) throws {
        descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw ClientError("socket", errno) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let isBound = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        guard isBound, listen(descriptor, 16) == 0 else { throw ClientError("bind", errno) }  // `deinit` closes
    }

    deinit { close(descriptor) }

    /// Answers until `stop`.
    func serve() {
        while case let connection = accept(descriptor, nil, nil), connection >= 0 {
            let request = Self.read(connection)
            recorded.withLock { $0.append(request) }
            let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 7\r\nConnection: close\r\n\r\nwelcome".utf8)
            send(connection, answer, answer.count, CInt(MSG_NOSIGNAL))
            close(connection)
        }
    }

    /// Lets `serve` return.
    func stop() { shutdown(descriptor, CInt(SHUT_RDWR)) }

    /// A head, and a body of the length it says.
    private static func read(_ connection: CInt) -> String {
        var bytes: [UInt8] = []
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let head = text.firstRange(of: "\r\n\r\n") {
                let length = text.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length: ") }
                let expected = length.flatMap { Int($0.dropFirst("content-length: ".count)) } ?? 0
                if text[head.upperBound...].utf8.count >= expected { return text }
            }
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = recv(connection, &chunk, chunk.count, 0)
            guard count > 0 else { return text }
            bytes += chunk[..<count]
        }
    }
}
