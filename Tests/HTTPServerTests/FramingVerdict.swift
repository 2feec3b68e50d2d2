import HTTPMessage
import HTTPServer

/// What the framing said about a stream of bytes: the requests that passed, and the refusal that ended it.
struct FramingVerdict: Equatable, CustomStringConvertible {
    /// Length of each request's bytes, and its body.
    var requests: [Request] = []
    var refusal: HTTPStatus?
    /// Whether bytes of an unfinished request were left at the end.
    var isUnfinished = false

    struct Request: Equatable {
        var length: Int
        var bodyLength: Int
    }

    var description: String {
        let lengths = requests.map { "\($0.length)/\($0.bodyLength)" }.joined(separator: " ")
        return "[\(lengths)] \(refusal.map { String($0.rawValue) } ?? (isUnfinished ? "unfinished" : "end"))"
    }

    /// Feeds `pieces` one after the other.
    init(of pieces: [[UInt8]], limits: RequestFraming.Limits = .init()) {
        var framing = RequestFraming(limits: limits)
        var length = 0
        do throws(Refusal) {
            for piece in pieces { try feed(piece, to: &framing, length: &length) }
            isUnfinished = !framing.isAtStart
        } catch {
            refusal = error.status
        }
    }

    private mutating func feed(
        _ piece: [UInt8], to framing: inout RequestFraming, length: inout Int
    ) throws(Refusal) {
        var rest = piece
        while !rest.isEmpty {
            guard let end = try framing.advance(rest.span) else {
                length += rest.count
                return
            }
            requests.append(Request(length: length + end, bodyLength: framing.bodyLength))
            rest.removeFirst(end)
            length = 0
            framing.beginNext()
        }
    }
}

/// A request written in a test; `\n` stands for CRLF.
func wire(_ text: String) -> [UInt8] {
    text.utf8.flatMap { $0 == UInt8(ascii: "\n") ? [0x0D, 0x0A] : [$0] }
}
